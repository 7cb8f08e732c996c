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
        return Error{.message = QCoreApplication::translate(
                         "Tocsin::Signature", "The signing secret starts with whsec_, but what follows is not base64."),
                     .where = u"signing.secret"_s};
    }
    return decoded.decoded;
}

} // namespace

Result<HttpFields> signatureFields(const QString &secrets, const QByteArray &messageId, const QDateTime &at,
                                   const QByteArray &body)
{
    const auto timestamp = QByteArray::number(at.toSecsSinceEpoch());
    const QByteArray content = messageId + '.' + timestamp + '.' + body;
    QByteArrayList signatures;
    for (const auto &secret : secrets.split(u' ', Qt::SkipEmptyParts)) {
        const auto key = signingKey(secret.trimmed());
        if (!key) {
            return key.error();
        }
        signatures.append("v1,"
                          + QMessageAuthenticationCode::hash(content, *key, QCryptographicHash::Sha256).toBase64());
    }
    return HttpFields{
        {"webhook-id", messageId}, {"webhook-timestamp", timestamp}, {"webhook-signature", signatures.join(' ')}};
}

} // namespace Tocsin
