// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outboxasking.h"

namespace Tocsin {

/// A profile with an outbox that can be started anew, for tests of the rules of delivery.
struct RuledProfile : TestProfile
{
    RuledProfile()
    {
        clock.stop();
        outbox = std::make_unique<Outbox>(folder.path(), nullptr, clock.clock());
    }
    bool open() const { return openStore(*store).isOk() && asked().open().isOk(); }
    QDateTime now() const { return QDateTime::fromMSecsSinceEpoch(clock.clock().wall(), Qt::UTC); }

    AskedOutbox asked() const { return AskedOutbox{*outbox}; }
    AcceptedEvent turn(IntegrationStatus status, const QString &integration = QStringLiteral("i")) const
    {
        const auto accepted = asked().accept({eventOf(integration, status)});
        return accepted ? accepted->constFirst() : AcceptedEvent();
    }
    Delivery deliveryOf(const QString &id) const
    {
        const auto details = asked().delivery(id);
        return details && *details ? (*details)->delivery : Delivery();
    }
    QString stateOf(const QString &id) const { return toString(deliveryOf(id).state); }
    QString holdOf(const QString &id) const
    {
        const auto rule = deliveryOf(id).heldBy;
        return rule ? toString(*rule) : QString();
    }
    /// Until there is nothing more to be had.
    QStringList claimAll(const QString &owner = QStringLiteral("one")) const
    {
        QStringList all;
        for (int i = 0; i < 12; ++i) {
            all += asked().claimIds(owner);
        }
        return all;
    }
    bool end(const QString &id, AttemptOutcome outcome, int attempt = 1, std::chrono::milliseconds retryIn = {}) const
    {
        const auto ended = asked().end(QStringLiteral("one"), id, attempt, outcome, retryIn);
        return ended && *ended == 1;
    }
    bool change(const QString &id, const std::function<void(Webhook &)> &how) const
    {
        const auto found = answerOf<std::optional<StoredWebhook>>(
            [&](QObject *context, auto reply) { store->webhook(id, context, reply); });
        if (!found || !*found) {
            return false;
        }
        auto webhook = (*found)->webhook;
        how(webhook);
        return save(*store, webhook).isOk();
    }
    bool restart()
    {
        outbox.reset();
        outbox = std::make_unique<Outbox>(folder.path(), nullptr, clock.clock());
        return asked().open().isOk();
    }
    Result<bool> mute(const MuteSubject &subject, const MuteSpan &span = {}) const
    {
        return answerOf<bool>([&](QObject *context, auto reply) { outbox->mute(subject, span, context, reply); });
    }
    Result<bool> unmute(const MuteSubject &subject) const
    {
        return answerOf<bool>([&](QObject *context, auto reply) { outbox->unmute(subject, context, reply); });
    }
    Result<QList<Mute>> mutes() const
    {
        return answerOf<QList<Mute>>([&](QObject *context, auto reply) { outbox->mutes(context, reply); });
    }
    Result<QStringList> sync(const QString &webhookId) const
    {
        return answerOf<QStringList>([&](QObject *context, auto reply) { outbox->sync(webhookId, context, reply); });
    }
};

} // namespace Tocsin
