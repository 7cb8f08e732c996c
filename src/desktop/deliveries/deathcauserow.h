// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace Tocsin {

/// One cause: what, since when, the field that mends it, and the replay of those that died of it. Its title is a button
/// that chooses it, as a click anywhere on it does.
class DeathCauseRow : public QWidget
{
    Q_OBJECT

public:
    explicit DeathCauseRow(QWidget *parent = nullptr);

    void setCause(const DeathCause &cause);
    const DeathCause &cause() const { return m_cause; }
    /// Whether its webhook is there still: what is gone is neither edited nor replayed.
    void setHasWebhook(bool hasWebhook);
    void setChosen(bool chosen);

Q_SIGNALS:
    void toggled(bool chosen); ///< by a person
    void editRequested();
    void replayRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void fit();

    DeathCause m_cause;
    QToolButton *m_title;
    QLabel *m_detail;
    QPushButton *m_edit;
    QPushButton *m_replay;
};

} // namespace Tocsin
