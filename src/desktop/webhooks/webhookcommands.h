// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"
#include "messagebar.h"

#include <QObject>
#include <QSet>
#include <QStringList>

#include <functional>

namespace Tocsin {

/// What can be done to saved webhooks, without a window: each ends in a message that says what happened, and the store
/// tells the table.
class WebhookCommands : public QObject
{
    Q_OBJECT

public:
    explicit WebhookCommands(Engine &engine, QObject *parent = nullptr);

    /// Call it when the engine's outbox is open.
    void setOutbox(Outbox &outbox) { m_outbox = &outbox; }

    void setActive(const QStringList &ids, bool active);
    void duplicate(const QString &id);
    /// Sends each of them the current statuses that its filters match.
    void sendStatus(const QList<Webhook> &webhooks);
    void rename(const StoredWebhook &stored, const QString &name);
    /// Removes them now and their secrets when the offer to undo has lapsed; to undo brings back what waited, too.
    void remove(const QList<Webhook> &webhooks);
    /// One invocation with the mock event; cancelTest() ends it.
    void test(const Webhook &webhook);
    void cancelTest(const QString &id);
    bool isTesting(const QString &id) const { return m_tests.contains(id); }

    void importFile(const QString &path);
    /// One document, or an array of several.
    void exportTo(const QString &path, const QList<Webhook> &webhooks);

    /// Whether something is still to be written.
    bool isBusy() const { return m_underWay > 0; }

Q_SIGNALS:
    void message(const Tocsin::MessageBar::Message &message);
    void aboutToTest(const Tocsin::Webhook &webhook);
    void testStarted(const QString &id);
    void testFinished(const QString &id, const Tocsin::Invocation &invocation);
    void renameRefused(const QString &id, const QString &name);
    void saved(const QString &id); ///< a copy, an import or an undone removal is there
    void idle(); ///< everything is written

private:
    void report(const QString &text, ColorRole role);
    void importInputs(const QString &fileName, const QList<WebhookInput> &inputs, ExistingWebhooks existing);
    void removeNow(const QList<Webhook> &webhooks, qint64 waiting);
    void restore(const QList<Webhook> &webhooks, const QDateTime &since);
    void countWaiting(const QStringList &ids, const std::function<void(qint64)> &then);
    void reviveDeliveries(const QString &id, const QDateTime &since);
    EngineJob *watched(EngineJob *job);
    void stepDone();

    Engine &m_engine;
    Outbox *m_outbox = nullptr;
    QHash<QString, InvocationJob *> m_tests;
    int m_underWay = 0;
};

} // namespace Tocsin
