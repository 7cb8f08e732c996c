// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mutemenu.h"

#include "icons.h"
#include "metrics.h"
#include "problemlabel.h"

#include <QApplication>
#include <QCalendarWidget>
#include <QDateTimeEdit>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

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

/// The language's short date with a whole year, and the time as it stands everywhere else: without seconds.
QString momentEditFormat()
{
    QString date = QLocale().dateFormat(QLocale::ShortFormat);
    if (!date.contains("yyyy"_L1)) {
        date.replace("yy"_L1, "yyyy"_L1);
    }
    return date % " HH:mm"_L1;
}

void nameCalendar(const QDateTimeEdit &edit, const QString &name)
{
    for (QWidget *part = edit.calendarWidget(); part && part != &edit; part = part->parentWidget()) {
        part->setAccessibleName(name); // the window that it pops up in, too
    }
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

void MuteMenu::popUpAt(QTableView &table)
{
    m_waiting = &table;
    popUpWhenActive();
}

void MuteMenu::popUpWhenActive()
{
    if (!m_waiting || !m_waiting->isVisible()) {
        m_waiting.clear();
        return;
    }
    QWidget *window = m_waiting->window();
    if (!window->isActiveWindow()) {
        window->installEventFilter(this);
        if (!QApplication::activeModalWidget()) {
            window->activateWindow();
        }
        return;
    }
    window->removeEventFilter(this);
    const QTableView &table = *std::exchange(m_waiting, {});
    const QRect row = table.visualRect(table.currentIndex());
    const QWidget *viewport = table.viewport();
    const QPoint below = row.isValid() && viewport->rect().intersects(row) ? QPoint(0, row.bottom()) : QPoint();
    popup(viewport->mapToGlobal(below));
    setActiveAction(actions().constFirst());
}

bool MuteMenu::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::WindowActivate && m_waiting && watched == m_waiting->window()) {
        QMetaObject::invokeMethod(this, &MuteMenu::popUpWhenActive, Qt::QueuedConnection); // once it has the focus
    }
    return QMenu::eventFilter(watched, event);
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
    auto *label = new QLabel(question(), dialog);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    auto *moment = new QDateTimeEdit(aLaterHour(), dialog);
    label->setBuddy(moment);
    moment->setAccessibleName(tr("Mute until"));
    moment->setCalendarPopup(true);
    moment->setDisplayFormat(momentEditFormat());
    nameCalendar(*moment, tr("Calendar"));
    auto *problem = new ProblemLabel(dialog);
    problem->setField(moment);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, dialog);
    auto *mute = buttons->addButton(tr("&Mute"), QDialogButtonBox::AcceptRole);
    mute->setDefault(true);
    const QString tooLate = tr("This moment is over; choose one that is still to come.");
    label->setMinimumWidth(fontMetrics().horizontalAdvance(tooLate) + 2 * Metrics::icon); // so that it has one line
    const auto judge = [moment, problem, mute, tooLate] {
        const bool isToCome = moment->dateTime() > QDateTime::currentDateTime();
        problem->setProblems(
            isToCome ? Problems()
                     : Problems{{.severity = Severity::Error, .field = {}, .message = tooLate, .position = {}}});
        mute->setEnabled(isToCome);
        return isToCome;
    };
    connect(moment, &QDateTimeEdit::dateTimeChanged, dialog, judge);
    connect(buttons, &QDialogButtonBox::accepted, dialog, [dialog, judge] {
        if (judge()) { // it may have passed meanwhile
            dialog->accept();
        }
    });
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this,
            [this, moment] { Q_EMIT chosen({.until = moment->dateTime(), .duration = {}}); });
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(Metrics::large, Metrics::large, Metrics::large, Metrics::large);
    layout->setSpacing(Metrics::small);
    layout->addWidget(label);
    layout->addWidget(moment);
    layout->addWidget(problem);
    layout->addSpacing(Metrics::small);
    layout->addWidget(buttons);
    dialog->open();
}

QString MuteMenu::question() const
{
    const auto subjects = m_subjects ? m_subjects() : QList<Mutes::Named>();
    if (subjects.isEmpty()) {
        return tr("Nothing is sent &until:");
    }
    if (subjects.size() > 1) {
        return tr("Nothing is sent to these %n webhooks &until:", nullptr, static_cast<int>(subjects.size()));
    }
    const auto &only = subjects.constFirst();
    const QString name = QString(only.name).replace(u'&', "&&"_L1);
    return only.subject.kind == MuteSubject::Kind::Webhook ? tr("Nothing is sent to %1 &until:").arg(name)
                                                           : tr("Nothing is sent about %1 &until:").arg(name);
}

} // namespace Tocsin

#include "moc_mutemenu.cpp"
