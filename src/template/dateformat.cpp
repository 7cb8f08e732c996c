// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dateformat.h"

#include "integrationevent.h"
#include "jsonnumber.h"
#include "nearestword.h"
#include "shownname.h"

#include <QCoreApplication>
#include <QDateTime>

#include <array>
#include <charconv>
#include <cmath>

namespace Tocsin {

using namespace std::chrono;

namespace {

struct DateText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyTemplate)
};

constexpr std::array<std::string_view, 7> dayNames{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> monthNames{"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
constexpr Moment earliest = sys_days{year{1} / January / 1};
constexpr Moment latest = sys_days{year{9999} / December / 31};

void appendDigits(std::string &out, int value, std::size_t width)
{
    std::array<char, 8> digits{};
    auto at = digits.end();
    do {
        *--at = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value > 0);
    const auto count = static_cast<std::size_t>(digits.end() - at);
    out.append(width > count ? width - count : 0, '0');
    out.append(at, digits.end());
}

std::optional<Moment> inRange(Moment moment)
{
    return moment >= earliest && moment < latest + days(1) ? std::optional(moment) : std::nullopt;
}

std::optional<Moment> ofSeconds(double seconds)
{
    constexpr double most = 1e12;
    if (!(std::abs(seconds) < most)) {
        return std::nullopt;
    }
    return inRange(Moment(milliseconds(static_cast<std::int64_t>(std::floor(seconds * 1000)))));
}

// Digits with a fraction; what has an exponent is read as a double.
std::optional<Moment> ofDigits(std::string_view text)
{
    const bool isNegative = text.starts_with('-');
    const auto *const end = text.data() + text.size();
    std::int64_t whole = 0;
    const auto *at = text.data() + (isNegative ? 1 : 0);
    if (at == end || *at < '0' || *at > '9') {
        return std::nullopt;
    }
    const auto read = std::from_chars(at, end, whole);
    if (read.ec != std::errc() || whole > 1'000'000'000'000) {
        return std::nullopt;
    }
    at = read.ptr;
    std::int64_t thousandths = 0;
    bool hasMore = false;
    if (at != end && *at == '.') {
        std::int64_t unit = 100;
        const auto *const first = ++at;
        for (; at != end && *at >= '0' && *at <= '9'; ++at, unit /= 10) {
            thousandths += (*at - '0') * unit;
            hasMore = hasMore || (unit == 0 && *at != '0');
        }
        if (at == first) {
            return std::nullopt;
        }
    }
    if (at != end) {
        double seconds = 0;
        const auto all = std::from_chars(text.data(), end, seconds);
        return all.ec == std::errc() && all.ptr == end ? ofSeconds(seconds) : std::nullopt;
    }
    const auto sum = whole * 1000 + thousandths;
    return inRange(Moment(milliseconds(isNegative ? -sum - (hasMore ? 1 : 0) : sum)));
}

// The usual form of an RFC 3339 time: a valid date in capital letters, in UTC.
std::optional<Moment> ofUtcText(std::string_view text)
{
    constexpr std::string_view form = "0000-00-00T00:00:00";
    if (text.size() <= form.size() || text.back() != 'Z') {
        return std::nullopt;
    }
    const auto isDigit = [](char c) {
        return c >= '0' && c <= '9';
    };
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] == '0' ? !isDigit(text[i]) : text[i] != form[i]) {
            return std::nullopt;
        }
    }
    const auto number = [text](std::size_t at, std::size_t count) {
        int value = 0;
        for (const char c : text.substr(at, count)) {
            value = value * 10 + (c - '0');
        }
        return value;
    };
    int thousandths = 0;
    const auto fraction = text.substr(form.size(), text.size() - form.size() - 1);
    if (!fraction.empty()) {
        if (fraction.front() != '.' || fraction.size() == 1) {
            return std::nullopt;
        }
        int unit = 100;
        for (const char c : fraction.substr(1)) {
            if (!isDigit(c)) {
                return std::nullopt;
            }
            thousandths += (c - '0') * unit;
            unit /= 10;
        }
    }
    const year_month_day date(year(number(0, 4)), month(static_cast<unsigned>(number(5, 2))),
                              day(static_cast<unsigned>(number(8, 2))));
    const auto hour = number(11, 2);
    const auto minute = number(14, 2);
    const auto second = number(17, 2);
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) {
        return std::nullopt;
    }
    return sys_days(date) + hours(hour) + minutes(minute) + seconds(second) + milliseconds(thousandths);
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// How many of a letter mean one thing together, the most first; none where the letter means nothing.
std::size_t runOf(char letter, std::size_t count, bool isUtc)
{
    switch (letter) {
    case 'd':
    case 'M':
        return std::min<std::size_t>(count, 4);
    case 'y':
        return count >= 4 ? 4 : count >= 2 ? 2 : 0;
    case 'h':
    case 'H':
    case 'm':
    case 's':
        return std::min<std::size_t>(count, 2);
    case 'z':
        return count >= 3 ? 3 : 1;
    case 't':
        return 1;
    case 'Z':
        return isUtc ? 1 : 0;
    case 'T':
        return 1;
    default:
        return 0;
    }
}

} // namespace

