// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store.h"

#include <QTest>

namespace Tocsin {

/// Waits for the answer of one of Store's functions: `answerOf<Webhook>([&](auto *context, auto reply) { … })`.
template <typename T, typename Call>
Result<T> answerOf(Call call)
{
    std::optional<Result<T>> answer;
    QObject context;
    call(&context, Reply<Result<T>>([&answer](Result<T> result) { answer = std::move(result); }));
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 60'000)) {
        return Error{.message = QStringLiteral("no answer"), .where = {}, .position = {}};
    }
    return *answer;
}

inline Result<void> openStore(Store &store)
{
    return answerOf<void>([&](QObject *context, auto reply) { store.open(context, reply); });
}

inline Result<QList<StoredWebhook>> webhooksOf(Store &store)
{
    return answerOf<QList<StoredWebhook>>([&](QObject *context, auto reply) { store.webhooks(context, reply); });
}

inline Result<Webhook> save(Store &store, const Webhook &webhook)
{
    return answerOf<Webhook>([&](QObject *context, auto reply) { store.saveWebhook(webhook, context, reply); });
}

inline Result<void> addInvocation(Store &store, const Invocation &invocation)
{
    return answerOf<void>([&](QObject *context, auto reply) { store.addInvocation(invocation, context, reply); });
}

inline Webhook webhookNamed(const QString &name)
{
    Webhook webhook;
    webhook.name = name;
    webhook.url = QStringLiteral("https://example.org/hook");
    webhook.bodyTemplate = QStringLiteral("{\"id\": \"{{data.id}}\"}");
    return webhook;
}

/// One sentence that names `path`.
inline bool isSentenceAbout(const QString &text, const QString &path)
{
    const QString rest = QString(text).remove(path);
    return text.contains(path) && text.at(0).isUpper() && text.endsWith(QLatin1Char('.'))
        && !rest.chopped(1).contains(QLatin1String(". "));
}

} // namespace Tocsin
