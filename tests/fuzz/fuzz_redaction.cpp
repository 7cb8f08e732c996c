// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// SECRET --- WRITINGS --- TEXT: however a secret is written, it goes and nothing else does. Each letter of WRITINGS is
// one of the writings below, put around the one before.
#include "fuzzing.h"
#include "redaction.h"

#include <functional>
#include <iterator>
#include <span>

using namespace Tocsin;
using namespace Tocsin::Fuzzing;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype longestSecret = 64; ///< characters
constexpr qsizetype mostEscapes = 2; ///< put around one another

using Writing = QByteArray (*)(const QByteArray &utf8);

/// Each UTF-16 unit or byte by `one`.
template <typename Units>
QByteArray eachOf(const Units &units, const std::function<QByteArray(uint unit)> &one)
{
    QByteArray text;
    for (const auto unit : units) {
        text += one(unit);
    }
    return text;
}

QByteArray eachUnit(const QByteArray &utf8, const char *format, uint from)
{
    const QString text = QString::fromUtf8(utf8);
    return eachOf(text.toStdU16String(), [&](uint unit) {
        const bool isEscaped = unit >= from || unit < 0x20 || unit == '"' || unit == '\\';
        return isEscaped ? QString::asprintf(format, unit).toLatin1() : QByteArray(1, static_cast<char>(unit));
    });
}

QByteArray eachByte(const QByteArray &utf8, const char *format)
{
    return eachOf(std::span(reinterpret_cast<const uchar *>(utf8.data()), static_cast<std::size_t>(utf8.size())),
                  [&](uint byte) { return QString::asprintf(format, byte).toLatin1(); });
}

QByteArray asJson(const QByteArray &utf8)
{
    const auto written = writeJson(Json(utf8.toStdString()));
    return QByteArray(written.data() + 1, static_cast<qsizetype>(written.size()) - 2);
}

QByteArray asHtml(const QByteArray &utf8, const char *format)
{
    return eachOf(QString::fromUtf8(utf8).toUcs4(), [&](uint character) {
        const bool isPlain = character < 0x80 && (QChar(character).isLetterOrNumber() || character == ' ');
        return isPlain ? QByteArray(1, static_cast<char>(character)) : QString::asprintf(format, character).toLatin1();
    });
}

constexpr Writing escapes[] = {
    [](const QByteArray &utf8) { return asJson(utf8); },
    [](const QByteArray &utf8) { return asJson(utf8).replace("/", "\\/"); },
    [](const QByteArray &utf8) { return eachUnit(utf8, "\\u%04x", 0); },
    [](const QByteArray &utf8) { return eachUnit(utf8, "\\u%04X", 0x7F); },
    [](const QByteArray &utf8) { return eachByte(utf8, "%%%02X"); },
    [](const QByteArray &utf8) { return eachByte(utf8, "%%%02x"); },
    [](const QByteArray &utf8) { return utf8.toPercentEncoding(); },
    [](const QByteArray &utf8) { return utf8.toPercentEncoding().replace("%20", "+"); },
    [](const QByteArray &utf8) { return QString::fromUtf8(utf8).toHtmlEscaped().toUtf8(); },
    [](const QByteArray &utf8) { return asHtml(utf8, "&#%u;"); },
    [](const QByteArray &utf8) { return asHtml(utf8, "&#x%X;"); },
};

/// What cannot be told apart from other text of its kind at its ends.
constexpr Writing blocks[] = {
    [](const QByteArray &utf8) { return utf8.toBase64(); },
    [](const QByteArray &utf8) {
        return utf8.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    },
    [](const QByteArray &utf8) { return QByteArray("u:" + utf8).toBase64(); },
    [](const QByteArray &utf8) { return QByteArray("x" + utf8 + "yz").toBase64(); },
    [](const QByteArray &utf8) { return utf8.toHex(); },
    [](const QByteArray &utf8) { return utf8.toHex().toUpper(); },
};
constexpr qsizetype mostLeftOfBlock = 8; ///< letters on both sides of the secret's own

/// Text that is part of no secret and of no writing.
QByteArray harmless(QByteArrayView seed)
{
    QString text;
    for (const char byte : seed.first(std::min<qsizetype>(seed.size(), 20))) {
        text += QChar(0x0430 + (static_cast<uchar>(byte) % 32));
    }
    return text.toUtf8();
}

bool isUsable(const QString &secret)
{
    return secret.size() >= Redaction::minimumLength && secret.size() <= longestSecret && secret == secret.trimmed()
        && std::none_of(secret.begin(), secret.end(), [](QChar c) {
               return c.isNull() || c.script() == QChar::Script_Cyrillic || redactionMark.contains(c);
           });
}

/// Whether what stands between marks comes, in this order, from the text.
bool isLeftOf(const QByteArray &text, const QByteArray &redacted, const QByteArray &mark)
{
    qsizetype from = 0;
    for (const auto &piece : QString::fromLatin1(redacted).split(QString::fromLatin1(mark))) {
        const auto at = text.indexOf(piece.toLatin1(), from);
        if (at < 0) {
            return false;
        }
        from = at + piece.size();
    }
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto [secretBytes, writings, text] = parts<3>(bytes(data, size));
    const auto secret = QString::fromUtf8(secretBytes);
    if (!isUsable(secret)) {
        return 0;
    }
    Redaction redaction;
    redaction.add(secret);
    static const auto mark = redactionMark.toUtf8();

    QByteArray written = secret.toUtf8();
    const auto letters = writings.first(std::min(writings.size(), mostEscapes + 1));
    qsizetype left = 0;
    for (qsizetype i = 0; i < letters.size() && left == 0; ++i) {
        const auto letter = static_cast<uchar>(letters[i]);
        if (letter % 2 == 0 && i < mostEscapes) {
            written = escapes[letter / 2 % std::size(escapes)](written);
        } else {
            written = blocks[letter / 2 % std::size(blocks)](written);
            left = mostLeftOfBlock;
        }
    }

    const auto before = harmless(text);
    const auto after = harmless(text.sliced(text.size() / 2));
    demand(redaction.redact(QByteArray(before + after)) == before + after, "harmless text stays");
    const auto redacted = redaction.redact(QByteArray(before + written + after));
    demand(redacted.startsWith(before) && redacted.endsWith(after), "what is around a secret stays");
    const auto inside = redacted.sliced(before.size(), redacted.size() - before.size() - after.size());
    demand(left > 0 ? inside.contains(mark) && inside.size() <= mark.size() + left : inside == mark,
           "the secret goes, whole");

    const auto around = QByteArray(text.toByteArray() + written + text.toByteArray());
    const auto clean = redaction.redact(around);
    demand(!clean.contains(secret.toUtf8()), "the secret is nowhere in any text");
    demand(isLeftOf(around, clean, mark), "all that stays was there");
    return 0;
}
