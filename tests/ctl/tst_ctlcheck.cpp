// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctlprocess.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <csignal>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

/// What `check` prints and ends with, against a receiver that tells of whatever arrives.
class TestCtlCheck : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QProcess m_receiver;
    Json m_announced;

    QStringList profile() const { return {u"--profile"_s, m_folder->filePath(u"profile"_s)}; }
    CtlRun ctl(const QStringList &arguments) const { return runCtl(profile() + arguments); }

    Json targetDocument(const char *name) const
    {
        Json document = sampleDocument(name);
        document["type"]["http_request"]["url"] = m_announced["url"];
        document["tls"]["ca_certificates"] = m_announced["certificate_authority"];
        return document;
    }

    void store(const Json &documents) const
    {
        const auto file = m_folder->filePath(u"webhooks.json"_s);
        writeJsonFile(file, documents);
        const auto run = ctl({u"webhook"_s, u"import"_s, file});
        QVERIFY2(run.exitCode == 0, run.err.constData());
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_receiver.start(ctlProgram(), {u"receiver"_s, u"--json"_s, u"--ca"_s, m_folder->filePath(u"ca.pem"_s)});
        while (!m_receiver.canReadLine() && m_receiver.waitForReadyRead(30'000)) { }
        const auto announced = parseJson(m_receiver.readLine());
        QVERIFY(announced);
        m_announced = *announced;
    }

    void cleanup()
    {
        m_receiver.kill();
        m_receiver.waitForFinished();
    }

    /// A warning is no failure.
    void checksWhatIsActive()
    {
        Json inactive = sampleDocument("inactive");
        inactive["active"] = false;
        Json document = targetDocument("target");
        document["body_template"] = "{\"id\": \"{{data.di}}\"}";
        store(Json::array({document, inactive}));
        const auto run = ctl({u"check"_s});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.err, QByteArray());
        QStringList words;
        const auto lines = QString::fromUtf8(run.out).split(u'\n', Qt::SkipEmptyParts);
        for (const auto &line : lines) {
            words.append(line.simplified().section(u' ', 0, 2));
        }
        QCOMPARE(words,
                 QStringList({u"ok target Document"_s, u"warning target Template"_s, u"ok target Template"_s,
                              u"ok target Name"_s, u"ok target Connection"_s, u"ok target TLS"_s,
                              u"ok target Certificate"_s, u"ok target Certificate"_s}));
        QVERIFY2(run.out.contains("the nearest known name is \"data.id\". (body_template:1:"), run.out.constData());

        // What has arrived until a real request does: that alone.
        QCOMPARE(ctl({u"test"_s, u"--webhook"_s, u"target"_s}).exitCode, 0);
        QTRY_VERIFY(m_receiver.waitForReadyRead(100) || m_receiver.bytesAvailable() > 0);
        const auto arrived = parseJson(m_receiver.readLine());
        QVERIFY(arrived);
        QCOMPARE((*arrived)["method"], "POST");
        QVERIFY(!m_receiver.canReadLine());
    }

    void failsWhereOneFails()
    {
        store(Json::array({targetDocument("target"), sampleDocument("refused")}));
        const auto run = ctl({u"check"_s});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.out.contains("\nFAILED   refused  Connection") || run.out.startsWith("FAILED   refused"),
                 run.out.constData());
        QCOMPARE(ctl({u"check"_s, u"target"_s}).exitCode, 0);
        QCOMPARE(ctl({u"check"_s, u"TARGET"_s, u"target"_s}).out.count("Document"), 1);
    }

    void aNameCountsWhereTheWebhookIsInactive()
    {
        Json inactive = sampleDocument("inactive");
        inactive["active"] = false;
        store(Json::array({inactive}));
        const auto none = ctl({u"check"_s});
        QCOMPARE(none.exitCode, 0);
        QCOMPARE(none.problems().size(), 1);
        QCOMPARE(ctl({u"--json"_s, u"check"_s}).json(), Json::array());
        QCOMPARE(ctl({u"check"_s, u"inactive"_s}).exitCode, 1);
    }

    void anUnknownNameIsAWrongCall()
    {
        store(Json::array({targetDocument("target")}));
        const auto run = ctl({u"check"_s, u"target"_s, u"tragets"_s, u"something else"_s});
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.out, QByteArray());
        QCOMPARE(run.problems().size(), 2);
        QVERIFY2(run.problems()[0].contains("the nearest is \"target\""), run.err.constData());
    }

    void printsAnArrayOfObjects()
    {
        store(Json::array({targetDocument("target")}));
        const auto run = ctl({u"--json"_s, u"check"_s});
        QCOMPARE(run.exitCode, 0);
        const auto lines = run.json();
        QVERIFY(lines.is_array());
        QCOMPARE(lines.size(), 7U);
        const auto &certificate = lines[5];
        QCOMPARE(certificate["webhook"], "target");
        QCOMPARE(certificate["check"], "certificate");
        QCOMPARE(certificate["state"], "ok");
        QVERIFY(certificate["days_left"].is_number_integer());
        QVERIFY(QDateTime::fromString(toQString(certificate["ends"].get<std::string>()), Qt::ISODate).isValid());
        QVERIFY(lines[0]["to_do"].is_null() && lines[0]["ends"].is_null() && lines[0]["line"].is_null());
    }

    void endsWhenItIsTold()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        Json document = sampleDocument("silent");
        document["type"]["http_request"]["url"] = "https://127.0.0.1:" + std::to_string(silent.serverPort()) + "/";
        document["timeout_in_sec"] = 300;
        store(Json::array({document}));
        QProcess process;
        process.start(ctlProgram(), profile() + QStringList{u"check"_s});
        QTRY_VERIFY_WITH_TIMEOUT(silent.hasPendingConnections(), 30'000);
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("stopped before its end"));
    }
};

QTEST_GUILESS_MAIN(TestCtlCheck)
#include "tst_ctlcheck.moc"
