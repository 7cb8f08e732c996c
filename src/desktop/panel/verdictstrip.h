// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "colorroles.h"
#include "invocation.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace Tocsin {

class RoleLabel;

/// The strip over the Invocation Data: the verdict, and in one line the status, the time, whether the connection was
/// reused, and the validators passed.
class VerdictStrip : public QWidget
{
    Q_OBJECT

public:
    explicit VerdictStrip(QWidget *parent = nullptr);

    void setInvocation(const Invocation &invocation);
    /// In place of "Test successful" and "Test failed", before an invocation is set; the strip is then a quiet one,
    /// under something else that tells how it went.
    void setWords(const QString &successful, const QString &failed, bool isQuiet);
    /// "202 Accepted · 84 ms · 1 of 1 validators passed"
    static QString summary(const Invocation &invocation);

Q_SIGNALS:
    /// `button` is what was pressed.
    void copyAsCurlRequested(QWidget *button);
    void copyAllRequested(QWidget *button);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyRole();

    QString m_successful;
    QString m_failed;
    bool m_isQuiet = false;
    ColorRole m_role = ColorRole::Inactive;
    QLabel *m_mark;
    RoleLabel *m_verdict;
    QLabel *m_summary;
    QPushButton *m_copyAsCurl;
    QToolButton *m_copyAll;
};

} // namespace Tocsin
