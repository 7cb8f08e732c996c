// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "responsetext.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <optional>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

using Encoding = QStringConverter::Encoding;

struct Mark
{
    QByteArrayView bytes;
    Encoding encoding;
};

// UTF-32's little-endian mark begins with UTF-16's.
constexpr std::array byteOrderMarks{
    Mark{QByteArrayView("\x00\x00\xfe\xff", 4), Encoding::Utf32BE},
    Mark{QByteArrayView("\xff\xfe\x00\x00", 4), Encoding::Utf32LE},
    Mark{QByteArrayView("\xef\xbb\xbf", 3), Encoding::Utf8},
    Mark{QByteArrayView("\xfe\xff", 2), Encoding::Utf16BE},
    Mark{QByteArrayView("\xff\xfe", 2), Encoding::Utf16LE},
};

QString nameOf(Encoding encoding)
{
    switch (encoding) {
    case Encoding::Utf8:
        return u"UTF-8"_s;
    case Encoding::Utf16LE:
    case Encoding::Utf16BE:
    case Encoding::Utf16:
        return u"UTF-16"_s;
    case Encoding::Utf32LE:
    case Encoding::Utf32BE:
    case Encoding::Utf32:
        return u"UTF-32"_s;
    default:
        return u"ISO-8859-1"_s;
    }
}

/// A text in the letters of JSON and of most markup has a zero in each of its first two characters (RFC 4627 §3).
std::optional<Encoding> encodingByZeros(QByteArrayView body)
{
    if (body.size() < 4) {
        return {};
    }
    const std::array<bool, 4> isZero{body[0] == 0, body[1] == 0, body[2] == 0, body[3] == 0};
    struct Pattern
    {
        std::array<bool, 4> isZero;
        Encoding encoding;
    };
    constexpr std::array patterns{
        Pattern{{true, true, true, false}, Encoding::Utf32BE}, Pattern{{false, true, true, true}, Encoding::Utf32LE},
        Pattern{{true, false, true, false}, Encoding::Utf16BE}, Pattern{{false, true, false, true}, Encoding::Utf16LE}};
    const auto found = std::find_if(patterns.begin(), patterns.end(),
                                    [&isZero](const Pattern &pattern) { return pattern.isZero == isZero; });
    return found == patterns.end() ? std::nullopt : std::optional(found->encoding);
}

bool hasControls(QStringView text)
{
    return std::any_of(text.begin(), text.end(), [](QChar character) {
        return (character < u' ' && !u"\t\n\f\r"_s.contains(character)) || character == QChar(0x7f);
    });
}

ResponseText decoded(QByteArrayView body, QStringDecoder decoder, const QString &encoding, bool isCut)
{
    ResponseText result{.text = decoder(body), .encoding = encoding, .isGuess = false, .isWhole = true};
    constexpr int longestCharacter = 4;
    for (int dropped = 1; isCut && decoder.hasError() && dropped < longestCharacter && dropped < body.size();
         ++dropped) {
        decoder.resetState();
        result.text = decoder(body.chopped(dropped));
    }
    result.isWhole = !decoder.hasError();
    return result;
}

qsizetype unitOf(Encoding encoding)
{
    const QString name = nameOf(encoding);
    return name == "UTF-16"_L1 ? 2 : name == "UTF-32"_L1 ? 4 : 1;
}

ResponseText decoded(QByteArrayView body, Encoding encoding, bool isCut)
{
    // Qt does not count half a unit as an error.
    const auto rest = body.size() % unitOf(encoding);
    auto result = decoded(body.chopped(isCut ? rest : 0), QStringDecoder(encoding, QStringDecoder::Flag::Stateless),
                          nameOf(encoding), isCut);
    if (isCut && !result.text.isEmpty() && result.text.back().isHighSurrogate()) {
        result.text.chop(1);
    }
    result.isWhole = result.isWhole && (isCut || rest == 0);
    return result;
}

