// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytext.h"

#include "json.h"
#include "jsontext.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyText)
};

constexpr qsizetype longestHexDump = 64 * 1024;
constexpr qsizetype longestLine = 64 * 1024; // a line of a mebibyte takes the code view seconds to lay out

bool isControl(char byte)
{
    const auto code = static_cast<unsigned char>(byte);
    return (code < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f') || code == 0x7f;
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
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    // A cut may fall within a character: up to three bytes of it may be left.
    qsizetype whole = body.size();
    QString text = decoder(body);
    for (int dropped = 0; isCut && decoder.hasError() && dropped < 3 && whole > 1; ++dropped) {
        decoder.resetState();
        text = decoder(QByteArrayView(body).first(--whole));
    }
    if (decoder.hasError() || std::any_of(body.begin(), body.end(), isControl)) {
        result.kind = BodyText::Kind::Binary;
        result.isShortened = body.size() > longestHexDump;
        result.raw = hexDump(QByteArrayView(body).first(std::min(body.size(), longestHexDump)));
        return result;
    }
    const bool isJson = isCut ? saysJson(contentType) : parseJson(body).isOk();
    result.kind = isJson ? BodyText::Kind::JsonText : BodyText::Kind::Text;
    result.raw = shortened(text, &result.isShortened);
    if (isJson) {
        result.language = CodeLanguage::JsonText;
        bool isPrettyShortened = false;
        const std::string_view bytes(body.constData(), std::size_t(whole));
        result.pretty = shortened(QString::fromStdString(indentedJson(bytes)), &isPrettyShortened);
    }
    return result;
}

QString toString(BodyText::Kind kind)
{
    switch (kind) {
    case BodyText::Kind::Empty:
        return Words::tr("empty");
    case BodyText::Kind::JsonText:
        return Words::tr("JSON");
    case BodyText::Kind::Text:
        return Words::tr("text");
    case BodyText::Kind::Binary:
        return Words::tr("binary, shown in hexadecimal");
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