struct DateFormat::Local
{
    Moment moment; ///< UTC
    year_month_day date;
    weekday day;
    int hour;
    int minute;
    int second;
    int millisecond;
};

std::optional<Moment> momentOf(const Json &value)
{
    if (value.is_string()) {
        const auto &text = value.get_ref<const std::string &>();
        if (const auto moment = ofUtcText(text)) {
            return inRange(*moment);
        }
        if (const auto moment = ofDigits(text)) {
            return moment;
        }
        const auto time = timeFromRfc3339(toQString(text));
        return time ? inRange(Moment(milliseconds(time->toMSecsSinceEpoch()))) : std::nullopt;
    }
    if (!isJsonNumber(value)) {
        return std::nullopt;
    }
    std::string digits;
    appendJsonNumber(digits, value);
    return ofDigits(digits);
}

QString DateFormat::nearestZone(const QString &word)
{
    static const auto names = [] {
        QStringList known;
        const auto ids = QTimeZone::availableTimeZoneIds();
        for (const auto &id : ids) {
            known.append(QString::fromLatin1(id));
        }
        return known;
    }();
    return nearestWord(word, names);
}

Result<DateFormat> DateFormat::make(std::string_view format, std::string_view timeZone)
{
    DateFormat made;
    if (!timeZone.empty() && timeZone != "UTC") {
        const QTimeZone known(QByteArray(timeZone.data(), static_cast<qsizetype>(timeZone.size())));
        if (!known.isValid()) {
            const auto written = toQString(timeZone);
            const auto near = nearestZone(written);
            return Error{.message = near.isEmpty()
                             ? DateText::tr("There is no time zone “%1”: write its name, as in \"Europe/Berlin\".")
                                   .arg(shownName(written))
                             : DateText::tr("There is no time zone “%1”; the nearest known one is “%2”.")
                                   .arg(shownName(written), near),
                         .where = zone,
                         .position = {}};
        }
        made.m_zone = known;
    }
    made.m_isUnix = format == "unix";
    std::string_view letters = format == "iso" ? std::string_view("yyyy-MM-ddTHH:mm:ss.zzz") : format;
    if (made.m_isUnix) {
        return made;
    }
    for (std::size_t at = 0; at < letters.size();) {
        const auto c = letters[at];
        if (c == '\'') {
            std::string text;
            auto close = at + 1;
            for (; close < letters.size(); ++close) {
                const bool isQuote = letters[close] == '\'';
                if (isQuote && !letters.substr(close + 1).starts_with('\'')) {
                    break;
                }
                close += isQuote ? 1 : 0; // two are one
                text += letters[close];
            }
            if (close == letters.size()) {
                return Error{.message = DateText::tr("The text in single quotes in this format is not closed."),
                             .where = {},
                             .position = {.line = 1, .column = 1, .offset = static_cast<qsizetype>(at)}};
            }
            made.m_pieces.push_back({.text = close == at + 1 ? std::string("'") : text});
            at = close + 1;
            continue;
        }
        if (!isLetter(c)) {
            made.m_pieces.push_back({.text = std::string(1, c)});
            ++at;
            continue;
        }
        const bool isHalf = (c == 'A' || c == 'a');
        if (isHalf) {
            const auto next = at + 1 < letters.size() ? letters[at + 1] : '\0';
            made.m_hasHalves = true;
            made.m_pieces.push_back({.letter = c, .count = 1, .text = {}});
            at += next == 'P' || next == 'p' ? 2 : 1;
            continue;
        }
        auto end = at;
        while (end < letters.size() && letters[end] == c) {
            ++end;
        }
        const auto count = runOf(c, end - at, !made.m_zone);
        if (count == 0) {
            return Error{.message = c == 'Z'
                             ? DateText::tr("“Z” says UTC, but tz= names another time zone: write t.")
                             : DateText::tr("“%1” means nothing here: a year is yyyy, a month MM, a day dd, "
                                            "an hour HH, a minute mm, a second ss; text stands in "
                                            "single quotes.")
                                   .arg(toQString(letters.substr(at, end - at))),
                         .where = {},
                         .position = {.line = 1, .column = 1, .offset = static_cast<qsizetype>(at)}};
        }
        if (c == 'T' || c == 'Z') {
            made.m_pieces.push_back({.text = std::string(1, c)});
        } else {
            made.m_pieces.push_back({.letter = c, .count = count, .text = {}});
        }
        at += count;
    }
    if (format == "iso") {
        made.m_pieces.push_back({.letter = 'O', .count = 1, .text = {}}); // the offset, which has no letter in Qt
    }
    return made;
}

