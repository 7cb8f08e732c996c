// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypart.h"

#include "secrettext.h"

#include <QCryptographicHash>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype longestPart = 80; // beside a webhook's id (36) and a number, within a key's 128 characters

} // namespace

QString keyPart(QLatin1StringView kind, const QString &name)
{
    QString part = kind % u'/';
    for (const QChar character : name) {
        if (character != u'/' && isSecretKey(character)) {
            part += character;
        } else if (character.unicode() <= 0xff) {
            part += u"/%1"_s.arg(static_cast<uint>(character.unicode()), 2, 16, QLatin1Char('0'));
        } else {
            part += u"/u%1"_s.arg(static_cast<uint>(character.unicode()), 4, 16, QLatin1Char('0'));
        }
    }
    if (part.size() <= longestPart) {
        return part;
    }
    const auto digest = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256);
    return kind % u"-sha256/"_s % QString::fromLatin1(digest.toHex());
}

} // namespace Tocsin
