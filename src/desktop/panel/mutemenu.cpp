// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mutemenu.h"

#include "icons.h"
#include "metrics.h"

#include <QDateTimeEdit>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

QTime morning()
{
    return {8, 0};
}

/// A whole hour that is more than one away.
QDateTime aLaterHour()
{
    const QDateTime later = QDateTime::currentDateTime().addSecs(2 * 3600);
    return {later.date(), QTime(later.time().hour(), 0)};
}

} // namespace

MuteMenu::MuteMenu(QWidget *parent)
    : QMenu(parent)
{
    using namespace std::chrono_literals;
    setTitle(tr("&Mute"));
    setIcon(Tocsin::icon(Symbol::Mute));
    offer(tr("For 1&5 minutes"), {.until = {}, .duration = 15min});
    offer(tr("For &1 hour"), {.until = {}, .duration = 1h});
    offer(tr("For &4 hours"), {.until = {}, .duration = 4h});
    auto *tomorrow = addAction(tr("Until &tomorrow, %1").arg(QLocale().toString(morning(), u"HH:mm"_s)));
    connect(tomorrow, &QAction::triggered, this, [this] {
        Q_EMIT chosen({.until = QDateTime(QDate::currentDate().addDays(1), morning()), .duration = {}});
    });
    offer(tr("Until &unmuted"), {});
    addSeparator();
    connect(addAction(tr("U&ntil…")), &QAction::triggered, this, &MuteMenu::askForMoment);
}

void MuteMenu::popUpAt(const QTableView &table)
{
    const QRect row = table.visualRect(table.currentIndex());
    const QWidget *viewport = table.viewport();
    const QPoint below = row.isValid() && viewport->rect().intersects(row) ? QPoint(0, row.bottom()) : QPoint();
    popup(viewport->mapToGlobal(below));
}

void MuteMenu::offer(const QString &text, const MuteSpan &span)
{
    connect(addAction(text), &QAction::triggered, this, [this, span] { Q_EMIT chosen(span); });
}

void MuteMenu::askForMoment()
{
    auto *dialog = new QDialog(parentWidget()->window());
    dialog->setObjectName(u"muteUntilDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Mute until"));
    auto *label = new QLabel(tr("Nothing is sent &until:"), dialog);
    auto *moment = new QDateTimeEdit(aLaterHour(), dialog);
    label->setBuddy(moment);
    moment->setAccessibleName(tr("Mute until"));
    moment->setCalendarPopup(true);
    moment->setMinimumDateTime(QDateTime::currentDateTime().addSecs(60));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, dialog);
    auto *mute = buttons->addButton(tr("&Mute"), QDialogButtonBox::AcceptRole);
    mute->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this,
            [this, moment] { Q_EMIT chosen({.until = moment->dateTime(), .duration = {}}); });
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(Metrics::large, Metrics::large, Metrics::large, Metrics::large);
    layout->setSpacing(Metrics::small);
    layout->addWidget(label);
    layout->addWidget(moment);
    layout->addSpacing(Metrics::small);
    layout->addWidget(buttons);
    dialog->open();
}

} // namespace Tocsin

#include "moc_mutemenu.cpp"
