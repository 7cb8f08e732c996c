// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"

#include <QPointer>

#include <vector>

namespace Tocsin {

/// Checks several webhooks, a few of them at once. Exactly one finished(), unless it is destroyed first.
class CheckRound : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype usuallyAtOnce = 4;

    CheckRound(Engine &engine, QList<WebhookInput> inputs, qsizetype atOnce = usuallyAtOnce, QObject *parent = nullptr);

    void start();
    void cancel(); ///< ends at once

Q_SIGNALS:
    /// In the order of the webhooks that were given, each as soon as those before it have ended.
    void checked(const Tocsin::WebhookCheckResult &result);
    void finished(bool isWhole); ///< false: it was cancelled

private:
    void startMore();
    void take(qsizetype index, const WebhookCheckResult &result);

    Engine &m_engine;
    const QList<WebhookInput> m_inputs;
    const qsizetype m_atOnce;
    qsizetype m_started = 0;
    qsizetype m_told = 0;
    std::vector<std::optional<WebhookCheckResult>> m_results;
    QList<QPointer<WebhookCheckJob>> m_running;
    bool m_isEnded = false;
};

} // namespace Tocsin
