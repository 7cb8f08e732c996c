// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signingsecret.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct SigningSecret
{
    static constexpr SentenceMaker say{"Tocsin::SigningSecret"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::SigningSecret)
};

bool isBase64Letter(QChar c)
{
    return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'+' || c == u'/';
}

bool isQuote(QChar c)
{
    return u"\"'`“”„‘’«»"_s.contains(c);
}

/// Receivers read the alphabet of RFC 4648 §4 alone; empty where the text is not of it.
QByteArray decodedKey(QStringView text)
{
    constexpr qsizetype group = 4;
    const bool isWhole = text.size() % group == 0;
    for (int padding = 0; padding < 2 && isWhole && text.endsWith(u'='); ++padding) {
        text.chop(1);
    }
    if (text.size() % group == 1 || !std::all_of(text.begin(), text.end(), isBase64Letter)) {
        return {};
    }
    return QByteArray::fromBase64(text.toLatin1());
}

Result<QByteArray> keyOf(QStringView secret)
{
    constexpr auto version = "v1,"_L1;
    constexpr auto prefix = "whsec_"_L1;
    if (secret.startsWith(version)) {
        secret = secret.sliced(version.size());
    }
    if (secret.startsWith("whsk_"_L1)) {
        return Error::of(SigningSecret::say("The signing secret begins with whsk_: that is the private key of another "
                                            "kind of signature. Tocsin signs with a whsec_ secret."));
    }
    if (std::any_of(secret.begin(), secret.end(), isQuote)) {
        return Error::of(SigningSecret::say("The signing secret has a quotation mark in it: leave it out."));
    }
    const bool hasPrefix = secret.startsWith(prefix);
    auto key = decodedKey(hasPrefix ? secret.sliced(prefix.size()) : secret);
    if (key.isEmpty()) {
        return Error::of(
            hasPrefix
                ? SigningSecret::say("The signing secret begins with whsec_, but what follows is not base64.")
                : SigningSecret::say("The signing secret is not base64: it is whsec_ and base64, or base64 alone, "
                                     "as the receiver shows it."));
    }
    return key;
}

} // namespace

Result<QByteArrayList> signingKeys(const QString &secret)
{
    QByteArrayList keys;
    const auto parts = secret.simplified().split(u' ', Qt::SkipEmptyParts);
    for (const auto &part : parts) {
        auto key = keyOf(part);
        if (!key) {
            return key.error();
        }
        keys.append(*key);
    }
    return keys;
}

} // namespace Tocsin
