// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytext.h"

#include "json.h"
#include "jsontext.h"
#include "responsetext.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct BodyWords
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyText)
};

constexpr qsizetype longestHexDump = 64 * 1024;
constexpr qsizetype longestLine = 64 * 1024; // a line of a mebibyte takes the code view seconds to lay out

bool isControl(QChar character)
{
    return (character < u' ' && character != u'\n' && character != u'\r' && character != u'\t' && character != u'\f')
        || character == QChar(0x7f);
}

/// Controls of ISO-8859-1 stand in no text: bytes that are read as such were meant otherwise.
bool isUpperControl(QChar character)
{
    return character >= QChar(0x80) && character < QChar(0xa0);
}

bool isReadable(const ResponseText &decoded)
{
    return decoded.isWhole && std::none_of(decoded.text.begin(), decoded.text.end(), isControl)
        && !(decoded.isGuess && std::any_of(decoded.text.begin(), decoded.text.end(), isUpperControl));
}

bool saysJson(const QString &contentType)
{
    const QString type = contentType.section(u';', 0, 0).trimmed().toLower();
    return type == u"application/json" || type.endsWith(u"+json");
}

/// Cuts at the first line that is too long.
QString shortened(const QString &text, bool *isShortened)
{
    qsizetype start = 0;
    while (start < text.size()) {
        const auto newLine = text.indexOf(u'\n', start);
        const auto end = newLine < 0 ? text.size() : newLine;
        if (end - start > longestLine) {
            *isShortened = true;
            return text.left(start + longestLine);
        }
        start = end + 1;
    }
    return text;
}

} // namespace

BodyText bodyText(const QByteArray &body, const QString &contentType, bool isCut)
{
    BodyText result;
    if (body.isEmpty()) {
        return result;
    }
    // What is JSON is UTF-8 and names no charset (RFC 8259 §11).
    ResponseText decoded = responseText(body, {}, isCut);
    const bool isJson = decoded.isUtf8() && decoded.isWhole && (isCut ? saysJson(contentType) : parseJson(body).isOk());
    if (!isJson) {
        decoded = responseText(body, contentType, isCut);
    }
    if (!isReadable(decoded)) {
        result.kind = BodyText::Kind::Binary;
        result.isShortened = body.size() > longestHexDump;
        result.raw = hexDump(QByteArrayView(body).first(std::min(body.size(), longestHexDump)));
        return result;
    }
    result.kind = isJson ? BodyText::Kind::JsonText : BodyText::Kind::Text;
    result.raw = shortened(decoded.text, &result.isShortened);
    if (!decoded.isUtf8()) {
        result.encoding = decoded.encoding;
    }
    if (isJson) {
        result.language = CodeLanguage::JsonText;
        bool isPrettyShortened = false;
        result.pretty = shortened(QString::fromStdString(indentedJson(decoded.text.toStdString())), &isPrettyShortened);
    }
    return result;
}

QString toString(BodyText::Kind kind)
{
    switch (kind) {
    case BodyText::Kind::Empty:
        return BodyWords::tr("empty");
    case BodyText::Kind::JsonText:
        return BodyWords::tr("JSON");
    case BodyText::Kind::Text:
        return BodyWords::tr("text");
    case BodyText::Kind::Binary:
        return BodyWords::tr("binary, shown in hexadecimal");
    }
    return {};
}

QString hexDump(QByteArrayView bytes)
{
    QString result;
    result.reserve(bytes.size() * 5);
    for (qsizetype start = 0; start < bytes.size(); start += 16) {
        const auto line = bytes.sliced(start, std::min<qsizetype>(16, bytes.size() - start));
        QString hex;
        QString ascii;
        for (const char byte : line) {
            hex += u"%1 "_s.arg(uint(static_cast<unsigned char>(byte)), 2, 16, QLatin1Char('0'));
            ascii += byte >= 0x20 && byte < 0x7f ? QLatin1Char(byte) : QLatin1Char('.');
        }
        if (start > 0) {
            result += u'\n';
        }
        result += u"%1  "_s.arg(start, 6, 16, QLatin1Char('0')) + hex.leftJustified(49) + ascii;
    }
    return result;
}

} // namespace Tocsin
