// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "durationtext.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Unit
{
    QLatin1StringView symbol;
    std::chrono::seconds length;
};

constexpr std::array units{Unit{"d"_L1, std::chrono::days{1}}, Unit{"h"_L1, std::chrono::hours{1}},
                           Unit{"min"_L1, std::chrono::minutes{1}}, Unit{"s"_L1, std::chrono::seconds{1}}};

} // namespace

QString durationsToText(const QList<std::chrono::seconds> &durations)
{
    QStringList texts;
    for (const auto duration : durations) {
        for (const Unit &unit : units) {
            const bool exact = duration % unit.length == std::chrono::seconds::zero();
            if ((exact && duration >= unit.length) || unit.symbol == "s"_L1) {
                texts.append(QString::number(duration / unit.length) + u' ' + unit.symbol);
                break;
            }
        }
    }
    return texts.join(", "_L1);
}

Result<QList<std::chrono::seconds>> durationsFromText(const QString &text)
{
    static const QRegularExpression form(uR"(^(\d{1,9})\s*(s|sec|m|min|h|d)?$)"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    QList<std::chrono::seconds> durations;
    static const QRegularExpression separator(u"[,;\\n]"_s);
    QStringList parts = text.split(separator);
    if (parts.constLast().trimmed().isEmpty()) { // nothing, or the next one is about to be typed
        parts.removeLast();
    }
    for (const QString &part : std::as_const(parts)) {
        const auto match = form.match(part.trimmed());
        if (!match.hasMatch()) {
            return Error{.message = QCoreApplication::translate("Tocsin::DurationText",
                                                                "“%1” is not a delay; write delays as 5 s, 5 min, 2 h.")
                                        .arg(part.trimmed())};
        }
        const QString symbol = match.captured(2).toLower();
        std::chrono::seconds length{1};
        for (const Unit &unit : units) {
            if (!symbol.isEmpty() && symbol.front() == unit.symbol.front()) {
                length = unit.length;
            }
        }
        durations.append(match.captured(1).toLongLong() * length);
    }
    return durations;
}

Result<std::optional<std::chrono::seconds>> durationFromText(const QString &text)
{
    const auto durations = durationsFromText(text);
    if (!durations) {
        return durations.error();
    }
    if (durations->size() > 1) {
        return Error{.message =
                         QCoreApplication::translate("Tocsin::DurationText", "Only one duration can stand here.")};
    }
    return durations->isEmpty() ? std::optional<std::chrono::seconds>() : durations->constFirst();
}

} // namespace Tocsin
