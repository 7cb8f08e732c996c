// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "databasebeside.h"
#include "enginetesting.h"
#include "memorysecretstore.h"
#include "secretjournal.h"
#include "secretlifting.h"

#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto token = u"tok-3c9e0b7f4a-very-secret"_s;

WebhookInput inputOf(const Webhook &webhook)
{
    return {.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}};
}

WebhookInput withToken(const QString &name, const QString &value)
{
    Webhook webhook = sampleWebhook(name);
    webhook.headers = {{u"DD-API-KEY"_s, value}};
    return inputOf(webhook);
}

} // namespace

/// A document may refer to a secret that was made for another webhook.
class TestEngineBorrowing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_shelf = std::make_shared<SecretShelf>();
        m_engine = opened();
        m_owner = save(withToken(u"owner"_s, token));
        m_key = referencedKeys(m_owner).value(0);
        m_borrower = save(withToken(u"borrower"_s, m_owner.headers.at(0).value));
        QCOMPARE(referencedKeys(m_borrower), QStringList{m_key});
    }

    void cleanup() { m_engine.reset(); }

    void goesWithTheLastThatRefersToIt_data()
    {
        QTest::addColumn<bool>("ownerStays");
        QTest::addColumn<QString>("how");
        for (const bool ownerStays : {false, true}) {
            for (const auto *how : {"removed", "undo lapsed", "process ended", "saved", "replaced"}) {
                QTest::addRow("%s, %s", ownerStays ? "owner has another" : "owner is gone", how)
                    << ownerStays << QString::fromLatin1(how);
            }
        }
    }

    void goesWithTheLastThatRefersToIt()
    {
        QFETCH(const bool, ownerStays);
        QFETCH(const QString, how);
        const auto second = save(withToken(u"second"_s, m_owner.headers.at(0).value));
        if (ownerStays) {
            WebhookInput changed = withToken(u"owner"_s, u"another-secret-of-its"_s);
            changed.webhook.id = m_owner.id;
            save(changed);
        } else {
            QVERIFY(ended(m_engine->remove(m_owner.id)));
        }
        QVERIFY(ended(m_engine->remove(second.id)));
        QCOMPARE(m_shelf->values.value(m_key), token);

        Webhook without = m_borrower;
        without.headers.clear();
        if (how == "removed"_L1) {
            QVERIFY(ended(m_engine->remove(m_borrower.id)));
        } else if (how == "undo lapsed"_L1) {
            QVERIFY(ended(m_engine->remove(m_borrower.id, SecretRemoval::Later)));
            QCOMPARE(m_shelf->values.value(m_key), token);
            QVERIFY(ended(m_engine->purgeSecrets(m_borrower.id)));
        } else if (how == "process ended"_L1) {
            QVERIFY(ended(m_engine->remove(m_borrower.id, SecretRemoval::Later)));
            m_engine = opened();
        } else if (how == "saved"_L1) {
            save(inputOf(without));
        } else {
            without.id.clear();
            QVERIFY(ended(m_engine->importWebhooks({inputOf(without)}, ExistingWebhooks::Replace)));
        }
        QVERIFY(!m_shelf->values.contains(m_key));
        QVERIFY(!rememberedKeys(*m_engine).contains(m_key));
        QCOMPARE(m_shelf->values.size(), ownerStays ? 1 : 0);
    }

    void comesBackWithAnUndo()
    {
        QVERIFY(ended(m_engine->remove(m_owner.id)));
        QVERIFY(ended(m_engine->remove(m_borrower.id, SecretRemoval::Later)));
        QCOMPARE(save(inputOf(m_borrower)), m_borrower);
        QCOMPARE(m_shelf->values.value(m_key), token);
    }

    void whatAPersonChoseStays()
    {
        m_shelf->values.insert(u"team/token"_s, token);
        QVERIFY(await<Result<void>>([&](QObject *context, auto reply) {
                    m_engine->store().rememberSecretKey(u"team/token"_s, context, reply);
                }).isOk());
        const auto user = save(withToken(u"user"_s, u"${secret:team/token}"_s));
        QVERIFY(ended(m_engine->remove(user.id)));
        QCOMPARE(m_shelf->values.value(u"team/token"_s), token);
    }

    void staysWhileAnotherChangesItsOwner()
    {
        QVERIFY(ended(m_engine->remove(m_owner.id)));
        {
            const auto elsewhere = SecretJournal::begin(m_folder->path(), m_owner.id);
            QVERIFY(elsewhere);
            QVERIFY(ended(m_engine->remove(m_borrower.id)));
            QCOMPARE(m_shelf->values.value(m_key), token);
        }
        onDatabase(u"UPDATE secret_key SET made_at = made_at - 7200000"_s);
        m_engine = opened();
        QVERIFY(m_shelf->values.isEmpty());
    }

    void isNotBorrowedWhileItMayBeRemoved()
    {
        QVERIFY(ended(m_engine->remove(m_owner.id)));
        const auto third = withToken(u"third"_s, m_owner.headers.at(0).value);
        {
            const auto elsewhere = SecretJournal::begin(m_folder->path(), m_owner.id);
            QVERIFY(elsewhere);
            const auto refused = ended(m_engine->save(third));
            QVERIFY(!refused);
            QVERIFY2(refused.error().message.contains("under way"_L1), qPrintable(refused.error().message));
            Webhook renamed = m_borrower; // refers to it as it did, so nobody removes it
            renamed.name = u"renamed"_s;
            save(inputOf(renamed));
        }
        save(third);
    }

    /// The keychain was locked when a webhook with this id was removed, then one was imported with it.
    void aRemovalThatFailsLeavesAnEarlierOnesMark()
    {
        const Webhook plain = sampleWebhook(u"plain"_s);
        const QString id = save(inputOf(plain)).id;
        const QStringList needed{u"some/key"_s};
        {
            const auto journal = SecretJournal::begin(m_folder->path(), id);
            QVERIFY(journal && journal.value()->mark(needed));
        }
        onDatabase(u"CREATE TRIGGER refusal BEFORE DELETE ON webhook BEGIN SELECT RAISE(ABORT, 'disk full'); END"_s);
        QVERIFY(!ended(m_engine->remove(id)));
        QCOMPARE(SecretJournal::marked(m_folder->path()), QStringList{id});
        QCOMPARE(SecretJournal::neededKeys(m_folder->path(), {}), needed);
        QVERIFY(!ended(m_engine->remove(m_owner.id)));
        QCOMPARE(SecretJournal::marked(m_folder->path()), QStringList{id}); // none where none was
    }

private:
    std::unique_ptr<Engine> opened()
    {
        m_engine.reset();
        auto engine = std::make_unique<Engine>(EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}},
                                               std::make_unique<MemorySecretStore>(m_shelf));
        return openProfile(*engine) ? std::move(engine) : nullptr;
    }

    Webhook save(const WebhookInput &input)
    {
        const auto saved = ended(m_engine->save(input));
        if (!saved) {
            QTest::qFail(qPrintable(saved.error().message), __FILE__, __LINE__);
        }
        return saved ? *saved : Webhook();
    }

    void onDatabase(const QString &statement) { QCOMPARE(changeBeside(m_folder->path(), statement), QString()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<SecretShelf> m_shelf;
    std::unique_ptr<Engine> m_engine;
    Webhook m_owner;
    Webhook m_borrower;
    QString m_key;
};

QTEST_GUILESS_MAIN(TestEngineBorrowing)
#include "tst_engineborrowing.moc"
