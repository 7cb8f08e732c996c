// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshsecrets.h"

#include "secretreferences.h"
#include "secrettext.h"

#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

QString withoutNumber(const QString &key)
{
    static const QRegularExpression number(u"/[0-9]+\\z"_s);
    return QString(key).remove(number);
}

} // namespace

QString freshKey(const QString &webhookId, const QString &key, qint64 number)
{
    const QString ending = u'/' + QString::number(number);
    const QString fresh = key + ending;
    if (isSecretKey(fresh)) {
        return fresh;
    }
    const auto digest = QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256).toHex();
    return webhookId + "/sha256/"_L1 + QString::fromLatin1(digest) + ending;
}

bool isForTheSame(const QString &key, const QString &otherKey)
{
    return withoutNumber(key) == withoutNumber(otherKey);
}

LiftedWebhook liftAfresh(const WebhookInput &input, const QSet<QString> &keptAsText, qint64 number)
{
    // Other names for the time being: a key that is made here may be called as one that stands here already.
    QHash<QString, QString> aside;
    QHash<QString, QString> renamed;
    const auto setAside = [&aside, &renamed](const QString &key) {
        if (!aside.contains(key)) {
            const QString name = u"standing-"_s + QString::number(aside.size());
            aside.insert(key, name);
            renamed.insert(name, key);
        }
        return aside.value(key);
    };
    const QStringList standing = referencedKeys(input.webhook);
    std::for_each(standing.cbegin(), standing.cend(), setAside);
    QHash<QString, QString> typed;
    for (auto secret = input.typedSecrets.begin(); secret != input.typedSecrets.end(); ++secret) {
        const auto other = soleSecretKey(secret.value()); // a reference was typed
        typed.insert(setAside(secret.key()), other ? secretReference(setAside(*other)) : secret.value());
    }
    const LiftedWebhook placed = withTypedSecrets(withRenamedSecrets(input.webhook, aside), typed);
    LiftedWebhook lifted = liftSecrets(placed.webhook, input.secretHeaders, input.plainHeaders, keptAsText);
    lifted.secrets.insert(placed.secrets);
    LiftedWebhook result;
    for (auto secret = lifted.secrets.begin(); secret != lifted.secrets.end(); ++secret) {
        const QString key = freshKey(input.webhook.id, secret.key(), number);
        renamed.insert(secret.key(), key);
        result.secrets.insert(key, secret.value());
    }
    result.webhook = withRenamedSecrets(lifted.webhook, renamed);
    return result;
}

} // namespace Tocsin
