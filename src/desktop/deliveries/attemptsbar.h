// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QLabel;

namespace Tocsin {

/// The attempts of a delivery as buttons, 1 2 … n: where there are many, those in the middle stand in a menu. Before
/// them a button for the event itself.
class AttemptsBar : public QWidget
{
    Q_OBJECT

public:
    static constexpr int eventItself = 0; ///< in place of an attempt's number

    explicit AttemptsBar(QWidget *parent = nullptr);

    /// `chosen`: from 1, or `eventItself`.
    void setAttempts(int count, int chosen);
    int chosen() const { return m_chosen; }

    /// The numbers that have a button of their own, in order.
    static QList<int> shown(int count, int chosen);

Q_SIGNALS:
    void attemptChosen(int number);

private:
    void addButton(int number);
    void addMenu(int first, int last);

    QHBoxLayout *m_buttons;
    QButtonGroup *m_choices;
    int m_count = -1;
    int m_chosen = 0;
};

} // namespace Tocsin