/// The encodings that Qt knows by itself, under the names by which servers call them.
std::optional<Encoding> builtIn(const QString &charset, QByteArrayView body)
{
    struct Name
    {
        QLatin1StringView name;
        Encoding encoding;
    };
    constexpr std::array names{
        Name{"utf-8"_L1, Encoding::Utf8},        Name{"utf8"_L1, Encoding::Utf8},
        Name{"us-ascii"_L1, Encoding::Utf8},     Name{"ascii"_L1, Encoding::Utf8},
        Name{"iso-8859-1"_L1, Encoding::Latin1}, Name{"iso8859-1"_L1, Encoding::Latin1},
        Name{"iso_8859-1"_L1, Encoding::Latin1}, Name{"latin1"_L1, Encoding::Latin1},
        Name{"utf-16le"_L1, Encoding::Utf16LE},  Name{"utf-16be"_L1, Encoding::Utf16BE},
        Name{"utf-32le"_L1, Encoding::Utf32LE},  Name{"utf-32be"_L1, Encoding::Utf32BE},
    };
    const auto found = std::find_if(names.begin(), names.end(), [&charset](const Name &entry) {
        return charset.compare(entry.name, Qt::CaseInsensitive) == 0;
    });
    if (found != names.end()) {
        return found->encoding;
    }
    // Without a mark these are big-endian (RFC 2781 §4.3), which some senders do not know.
    if (charset.compare("utf-16"_L1, Qt::CaseInsensitive) == 0) {
        return encodingByZeros(body) == Encoding::Utf16LE ? Encoding::Utf16LE : Encoding::Utf16BE;
    }
    if (charset.compare("utf-32"_L1, Qt::CaseInsensitive) == 0) {
        return encodingByZeros(body) == Encoding::Utf32LE ? Encoding::Utf32LE : Encoding::Utf32BE;
    }
    return {};
}

std::optional<ResponseText> decodedAsNamed(QByteArrayView body, const QString &charset, bool isCut)
{
    if (charset.isEmpty()) {
        return {};
    }
    if (const auto encoding = builtIn(charset, body)) {
        return decoded(body, *encoding, isCut);
    }
    // Whether Qt knows more depends on how it was built.
    QStringDecoder decoder(charset.toLatin1().constData(), QStringDecoder::Flag::Stateless);
    if (decoder.isValid()) {
        return decoded(body, std::move(decoder), charset.toUpper(), isCut);
    }
    return {};
}

} // namespace

bool ResponseText::isUtf8() const
{
    return encoding == "UTF-8"_L1;
}

QString contentTypeParameter(const QString &contentType, QStringView name)
{
    qsizetype at = contentType.indexOf(u';');
    while (at >= 0 && at < contentType.size()) {
        const auto equals = contentType.indexOf(u'=', ++at);
        const auto next = contentType.indexOf(u';', at);
        if (equals < 0 || (next >= 0 && next < equals)) {
            at = next;
            continue;
        }
        const auto found = QStringView(contentType).sliced(at, equals - at).trimmed();
        QString value;
        at = equals + 1;
        while (at < contentType.size() && contentType[at].isSpace()) {
            ++at;
        }
        if (at < contentType.size() && contentType[at] == u'"') {
            for (++at; at < contentType.size() && contentType[at] != u'"'; ++at) {
                if (contentType[at] == u'\\' && at + 1 < contentType.size()) {
                    ++at;
                }
                value += contentType[at];
            }
            at = contentType.indexOf(u';', at);
        } else {
            const auto end = contentType.indexOf(u';', at);
            value = contentType.sliced(at, (end < 0 ? contentType.size() : end) - at).trimmed();
            at = end;
        }
        if (found.compare(name, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return {};
}

ResponseText responseText(QByteArrayView body, const QString &contentType, bool isCut)
{
    for (const auto &[mark, encoding] : byteOrderMarks) {
        if (body.startsWith(mark)) {
            return decoded(body.sliced(mark.size()), encoding, isCut);
        }
    }
    if (auto named = decodedAsNamed(body, contentTypeParameter(contentType, u"charset"), isCut)) {
        return *std::move(named);
    }
    if (const auto encoding = encodingByZeros(body)) {
        auto wide = decoded(body, *encoding, isCut);
        if (wide.isWhole && !hasControls(wide.text)) {
            wide.isGuess = true;
            return wide;
        }
    }
    auto result = decoded(body, Encoding::Utf8, isCut);
    if (!result.isWhole) {
        result = decoded(body, Encoding::Latin1, isCut);
        result.isGuess = true;
    }
    return result;
}

} // namespace Tocsin
