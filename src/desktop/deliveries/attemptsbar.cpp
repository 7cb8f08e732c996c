// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "attemptsbar.h"

#include "filterchip.h"
#include "menubutton.h"
#include "metrics.h"
#include "rolelabel.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QMenu>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {
constexpr int allShown = 6; // so many need no menu
}

AttemptsBar::AttemptsBar(QWidget *parent)
    : QWidget(parent)
    , m_buttons(new QHBoxLayout)
    , m_choices(new QButtonGroup(this))
{
    setAccessibleName(tr("Attempts"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::large, Metrics::small, Metrics::large, Metrics::small);
    layout->setSpacing(Metrics::small);
    m_buttons->setSpacing(Metrics::tight);
    layout->addLayout(m_buttons);
    layout->addStretch();
}

QList<int> AttemptsBar::shown(int count, int chosen)
{
    QList<int> numbers;
    for (int number = 1; number <= count; ++number) {
        if (count <= allShown || number <= 2 || number == count || number == chosen) {
            numbers.append(number);
        }
    }
    return numbers;
}

void AttemptsBar::setAttempts(int count, int chosen)
{
    if (count == m_count && chosen == m_chosen) {
        return;
    }
    m_count = count;
    m_chosen = chosen;
    const bool hadFocus = isAncestorOf(focusWidget());
    while (auto *item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    addButton(eventItself);
    if (count > 0) {
        m_buttons->addWidget(new RoleLabel(tr("Attempts"), this));
    }
    int previous = 0;
    for (const int number : shown(count, chosen)) {
        if (number > previous + 1) {
            addMenu(previous + 1, number - 1);
        }
        addButton(number);
        previous = number;
    }
    for (int i = 0; hadFocus && i < m_buttons->count(); ++i) {
        auto *chip = qobject_cast<FilterChip *>(m_buttons->itemAt(i)->widget());
        if (chip && chip->isChecked()) {
            chip->setFocus();
        }
    }
}

void AttemptsBar::addButton(int number)
{
    auto *chip = new FilterChip(FilterChip::Kind::Choice, this);
    chip->setText(number == eventItself ? tr("Event") : QString::number(number));
    chip->setAccessibleName(number == eventItself ? tr("Event") : tr("Attempt %1").arg(number));
    chip->setToolTip(number == eventItself ? tr("What happened, as it was accepted") : tr("Attempt %1").arg(number));
    m_choices->addButton(chip);
    chip->setChecked(number == m_chosen);
    connect(chip, &QAbstractButton::clicked, this, [this, number] { Q_EMIT attemptChosen(number); });
    m_buttons->addWidget(chip);
}

void AttemptsBar::addMenu(int first, int last)
{
    auto *button = new MenuButton(this);
    button->setText(u"…"_s);
    button->setFlat(true);
    button->setAccessibleName(tr("Attempts %1 to %2").arg(first).arg(last));
    button->setToolTip(button->accessibleName());
    for (int number = first; number <= last; ++number) {
        connect(button->offered()->addAction(tr("Attempt %1").arg(number)), &QAction::triggered, this,
                [this, number] { Q_EMIT attemptChosen(number); });
    }
    m_buttons->addWidget(button);
}

} // namespace Tocsin

#include "moc_attemptsbar.cpp"
