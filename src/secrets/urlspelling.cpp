// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "urlspelling.h"

#include <QUrl>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype longestHost = 1024; // of code units as written; a name has at most 253 (RFC 1035 §2.3.4)

/// The byte that is percent-encoded at `at`, or -1.
int encodedByte(QStringView text, qsizetype at)
{
    if (text[at] != u'%' || at + 2 >= text.size()) {
        return -1;
    }
    const auto digits = text.sliced(at + 1, 2);
    if (!digits[0].isLetterOrNumber() || !digits[1].isLetterOrNumber()) {
        return -1;
    }
    bool isNumber = false;
    const int byte = digits.toInt(&isNumber, 16);
    return isNumber ? byte : -1;
}

class PlainPathWriter
{
public:
    void add(QChar character, qsizetype begin)
    {
        if (character == u'/') {
            addSlash(begin);
        } else {
            put(character, begin);
        }
    }

    PlainPath take() { return std::move(m_path); }

private:
    void put(QChar character, qsizetype begin)
    {
        m_path.text += character;
        m_path.begins.push_back(begin);
    }

    void addSlash(qsizetype begin)
    {
        if (!m_segments.empty()) {
            const auto segment = QStringView(m_path.text).sliced(m_segments.back());
            const bool isUp = segment == ".."_L1;
            if (segment.isEmpty() || segment == "."_L1 || isUp) {
                if (isUp && m_segments.size() > 1) {
                    m_segments.pop_back();
                }
                m_path.text.truncate(m_segments.back());
                m_path.begins.resize(static_cast<std::size_t>(m_segments.back()));
                return;
            }
        }
        put(u'/', begin);
        m_segments.push_back(m_path.text.size());
    }

    PlainPath m_path;
    std::vector<qsizetype> m_segments; ///< where each begins, behind its slash
};

} // namespace

QString plainHost(QStringView host)
{
    QString plain;
    if (host.size() <= longestHost) {
        plain = QUrl(QString("https://"_L1 % host % u'/'), QUrl::StrictMode).host(QUrl::FullyEncoded);
    }
    if (plain.isEmpty()) {
        plain = host.toString();
    }
    while (plain.endsWith(u'.')) {
        plain.chop(1);
    }
    return plain.toLower();
}

PlainPath plainPath(QStringView path, const std::function<qsizetype(qsizetype begin)> &endOfHole)
{
    PlainPathWriter writer;
    for (qsizetype at = 0; at < path.size();) {
        if (const auto end = endOfHole(at); end > at) {
            writer.add(QChar::ObjectReplacementCharacter, at);
            at = end;
        } else if (const int byte = encodedByte(path, at); byte >= 0) {
            writer.add(QLatin1Char(static_cast<char>(byte)), at);
            at += 3;
        } else {
            writer.add(path[at], at);
            ++at;
        }
    }
    return writer.take();
}

} // namespace Tocsin
