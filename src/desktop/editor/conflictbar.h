// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace Tocsin {

/// Says over the form that what it edits was changed elsewhere, and what can be done about it. Stays until it is
/// decided.
class ConflictBar : public QFrame
{
    Q_OBJECT

public:
    explicit ConflictBar(QWidget *parent = nullptr); ///< hidden at first

    void showChange(); ///< the stored webhook is another one than the form was filled from
    void showRemoval(); ///< it is no longer there
    void takeFocus(); ///< for somebody who has to decide before going on

Q_SIGNALS:
    void reloadRequested();
    void keepRequested();
    void compareRequested();

private:
    void tell(const QString &text, bool isChange);
    void paintRole();

    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_reload;
    QPushButton *m_keep;
    QPushButton *m_compare;
};

} // namespace Tocsin
