// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// URL --- FIELD: VALUE lines --- BODY: a POSIX shell reads from the command exactly these words, and runs nothing else.
#include "fuzzing.h"
#include "invocation.h"

using namespace Tocsin;
using namespace Tocsin::Fuzzing;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Reads one command as a shell does (POSIX.1-2017, XCU 2.2), as far as the command may go: quoted words, and variables
/// in double quotes, in whose place the mark of a redacted secret is put.
class ShellReader
{
public:
    explicit ShellReader(const QString &text)
        : m_text(text)
    {
    }

    QStringList words()
    {
        QStringList found;
        while (m_at < m_text.size()) {
            if (m_text[m_at] == u' ') {
                ++m_at;
            } else if (QStringView(m_text).sliced(m_at).startsWith(u"\\\n")) {
                m_at += 2;
            } else {
                found.append(word());
            }
        }
        return found;
    }

private:
    QString word()
    {
        QString text;
        while (m_at < m_text.size() && m_text[m_at] != u' ') {
            const QChar c = m_text[m_at];
            if (c == u'\'') {
                text += upTo(u'\'');
            } else if (c == u'"') {
                const auto variable = upTo(u'"');
                demand(isVariable(variable), "in double quotes stands a secret's variable alone");
                text += redactionMark;
            } else if (c == u'\\') {
                demand(m_at + 1 < m_text.size() && m_text[m_at + 1] != u'\n', "a backslash quotes a character");
                text += m_text[m_at + 1];
                m_at += 2;
            } else {
                demand(isPlain(c), "what stands unquoted means nothing to a shell");
                text += c;
                ++m_at;
            }
        }
        return text;
    }

    QString upTo(QChar quote)
    {
        const auto end = m_text.indexOf(quote, m_at + 1);
        demand(end >= 0, "a quotation is closed");
        const auto inside = m_text.sliced(m_at + 1, end - m_at - 1);
        m_at = end + 1;
        return inside;
    }

    static bool isPlain(QChar c) { return (c.unicode() < 0x80 && c.isLetterOrNumber()) || c == u'-'; }

    static bool isVariable(const QString &text)
    {
        const auto name = text.sliced(std::min<qsizetype>(text.size(), 1));
        return text.startsWith("$TOCSIN_SECRET_"_L1) && std::all_of(name.begin(), name.end(), [](QChar c) {
                   return isPlain(c.toLower()) ? c != u'-' : c == u'_';
               });
    }

    const QString m_text;
    qsizetype m_at = 0;
};

QList<Header> fieldsOf(QByteArrayView lines)
{
    QList<Header> fields;
    for (const auto &line : QString::fromUtf8(lines).split(u'\n', Qt::SkipEmptyParts)) {
        fields.append({.name = line.section(u':', 0, 0), .value = line.section(u':', 1).trimmed()});
    }
    return fields;
}

bool contains(const QStringList &words, const QString &option, const QString &value)
{
    for (qsizetype i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == option && words[i + 1] == value) {
            return true;
        }
    }
    return false;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto [url, fields, body] = parts<3>(bytes(data, size));
    const SentRequest request{.method = u"POST"_s,
                              .url = QString::fromUtf8(url),
                              .headers = fieldsOf(fields),
                              .body = QString::fromUtf8(body).toUtf8()};
    const auto words = ShellReader(toCurlCommand(request)).words();
    demand(words.size() >= 4 && words.first(3) == QStringList{u"curl"_s, u"-X"_s, u"POST"_s}, "the command is curl");
    demand(words.contains(request.url), "the URL is one word");
    for (const auto &field : request.headers) {
        const bool isThere =
            contains(words, u"-H"_s, field.name + u": "_s + field.value) || contains(words, u"-H"_s, field.name + u';');
        static const QStringList ofCurl{u"host"_s, u"content-length"_s, u"connection"_s, u"accept-encoding"_s};
        demand(isThere || ofCurl.contains(field.name.toLower()), "each field is one word");
    }
    demand(request.body.isEmpty() || contains(words, u"--data-raw"_s, QString::fromUtf8(request.body)),
           "the body is one word");
    return 0;
}
