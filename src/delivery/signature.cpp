// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signature.h"

#include <QCoreApplication>
#include <QMessageAuthenticationCode>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

Result<QByteArray> signingKey(const QString &secret)
{
    constexpr auto prefix = "whsec_"_L1;
    if (!secret.startsWith(prefix)) {
        return secret.toUtf8();
    }
    const auto decoded =
        QByteArray::fromBase64Encoding(secret.sliced(prefix.size()).toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.isEmpty()) {
        return Error{
            .message = QCoreApplication::translate(
                "Tocsin::Signature", "The signing secret starts with whsec_, but what follows is not base64.")};
    }
    return decoded.decoded;
}

} // namespace

Result<HttpFields> signatureFields(const QString &secret, const QString &previousSecret, const QByteArray &messageId,
                                   const QDateTime &at, const QByteArray &body)
{
    const auto timestamp = QByteArray::number(at.toSecsSinceEpoch());
    const QByteArray content = messageId + '.' + timestamp + '.' + body;
    QByteArrayList signatures;
    for (const auto &[field, keys] :
         {std::pair(u"signing.secret"_s, secret), std::pair(u"signing.previous_secret"_s, previousSecret)}) {
        for (const QString &text : keys.split(u' ', Qt::SkipEmptyParts)) {
            const auto key = signingKey(text.trimmed());
            if (!key) {
                return Error{.message = key.error().message, .where = field};
            }
            signatures.append("v1,"
                              + QMessageAuthenticationCode::hash(content, *key, QCryptographicHash::Sha256).toBase64());
        }
    }
    return HttpFields{
        {"webhook-id", messageId}, {"webhook-timestamp", timestamp}, {"webhook-signature", signatures.join(' ')}};
}

} // namespace Tocsin