void DateFormat::append(std::string &out, Moment moment) const
{
    if (m_isUnix) {
        out += std::to_string(floor<seconds>(moment).time_since_epoch().count());
        return;
    }
    auto shown = moment;
    if (m_zone) {
        shown +=
            seconds(m_zone->offsetFromUtc(QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count(), Qt::UTC)));
    }
    const auto date = floor<days>(shown);
    const hh_mm_ss time(shown - date);
    const Local local{.moment = moment,
                      .date = year_month_day(date),
                      .day = weekday(date),
                      .hour = static_cast<int>(time.hours().count()),
                      .minute = static_cast<int>(time.minutes().count()),
                      .second = static_cast<int>(time.seconds().count()),
                      .millisecond = static_cast<int>(time.subseconds().count())};
    for (const auto &piece : m_pieces) {
        if (piece.letter == 0) {
            out += piece.text;
        } else {
            appendPiece(out, piece, local);
        }
    }
}

void DateFormat::appendPiece(std::string &out, const Piece &piece, const Local &local) const
{
    const auto name = [&](std::string_view whole) {
        out += piece.count == 3 ? whole.substr(0, 3) : whole;
    };
    switch (piece.letter) {
    case 'd':
        if (piece.count > 2) {
            name(dayNames[local.day.c_encoding()]);
        } else {
            appendDigits(out, static_cast<int>(static_cast<unsigned>(local.date.day())), piece.count);
        }
        break;
    case 'M':
        if (piece.count > 2) {
            name(monthNames[static_cast<unsigned>(local.date.month()) - 1]);
        } else {
            appendDigits(out, static_cast<int>(static_cast<unsigned>(local.date.month())), piece.count);
        }
        break;
    case 'y': {
        const auto year = static_cast<int>(local.date.year());
        appendDigits(out, piece.count == 2 ? year % 100 : year, piece.count);
        break;
    }
    case 'h':
        appendDigits(out, m_hasHalves ? (local.hour + 11) % 12 + 1 : local.hour, piece.count);
        break;
    case 'H':
        appendDigits(out, local.hour, piece.count);
        break;
    case 'm':
        appendDigits(out, local.minute, piece.count);
        break;
    case 's':
        appendDigits(out, local.second, piece.count);
        break;
    case 'z': {
        std::string digits;
        appendDigits(digits, local.millisecond, 3);
        while (piece.count == 1 && digits.size() > 1 && digits.back() == '0') {
            digits.pop_back();
        }
        out += digits;
        break;
    }
    case 'A':
    case 'a': {
        const bool isMorning = local.hour < 12;
        out += piece.letter == 'A' ? (isMorning ? "AM" : "PM") : (isMorning ? "am" : "pm");
        break;
    }
    default: {
        if (!m_zone) {
            out += piece.letter == 'O' ? "Z" : "UTC";
            break;
        }
        const auto at = QDateTime::fromMSecsSinceEpoch(local.moment.time_since_epoch().count(), Qt::UTC);
        if (piece.letter == 't') {
            out += m_zone->abbreviation(at).toStdString();
            break;
        }
        const auto offset = m_zone->offsetFromUtc(at) / 60;
        out += offset < 0 ? '-' : '+';
        appendDigits(out, std::abs(offset) / 60, 2);
        out += ':';
        appendDigits(out, std::abs(offset) % 60, 2);
        break;
    }
    }
}

} // namespace Tocsin
