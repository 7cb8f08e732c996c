// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signature.h"

#include "signingsecret.h"

#include <QMessageAuthenticationCode>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

HttpFields messageFields(const QByteArray &messageId, const QDateTime &at)
{
    return {{"webhook-id", messageId}, {"webhook-timestamp", QByteArray::number(at.toSecsSinceEpoch())}};
}

Result<HttpFields> signatureFields(const QString &secret, const QString &previousSecret, const QByteArray &messageId,
                                   const QDateTime &at, const QByteArray &body)
{
    const QByteArray content = messageId + '.' + QByteArray::number(at.toSecsSinceEpoch()) + '.' + body;
    QByteArrayList signatures;
    for (const auto &[field, text] :
         {std::pair(u"signing.secret"_s, secret), std::pair(u"signing.previous_secret"_s, previousSecret)}) {
        const auto keys = signingKeys(text);
        if (!keys) {
            auto error = keys.error();
            error.where = field;
            return error;
        }
        for (const auto &key : *keys) {
            signatures.append("v1,"
                              + QMessageAuthenticationCode::hash(content, key, QCryptographicHash::Sha256).toBase64());
        }
    }
    auto fields = messageFields(messageId, at);
    fields.emplaceBack("webhook-signature", signatures.join(' '));
    return fields;
}

} // namespace Tocsin
