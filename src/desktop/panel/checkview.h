// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mendplace.h"
#include "webhookcheck.h"

#include <QWidget>

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace Tocsin {

/// What a check found: each thing with how it is in words, what was found, what to do, and the way to the field.
class CheckView : public QWidget
{
    Q_OBJECT

public:
    explicit CheckView(QWidget *parent = nullptr);

    void setResult(const WebhookCheckResult &result);
    /// Shows nothing but `words`; empty: that there is nothing yet.
    void clear(const QString &words = {});

Q_SIGNALS:
    void mendRequested(const Tocsin::MendPlace &place);

private:
    QWidget *card(const CheckLine &line);

    QLabel *m_empty;
    QScrollArea *m_area;
    QVBoxLayout *m_cards;
    QList<CheckLine> m_shown;
};

} // namespace Tocsin
