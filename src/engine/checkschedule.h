// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhookcheck.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTimer>

#include <chrono>

namespace Tocsin {

class Engine;
class WebhookCheckJob;

struct CheckScheduleOptions
{
    std::chrono::milliseconds first = std::chrono::hours(1); ///< after start()
    std::chrono::milliseconds every = std::chrono::hours(24); ///< from the beginning of a round to the next one's
    std::chrono::milliseconds spread = std::chrono::hours(1); ///< over so long a round's checks are spread
    std::chrono::milliseconds mostBetween = std::chrono::minutes(1); ///< two checks of a round
};

/// Checks every active webhook of the profile once a day, one at a time and spread, and asks nobody for the keychain.
/// Make and use it on the engine's thread, once the engine is open.
class CheckSchedule : public QObject
{
    Q_OBJECT

public:
    CheckSchedule(Engine &engine, const CheckScheduleOptions &options = {}, QObject *parent = nullptr);
    ~CheckSchedule() override; ///< cancels what is under way

    void start();
    void stop(); ///< for good; the check that is under way is cancelled

Q_SIGNALS:
    void checked(const Tocsin::WebhookCheckResult &result); ///< one of its own checks has ended
    void roundEnded(); ///< each active webhook has been checked

private:
    void beginRound();
    void checkNext();
    void check(const QString &id);
    void goOn();

    Engine &m_engine;
    const CheckScheduleOptions m_options;
    QTimer m_round;
    QTimer m_next;
    std::chrono::milliseconds m_between{0};
    QElapsedTimer m_sinceRound;
    QStringList m_waiting; ///< ids of this round
    QPointer<WebhookCheckJob> m_job;
    bool m_isStopped = false;
};

} // namespace Tocsin
