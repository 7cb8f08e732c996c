// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "responsehead.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct HeadText
{
    static constexpr SentenceMaker say{"Tocsin::ResponseHead"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ResponseHead)
};

QByteArrayView withoutLineEnd(QByteArrayView line)
{
    if (line.endsWith('\n')) {
        line.chop(1);
    }
    if (line.endsWith('\r')) {
        line.chop(1);
    }
    return line;
}

bool isBlank(char byte)
{
    return byte == ' ' || byte == '\t';
}

} // namespace

bool ResponseHead::take(QByteArrayView line)
{
    m_size += line.size();
    if (m_size > maximumSize) {
        return refuse(HeadText::say("its header is larger than 256 KiB"));
    }
    if (line.size() > maximumFieldSize) {
        return refuse(HeadText::say("a field of its header is larger than 100 KiB"));
    }
    line = withoutLineEnd(line);
    if (line.isEmpty()) {
        return endHead();
    }
    if (!m_isInHead && !m_isComplete) {
        m_isInHead = true;
        return takeStatus(line);
    }
    return takeField(line);
}

QByteArray ResponseHead::field(QByteArrayView name) const
{
    const auto found = std::find_if(m_fields.begin(), m_fields.end(), [name](const auto &one) {
        return one.first.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == m_fields.end() ? QByteArray() : found->second;
}

bool ResponseHead::isBodyEndedByClose() const
{
    constexpr int noContent = 204;
    constexpr int notModified = 304;
    const bool hasBody = m_status >= 200 && m_status != noContent && m_status != notModified;
    return hasBody && field("Content-Length").isNull() && field("Transfer-Encoding").isNull();
}

bool ResponseHead::refuse(const Sentence &fault)
{
    m_fault = fault;
    return false;
}

/// RFC 9112 §4: HTTP/1.1 200 OK
bool ResponseHead::takeStatus(QByteArrayView line)
{
    constexpr qsizetype versionAt = 5;
    const auto space = line.indexOf(' ');
    const auto rest = space < 0 ? QByteArrayView() : line.sliced(space + 1);
    constexpr qsizetype digits = 3;
    bool isNumber = false;
    m_status = rest.first(std::min(rest.size(), digits)).toByteArray().toInt(&isNumber);
    const bool isLonger = rest.size() > digits && rest.at(digits) != ' ';
    if (!line.startsWith("HTTP/") || space <= versionAt || !isNumber || isLonger || m_status < 100) {
        return refuse(HeadText::say("its first line is not a status line of HTTP"));
    }
    m_version = line.sliced(versionAt, space - versionAt).toByteArray();
    if (!m_version.startsWith("1.")) {
        return refuse(HeadText::say("its first line names a version of HTTP that it does not speak here"));
    }
    m_reasonPhrase = rest.sliced(digits).trimmed().toByteArray();
    m_fields.clear();
    return true;
}

bool ResponseHead::takeField(QByteArrayView line)
{
    auto &fields = m_isComplete ? m_trailers : m_fields;
    if (isBlank(line.front()) && !fields.isEmpty()) { // a folded line (RFC 9112 §5.2)
        fields.last().second += ' ' + line.trimmed().toByteArray();
        return true;
    }
    if (++m_count > maximumFields) {
        return refuse(HeadText::say("its header has more than %L1 fields", maximumFields));
    }
    const auto colon = line.indexOf(':');
    if (colon <= 0) {
        return refuse(HeadText::say("a line of its header has no name and colon"));
    }
    fields.emplaceBack(line.first(colon).trimmed().toByteArray(), line.sliced(colon + 1).trimmed().toByteArray());
    return true;
}

bool ResponseHead::endHead()
{
    if (!m_isInHead) {
        return true; // behind the trailers
    }
    m_isInHead = false;
    if (m_status < 200 && m_status != switchingProtocols) {
        m_interim.append({.status = m_status, .reasonPhrase = m_reasonPhrase, .fields = std::exchange(m_fields, {})});
        return true;
    }
    m_isComplete = true;
    return checkFraming();
}

/// Two lengths that differ, or one that is none, and nobody knows where the body ends (RFC 9112 §6.3).
bool ResponseHead::checkFraming()
{
    std::optional<qint64> length;
    for (const auto &[name, value] : m_fields) {
        if (name.compare("Content-Length", Qt::CaseInsensitive) != 0) {
            continue;
        }
        for (const auto &part : value.split(',')) {
            const auto digits = part.trimmed();
            bool isNumber = false;
            const auto number = digits.toLongLong(&isNumber);
            if (!isNumber
                || !std::all_of(digits.begin(), digits.end(), [](char byte) { return byte >= '0' && byte <= '9'; })) {
                return refuse(HeadText::say("its Content-Length is not a number"));
            }
            if (length && number != *length) {
                return refuse(HeadText::say("it has two different Content-Lengths, %1 and %2", QString::number(*length),
                                            QString::number(number)));
            }
            length = number;
        }
    }
    return true;
}

} // namespace Tocsin
