// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrettext.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct SecretText
{
    static constexpr SentenceMaker say{"Tocsin::SecretText"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::SecretText)
};

constexpr QStringView opening = u"${secret:";
constexpr qsizetype maximumKeyLength = 128;

bool isKeyCharacter(QChar c)
{
    return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'.' || c == u'_'
        || c == u'-' || c == u'/';
}

TextPosition positionAt(QStringView text, qsizetype index)
{
    const auto before = text.first(index);
    const auto line = before.sliced(before.lastIndexOf(u'\n') + 1);
    return {.line = static_cast<int>(before.count(u'\n')) + 1,
            .column = static_cast<int>(line.toUcs4().size()) + 1,
            .offset = before.toUtf8().size()};
}

Error faultAt(QStringView text, qsizetype index, const Sentence &message)
{
    return Error::of(message, {}, positionAt(text, index));
}

} // namespace

bool isSecretKey(const QString &key)
{
    return !key.isEmpty() && key.size() <= maximumKeyLength && std::all_of(key.begin(), key.end(), isKeyCharacter);
}

QString secretReference(const QString &key)
{
    return opening + key + u'}';
}

Result<std::vector<SecretTextPart>> parseSecretText(const QString &text)
{
    std::vector<SecretTextPart> parts;
    QString literal;
    qsizetype from = 0;
    while (true) {
        const auto at = text.indexOf(u'$', from);
        if (at < 0) {
            literal += QStringView(text).sliced(from);
            break;
        }
        literal += QStringView(text).sliced(from, at - from);
        const auto rest = QStringView(text).sliced(at);
        if (rest.startsWith(u"$${")) {
            literal += u"${";
            from = at + 3;
        } else if (rest.startsWith(opening)) {
            const auto end = rest.indexOf(u'}');
            if (end < 0) {
                return faultAt(text, at,
                               SecretText::say("The secret reference is not closed: write it as ${secret:KEY}."));
            }
            const auto key = rest.sliced(opening.size(), end - opening.size()).toString();
            if (!isSecretKey(key)) {
                return faultAt(text, at,
                               SecretText::say("A secret's key is 1 to 128 of the characters A–Z, a–z, 0–9, '.', '_', "
                                               "'-' and '/': ${secret:KEY}."));
            }
            if (!literal.isEmpty()) {
                parts.push_back({.isReference = false, .text = std::exchange(literal, {})});
            }
            parts.push_back({.isReference = true, .text = key});
            from = at + end + 1;
        } else {
            literal += u'$';
            from = at + 1;
        }
    }
    if (!literal.isEmpty()) {
        parts.push_back({.isReference = false, .text = literal});
    }
    return parts;
}

QStringList secretKeys(const QString &text)
{
    QStringList keys;
    const auto parts = parseSecretText(text);
    if (!parts) {
        return keys;
    }
    for (const auto &part : *parts) {
        if (part.isReference && !keys.contains(part.text)) {
            keys.append(part.text);
        }
    }
    return keys;
}

std::optional<QString> soleSecretKey(const QString &text)
{
    const auto parts = parseSecretText(text);
    if (!parts || parts->size() != 1 || !parts->front().isReference) {
        return std::nullopt;
    }
    return parts->front().text;
}

Result<QString> resolveSecretText(const QString &text,
                                  const std::function<std::optional<QString>(const QString &key)> &lookup)
{
    const auto parts = parseSecretText(text);
    if (!parts) {
        return parts.error();
    }
    QString resolved;
    for (const auto &part : *parts) {
        if (!part.isReference) {
            resolved += part.text;
            continue;
        }
        const auto value = lookup ? lookup(part.text) : std::nullopt;
        if (!value) {
            return Error::of(SecretText::say("There is no secret with the key \"%1\".", part.text), part.text);
        }
        resolved += *value;
    }
    return resolved;
}

} // namespace Tocsin
