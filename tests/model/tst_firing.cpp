// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firing.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using Status = IntegrationStatus;

Q_DECLARE_METATYPE(Tocsin::Filters)
Q_DECLARE_METATYPE(Tocsin::FiringObstacles)
Q_DECLARE_METATYPE(Tocsin::IntegrationStatus)
Q_DECLARE_METATYPE(std::optional<Tocsin::IntegrationStatus>)

namespace {

IntegrationEvent eventOf(Status status)
{
    return {.integrationId = u"orders-db"_s,
            .integrationName = u"Orders"_s,
            .integrationType = u"postgresql"_s,
            .status = status,
            .document = {}};
}

Webhook webhookWith(const Filters &filters, bool active = true)
{
    Webhook webhook;
    webhook.name = u"target"_s;
    webhook.active = active;
    webhook.filters = filters;
    return webhook;
}

} // namespace

/// The rule that decides what an event fires; the outbox goes by it, and so does what is shown beforehand.
class TestFiring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void obstacles_data()
    {
        QTest::addColumn<Filters>("filters");
        QTest::addColumn<bool>("active");
        QTest::addColumn<Status>("status");
        QTest::addColumn<FiringObstacles>("expected");
        const auto row = [](const char *name, const Filters &filters, Status status, FiringObstacles expected,
                            bool active = true) {
            QTest::newRow(name) << filters << active << status << expected;
        };
        const Filters none;
        row("no filter, Error", none, Status::Error, {});
        row("no filter, Warning", none, Status::Warning, {});
        for (const auto status : {Status::Active, Status::Initializing, Status::Refreshing, Status::Disabled}) {
            row(qPrintable("no filter, "_L1 + toString(status)), none, status, FiringObstacle::Status);
        }
        row("inactive", none, Status::Error, FiringObstacle::Inactive, false);
        row("its id", {.integrations = {u"other"_s, u"orders-db"_s}, .types = {}, .statuses = {}}, Status::Error, {});
        row("another id", {.integrations = {u"other"_s}, .types = {}, .statuses = {}}, Status::Error,
            FiringObstacle::Integration);
        row("its name is no id", {.integrations = {u"Orders"_s}, .types = {}, .statuses = {}}, Status::Error,
            FiringObstacle::Integration);
        row("its type", {.integrations = {}, .types = {u"postgresql"_s}, .statuses = {}}, Status::Warning, {});
        row("another type", {.integrations = {}, .types = {u"mysql"_s}, .statuses = {}}, Status::Warning,
            FiringObstacle::Type);
        row("its status", {.integrations = {}, .types = {}, .statuses = {Status::Active}}, Status::Active, {});
        row("another status", {.integrations = {}, .types = {}, .statuses = {Status::Active}}, Status::Error,
            FiringObstacle::Status);
        row("everything at once", {.integrations = {u"other"_s}, .types = {u"mysql"_s}, .statuses = {Status::Disabled}},
            Status::Error,
            FiringObstacle::Inactive | FiringObstacle::Integration | FiringObstacle::Type | FiringObstacle::Status,
            false);
    }

    void obstacles()
    {
        QFETCH(const Filters, filters);
        QFETCH(const bool, active);
        QFETCH(const Status, status);
        QFETCH(const FiringObstacles, expected);
        QCOMPARE(firingObstacles(webhookWith(filters, active), eventOf(status)), expected);
        QCOMPARE(filters.matches(eventOf(status)), !(expected & ~FiringObstacles(FiringObstacle::Inactive)));
    }

    void suppression_data()
    {
        QTest::addColumn<std::optional<Status>>("before");
        QTest::addColumn<Status>("now");
        QTest::addColumn<bool>("force");
        QTest::addColumn<bool>("expected");
        QTest::newRow("first seen") << std::optional<Status>() << Status::Error << false << false;
        QTest::newRow("changed") << std::optional(Status::Active) << Status::Error << false << false;
        QTest::newRow("unchanged") << std::optional(Status::Error) << Status::Error << false << true;
        QTest::newRow("unchanged, forced") << std::optional(Status::Error) << Status::Error << true << false;
    }

    void suppression()
    {
        QFETCH(const std::optional<Status>, before);
        QFETCH(const Status, now);
        QFETCH(const bool, force);
        QFETCH(const bool, expected);
        QCOMPARE(isSuppressed(before, now, force), expected);
        const auto result = forecast({webhookWith({})}, eventOf(now), before, force);
        QCOMPARE(result.isSuppressed, expected);
        QCOMPARE(result.fired(), expected ? 0 : 1);
    }

    void forecastKeepsTheOrder()
    {
        Webhook first = webhookWith({});
        first.id = u"1"_s;
        Webhook second = webhookWith({}, false);
        second.id = u"2"_s;
        const auto result = forecast({second, first}, eventOf(Status::Error), {}, false);
        QCOMPARE(result.lines.size(), 2);
        QCOMPARE(result.lines.at(0).webhookId, u"2"_s);
        QCOMPARE(result.lines.at(0).obstacles, FiringObstacles(FiringObstacle::Inactive));
        QVERIFY(!result.lines.at(1).obstacles);
        QCOMPARE(result.fired(), 1);
    }

    void forecastTellsWhatTheRulesMake()
    {
        using namespace std::chrono_literals;
        Webhook every = webhookWith({});
        Webhook newest = every;
        newest.keep = KeptEvents::Newest;
        Webhook settling = every;
        settling.settle = 30s;
        Webhook idle = settling;
        idle.active = false;
        Webhook other = webhookWith({.integrations = {}, .types = {u"mysql"_s}, .statuses = {}});
        other.keep = KeptEvents::Newest;
        const auto superseding = [&](std::optional<Status> before, Status now) {
            QList<bool> all;
            for (const auto &line :
                 forecast({every, newest, settling, idle, other}, eventOf(now), before, false).lines) {
                all.append(line.supersedes);
            }
            return all;
        };
        QCOMPARE(superseding(Status::Warning, Status::Error), QList<bool>({false, true, true, false, false}));
        QCOMPARE(superseding(Status::Error, Status::Active),
                 QList<bool>({false, true, true, false, false})); // not fired
        QCOMPARE(superseding(Status::Error, Status::Error), QList<bool>(5, false));
        QCOMPARE(superseding({}, Status::Error), QList<bool>(5, false)); // nothing can wait
        const auto line = forecast({settling}, eventOf(Status::Error), {}, false).lines.constFirst();
        QVERIFY(line.settle == 30s);
        QVERIFY(line.keep == KeptEvents::Every);
    }

    void knowsWhatIsMuted()
    {
        Webhook webhook = webhookWith({});
        webhook.id = u"one"_s;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const Mute other{.subject = {.kind = MuteSubject::Kind::Webhook, .id = u"orders-db"_s}, .since = now};
        const Mute ofWebhook{
            .subject = {.kind = MuteSubject::Kind::Webhook, .id = u"one"_s}, .since = now, .until = now.addSecs(60)};
        Mute ofIntegration{.subject = {.kind = MuteSubject::Kind::Integration, .id = u"orders-db"_s},
                           .since = now,
                           .until = now.addSecs(90)};
        const auto line = [&webhook](const QList<Mute> &mutes) {
            return forecast({webhook}, eventOf(Status::Error), Status::Warning, false, mutes).lines.constFirst();
        };
        QVERIFY(!line({other}).mute);
        QVERIFY(!line({other}).supersedes);
        QVERIFY(line({ofWebhook}).mute == ofWebhook);
        QVERIFY(line({ofWebhook}).supersedes);
        QVERIFY(line({ofWebhook, ofIntegration}).mute == ofIntegration);
        QVERIFY(line({ofIntegration, ofWebhook}).mute == ofIntegration);
        ofIntegration.until.reset();
        QVERIFY(line({ofIntegration, ofWebhook}).mute == ofIntegration);
        QVERIFY(line({ofWebhook, ofIntegration}).mute == ofIntegration);
    }

    void countsWhatATurnFires()
    {
        const QList<Webhook> webhooks{
            webhookWith({}), webhookWith({.integrations = {}, .types = {}, .statuses = {Status::Error}}),
            webhookWith({.integrations = {}, .types = {u"mysql"_s}, .statuses = {}}), webhookWith({}, false)};
        QCOMPARE(firedBy(webhooks, u"orders-db"_s, u"postgresql"_s, Status::Error), 2);
        QCOMPARE(firedBy(webhooks, u"orders-db"_s, u"postgresql"_s, Status::Warning), 1);
        QCOMPARE(firedBy(webhooks, u"orders-db"_s, u"mysql"_s, Status::Warning), 2);
        QCOMPARE(firedBy(webhooks, u"orders-db"_s, u"mysql"_s, Status::Active), 0);
    }

    void whatTocsinSaysOfItself()
    {
        auto event = eventOf(Status::Error);
        QVERIFY(!ownEventFault(event));
        event.integrationType = webhookIntegrationType();
        event.integrationId = webhookIntegrationId(u"an-id"_s);
        QCOMPARE(ownEventFault(event)->where, u"$.data.type"_s);
        auto other = eventOf(Status::Error);
        for (const auto &type : {u"tocsin-source"_s, u"tocsin-anything"_s}) {
            other.integrationType = type;
            QVERIFY(ownEventFault(other));
        }
        other.integrationType = u"tocsins"_s;
        QVERIFY(!ownEventFault(other));
        for (const auto &id : {u"tocsin-webhook/x"_s, u"tocsin-source/"_s}) {
            other.integrationId = id;
            QCOMPARE(ownEventFault(other)->where, u"$.data.id"_s);
        }
        other.integrationId = u"tocsin-webhooks/x"_s;
        QVERIFY(!ownEventFault(other));

        const auto named = [](const QStringList &integrations, const QStringList &types) {
            return webhookWith({.integrations = integrations, .types = types, .statuses = {}});
        };
        QVERIFY(firingObstacles(named({}, {}), event) == FiringObstacle::Type);
        QVERIFY(!firingObstacles(named({}, {u"postgresql"_s, event.integrationType}), event));
        QVERIFY(!firingObstacles(named({event.integrationId}, {}), event));
        auto itself = named({}, {event.integrationType});
        itself.id = u"an-id"_s;
        QVERIFY(firingObstacles(itself, event) == FiringObstacle::Integration);
    }
};

QTEST_GUILESS_MAIN(TestFiring)
#include "tst_firing.moc"
