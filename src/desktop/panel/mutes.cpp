// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mutes.h"

#include "deliverytext.h"
#include "mutetext.h"
#include "outbox.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace Tocsin {

namespace {

using namespace std::chrono_literals;

constexpr auto pauseBetweenReadings = 500ms;
constexpr auto afterEnd = 100ms; // by then it has ended by every clock
constexpr std::chrono::milliseconds longestWait = 10min; // the wall clock may be set meanwhile

/// The end is read off two clocks, and differs by some milliseconds each time.
bool isSame(const Mute &one, const Mute &other)
{
    constexpr qint64 tolerance = 1000; // ms
    return one.subject == other.subject && one.since == other.since && one.until.has_value() == other.until.has_value()
        && (!one.until || std::abs(one.until->msecsTo(*other.until)) < tolerance);
}

QString mutedInWords(const QList<Mutes::Named> &muted, const std::optional<QDateTime> &end)
{
    const auto count = static_cast<int>(muted.size());
    if (count == 1) {
        const QString &name = muted.constFirst().name;
        return end ? Mutes::tr("%1 is muted until %2.").arg(name, shortTime(*end))
                   : Mutes::tr("%1 is muted until unmuted.").arg(name);
    }
    return end ? Mutes::tr("%n are muted until %1.", nullptr, count).arg(shortTime(*end))
               : Mutes::tr("%n are muted until unmuted.", nullptr, count);
}

} // namespace

Mutes::Mutes(QObject *parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseBetweenReadings);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (m_isStale) {
            read();
        }
    });
    m_end.setSingleShot(true);
    connect(&m_end, &QTimer::timeout, this, &Mutes::dropEnded);
}

void Mutes::setOutbox(Outbox &outbox)
{
    m_outbox = &outbox;
    connect(m_outbox, &Outbox::changed, this, &Mutes::readSoon);
    read();
}

std::optional<Mute> Mutes::of(MuteSubject::Kind kind, const QString &id) const
{
    const MuteSubject subject{.kind = kind, .id = id};
    const auto found =
        std::find_if(m_mutes.begin(), m_mutes.end(), [&subject](const Mute &mute) { return mute.subject == subject; });
    return found == m_mutes.end() ? std::nullopt : std::optional(*found);
}

void Mutes::readSoon()
{
    m_isStale = true;
    if (!m_pause.isActive()) {
        read();
    }
}

void Mutes::read()
{
    m_isStale = false;
    m_pause.start();
    m_outbox->mutes(this, [this](const Result<QList<Mute>> &mutes) {
        if (mutes) {
            take(*mutes);
        } else {
            report(mutes.error());
        }
    });
}

void Mutes::take(const QList<Mute> &mutes)
{
    const bool isChange = !std::equal(m_mutes.cbegin(), m_mutes.cend(), mutes.cbegin(), mutes.cend(), isSame);
    m_mutes = mutes;
    std::optional<QDateTime> next;
    for (const auto &mute : mutes) {
        if (mute.until && (!next || *mute.until < *next)) {
            next = mute.until;
        }
    }
    m_end.stop();
    if (next) {
        const auto left = std::chrono::milliseconds{QDateTime::currentDateTimeUtc().msecsTo(*next)} + afterEnd;
        m_end.start(std::clamp(left, 1ms, longestWait));
    }
    if (isChange) {
        Q_EMIT changed();
    }
}

void Mutes::dropEnded()
{
    QList<Mute> left;
    const auto now = QDateTime::currentDateTimeUtc();
    std::copy_if(m_mutes.begin(), m_mutes.end(), std::back_inserter(left),
                 [&now](const Mute &mute) { return !mute.until || *mute.until > now; });
    take(left);
}

void Mutes::report(const Error &error)
{
    Q_EMIT message({.text = error.message, .role = ColorRole::Error});
}

void Mutes::tellAll(const QList<Named> &subjects, const Command &command,
                    const std::function<void(const QList<Named> &)> &then)
{
    struct Outcome
    {
        qsizetype left = 0;
        QList<Named> done;
        std::optional<Error> error;
    };

    if (!m_outbox || subjects.isEmpty()) {
        return;
    }
    const auto outcome = std::make_shared<Outcome>(Outcome{.left = subjects.size(), .done = {}, .error = {}});
    for (const auto &one : subjects) {
        command(one.subject, [this, outcome, one, then](const Result<bool> &isDone) {
            if (!isDone) {
                outcome->error = isDone.error();
            } else if (*isDone) {
                outcome->done.append(one);
            }
            if (--outcome->left > 0) {
                return;
            }
            readSoon();
            if (outcome->error) {
                report(*outcome->error);
            } else {
                then(outcome->done);
            }
        });
    }
}

void Mutes::mute(const QList<Named> &subjects, const MuteSpan &span)
{
    const auto command = [this, span](const MuteSubject &subject, Reply<Result<bool>> reply) {
        m_outbox->mute(subject, span, this, std::move(reply));
    };
    tellAll(subjects, command, [this, subjects, end = endOf(span)](const QList<Named> &muted) {
        if (muted.isEmpty()) {
            report({.message = tr("%1 is not there any more.").arg(subjects.constFirst().name)});
            return;
        }
        Q_EMIT message({.text = mutedInWords(muted, end),
                        .role = ColorRole::Success,
                        .actionText = tr("Unmute"),
                        .action = [this, muted] {
                            unmute(muted);
                        }});
    });
}

void Mutes::unmute(const QList<Named> &subjects)
{
    const auto command = [this](const MuteSubject &subject, Reply<Result<bool>> reply) {
        m_outbox->unmute(subject, this, std::move(reply));
    };
    tellAll(subjects, command, [this, subjects](const QList<Named> &) {
        const auto count = static_cast<int>(subjects.size());
        Q_EMIT message({.text = count == 1 ? tr("%1 is not muted any more.").arg(subjects.constFirst().name)
                                           : tr("%n are not muted any more.", nullptr, count),
                        .role = ColorRole::Success});
    });
}

} // namespace Tocsin

#include "moc_mutes.cpp"
