// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctlprocess.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTemporaryDir>

#include <csignal>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto token = "tok-9e41b7c05d-very-secret"_ba;

/// `tocsinctl receiver` as a process of its own.
class ReceiverProcess
{
public:
    explicit ReceiverProcess(const QString &caFile, const QStringList &options = {})
    {
        m_process.start(ctlProgram(),
                        QStringList{u"receiver"_s, u"--json"_s, u"--listen"_s, u"127.0.0.1:0"_s, u"--ca"_s, caFile}
                            + options);
        m_announcement = nextObject();
    }
    ~ReceiverProcess()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    std::string url() const { return m_announcement.value("url", std::string()); }
    std::string certificateAuthority() const { return m_announcement.value("certificate_authority", std::string()); }

    Json nextObject()
    {
        while (!m_process.canReadLine() && m_process.waitForReadyRead(30'000)) { }
        const auto value = parseJson(m_process.readLine());
        return value ? *value : Json::object();
    }

    /// The exit code after a signal.
    int stop(int signal)
    {
        ::kill(static_cast<pid_t>(m_process.processId()), signal);
        return wait();
    }

    int wait()
    {
        return m_process.waitForFinished() && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode()
                                                                                             : -1;
    }

private:
    QProcess m_process;
    Json m_announcement;
};

} // namespace

/// tocsinctl as a process, over a real keychain, a real database and real TLS.
class TestCtl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_profile = m_folder->filePath(u"profile"_s);
    }

    void rendersTheMockOrAnEvent()
    {
        const QString webhook = save("webhook.json", sampleDocument());
        const auto mock = ctl({u"render"_s, u"--webhook"_s, webhook});
        QCOMPARE(mock.exitCode, 0);
        QCOMPARE(mock.err, QByteArray());
        QVERIFY(!mock.json()["id"].get<std::string>().empty());
        const QString event = save("event.json", sampleEvent("a \"quoted\" id"));
        const auto given = ctl({u"render"_s, u"--webhook"_s, webhook, u"--event"_s, event});
        QCOMPARE(given.json(), Json({{"id", "a \"quoted\" id"}}));
        QCOMPARE(ctl({u"--json"_s, u"render"_s, u"--webhook"_s, webhook, u"--event"_s, event}).json(), given.json());
        QVERIFY(!QDir(m_profile).exists());
    }

    void rendersSecretsAsDots()
    {
        Json document = sampleDocument();
        document["body_template"] = "{\"routing_key\": \"${secret:pagerduty/key}\"}";
        const auto run = ctl({u"render"_s, u"--webhook"_s, save("webhook.json", document)});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json(), Json({{"routing_key", "••••••"}}));
    }

    void selectsNodes()
    {
        const QString file =
            save("input.json", Json::parse("{\"b\": [{\"c\": 18446744073709551615}, {\"c\": null}], \"a\": 1}"));
        const auto nodes = ctl({u"jsonpath"_s, u"$.b[*].c"_s, file});
        QCOMPARE(nodes.exitCode, 0);
        QCOMPARE(nodes.json(), Json::parse("[18446744073709551615, null]"));
        QCOMPARE(ctl({u"jsonpath"_s, u"$.b[*].c"_s, u"-"_s}, readFile(file)).out, nodes.out);
        QCOMPARE(ctl({u"jsonpath"_s, u"$.b[*].c"_s}, readFile(file)).out, nodes.out);
        QCOMPARE(ctl({u"jsonpath"_s, u"$.nothing"_s, file}).json(), Json::array());
        QCOMPARE(ctl({u"jsonpath"_s, u"--paths"_s, u"$..c"_s, file}).json(),
                 Json::array({"$['b'][0]['c']", "$['b'][1]['c']"}));
    }

    void printsTheSchema()
    {
        const auto run = ctl({u"schema"_s});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.json().contains("properties"));
        QCOMPARE(ctl({u"schema"_s, u"--json"_s}).json(), run.json());
    }

    void keepsWebhooks()
    {
        const auto documents = Json::array({sampleDocument("one"), sampleDocument("two")});
        const auto imported = ctl({u"--json"_s, u"webhook"_s, u"import"_s, save("both.json", documents)});
        QCOMPARE(imported.exitCode, 0);
        QCOMPARE(imported.json().size(), std::size_t(2));
        QCOMPARE(imported.json()[0]["name"], "one");

        const auto list = ctl({u"webhook"_s, u"list"_s});
        QCOMPARE(list.exitCode, 0);
        QCOMPARE(list.problems().size(), 0);
        QCOMPARE(list.out.count('\n'), 3);
        QVERIFY2(
            QRegularExpression(u"^one +active +POST +localhost +never tested$"_s, QRegularExpression::MultilineOption)
                .match(QString::fromUtf8(list.out))
                .hasMatch(),
            list.out.constData());

        QCOMPARE(ctl({u"webhook"_s, u"deactivate"_s, u"ONE"_s}).exitCode, 0);
        auto state = ctl({u"webhook"_s, u"list"_s, u"--json"_s}).json();
        QCOMPARE(state[0]["active"], false);
        QCOMPARE(state[1]["active"], true);
        QCOMPARE(state[0]["last_invocation"], Json());
        QCOMPARE(ctl({u"webhook"_s, u"activate"_s, u"one"_s}).exitCode, 0);
        QCOMPARE(ctl({u"webhook"_s, u"show"_s, u"one"_s}).json()["active"], true);

        QCOMPARE(ctl({u"webhook"_s, u"delete"_s, u"one"_s}).exitCode, 0);
        QCOMPARE(ctl({u"webhook"_s, u"delete"_s, u"one"_s}).exitCode, 2);
        QCOMPARE(ctl({u"webhook"_s, u"list"_s, u"--json"_s}).json().size(), std::size_t(1));
    }

    void whatIsExportedCanBeImported()
    {
        Json document = sampleDocument("one");
        document["filters"] = {{"type", {"postgresql"}}, {"status", {"Error"}}};
        document["delivery"] = {{"retry_delays_in_sec", Json::array()}, {"concurrency", 2}};
        document["active"] = false;
        QCOMPARE(ctl({u"webhook"_s, u"import"_s, save("one.json", document)}).exitCode, 0);
        const auto exported = ctl({u"webhook"_s, u"export"_s});
        QCOMPARE(exported.json().size(), std::size_t(1));
        QCOMPARE(ctl({u"webhook"_s, u"export"_s, u"one"_s}).json(), exported.json()[0]);

        QCOMPARE(ctl({u"webhook"_s, u"import"_s}, exported.out).exitCode, 2);
        QCOMPARE(ctl({u"webhook"_s, u"import"_s, u"--replace"_s}, exported.out).exitCode, 0);
        QCOMPARE(ctl({u"webhook"_s, u"export"_s}).out, exported.out);
        m_profile = m_folder->filePath(u"another"_s);
        QCOMPARE(ctl({u"webhook"_s, u"import"_s, u"-"_s}, exported.out).exitCode, 0);
        QCOMPARE(ctl({u"webhook"_s, u"export"_s}).out, exported.out);
    }

    void keepsSecrets()
    {
        const auto set = ctl({u"secret"_s, u"set"_s, u"team/token"_s}, token + "\n");
        QVERIFY2(set.exitCode == 0, set.err.constData());
        QCOMPARE(ctl({u"secret"_s, u"list"_s}).out, "team/token\n"_ba);
        Json document = sampleDocument();
        document["type"]["http_request"]["headers"]["X-Token"] = "${secret:team/token}";
        QCOMPARE(ctl({u"webhook"_s, u"import"_s}, QByteArray::fromStdString(document.dump())).exitCode, 0);
        QCOMPARE(ctl({u"secret"_s, u"list"_s, u"--json"_s}).json(),
                 Json::array({{{"key", "team/token"}, {"webhooks", {"sample"}}}}));
        const auto removed = ctl({u"secret"_s, u"delete"_s, u"team/token"_s});
        QCOMPARE(removed.exitCode, 0);
        QVERIFY(removed.err.contains("\"sample\""));
        QCOMPARE(ctl({u"secret"_s, u"delete"_s, u"team/token"_s}).exitCode, 2);
        QCOMPARE(ctl({u"secret"_s, u"list"_s, u"--json"_s}).json(), Json::array());
        expectNoTrace(token);
    }

    void aMissingSecretIsRefused()
    {
        Json document = sampleDocument();
        document["type"]["http_request"]["headers"]["X-Token"] = "Bearer ${secret:team/nowhere}";
        const QString file = save("webhook.json", document);
        for (const QStringList &call : {QStringList{u"webhook"_s, u"import"_s, file},
                                        QStringList{u"--json"_s, u"test"_s, u"--webhook"_s, file}}) {
            const auto run = ctl(call);
            QCOMPARE(run.exitCode, 2);
            QVERIFY2(run.problems().size() == 1, run.err.constData());
            QVERIFY2(run.err.startsWith(QByteArray(file.toUtf8() + ':')) && run.err.contains("team/nowhere"),
                     run.err.constData());
            QVERIFY2(run.err.contains(" type.http_request.headers.X-Token: "), run.err.constData());
        }
        QCOMPARE(ctl({u"webhook"_s, u"list"_s, u"--json"_s}).json(), Json::array());
    }

    void testsOverTls()
    {
        ReceiverProcess receiver(m_folder->filePath(u"ca.pem"_s));
        QCOMPARE(QByteArray::fromStdString(receiver.certificateAuthority()), readFile(m_folder->filePath(u"ca.pem"_s)));
        const QString file = save("webhook.json", documentFor(receiver));

        const auto machine = ctl({u"test"_s, u"--json"_s, u"--webhook"_s, file});
        QVERIFY2(machine.exitCode == 0, machine.out.constData());
        QCOMPARE(machine.err, QByteArray());
        const Json result = machine.json();
        QCOMPARE(result["verdict"], "successful");
        QCOMPARE(result["error"], Json());
        QCOMPARE(result["sent"], 1);
        QCOMPARE(result["response"]["status"], 200);
        QCOMPARE(result["validators"][0]["passed"], true);
        QVERIFY(result["timings_ms"]["total"].get<double>() > 0);
        QVERIFY(result["tls"]["protocol"].get<std::string>().starts_with("TLS"));
        const Json arrived = receiver.nextObject();
        QCOMPARE(arrived["method"], "POST");
        QCOMPARE(arrived["target"], "/hook");
        QVERIFY(arrived["headers"].dump().find(token.toStdString()) != std::string::npos);

        const auto human = ctl({u"test"_s, u"--webhook"_s, file});
        QCOMPARE(human.exitCode, 0);
        QVERIFY2(human.out.endsWith("\nTest successful\n"), human.out.constData());
        for (const QByteArray &run : {machine.out, human.out}) {
            QVERIFY(!run.contains(token));
            QVERIFY(run.contains("••••••"));
        }
        QVERIFY(!QDir(m_profile).exists());
        QCOMPARE(receiver.stop(SIGINT), 0);
    }

    void aLiteralSecretIsLifted()
    {
        ReceiverProcess receiver(m_folder->filePath(u"ca.pem"_s));
        const auto imported = ctl({u"webhook"_s, u"import"_s}, QByteArray::fromStdString(documentFor(receiver).dump()));
        QVERIFY2(imported.exitCode == 0, imported.err.constData());
        const auto exported = ctl({u"webhook"_s, u"export"_s, u"sample"_s});
        QVERIFY(exported.out.contains("Bearer ${secret:"));
        QVERIFY(!exported.out.contains(token));
        const auto tested = ctl({u"test"_s, u"--webhook"_s, u"sample"_s});
        QVERIFY2(tested.exitCode == 0, tested.out.constData());
        QVERIFY(receiver.nextObject()["headers"].dump().find("Bearer " + token.toStdString()) != std::string::npos);
        QCOMPARE(ctl({u"webhook"_s, u"list"_s, u"--json"_s}).json()[0]["last_invocation"]["verdict"], "successful");
        expectNoTrace(token);
        QCOMPARE(ctl({u"webhook"_s, u"delete"_s, u"sample"_s}).exitCode, 0);
        QCOMPARE(ctl({u"secret"_s, u"list"_s, u"--json"_s}).json(), Json::array());
        QCOMPARE(receiver.stop(SIGTERM), 0);
    }

    /// What a preset or a manual leaves to its reader.
    void whatIsLeftToFillIsTold()
    {
        Json document = sampleDocument();
        document["type"]["http_request"]["headers"] = {
            {"Authorization", "Bearer YOUR-TOKEN"}, {"X-Api-Key", " "}, {"X-Note", "ask YOURSELF"}};
        const auto imported = ctl({u"webhook"_s, u"import"_s}, QByteArray::fromStdString(document.dump()));
        QCOMPARE(imported.exitCode, 0);
        QCOMPARE(imported.problems().size(), 2);
        QVERIFY2(imported.err.contains("Here still stands what is left to you"), imported.err.constData());
        QVERIFY2(imported.err.contains("\"X-Api-Key\" looks like a secret and is empty"), imported.err.constData());
        const auto run = ctl({u"check"_s, u"sample"_s});
        const QByteArray inTheKeychain = "is empty or still holds what is left to you";
        QVERIFY2(run.out.count(inTheKeychain) == 2, run.out.constData());
        QCOMPARE(ctl({u"webhook"_s, u"delete"_s, u"sample"_s}).exitCode, 0);
    }

    void aLiteralSecretElsewhereIsRedactedAndLifted()
    {
        ReceiverProcess receiver(m_folder->filePath(u"ca.pem"_s));
        const QByteArray queryToken = token + "-query";
        const QByteArray routingKey = token + "-member";
        Json document = documentFor(receiver);
        document["type"]["http_request"]["url"] = receiver.url() + "hook?sig=" + queryToken.toStdString();
        document["body_template"] = "{\"routing_key\":\"" + routingKey.toStdString() + "\"}";
        const QString file = save("webhook.json", document);

        for (const QStringList &options : {QStringList{u"--json"_s}, QStringList{}}) {
            const auto tested = ctl(options + QStringList{u"test"_s, u"--webhook"_s, file});
            QVERIFY2(tested.exitCode == 0, tested.out.constData());
            QVERIFY2(!tested.out.contains(token) && !tested.err.contains(token), tested.out.constData());
            const Json arrived = receiver.nextObject();
            QCOMPARE(arrived["target"], "/hook?sig=" + queryToken.toStdString());
            QVERIFY(arrived.dump().find(routingKey.toStdString()) != std::string::npos);
        }
        QVERIFY(!QDir(m_profile).exists());

        QCOMPARE(ctl({u"webhook"_s, u"import"_s, file}).exitCode, 0);
        const auto exported = ctl({u"webhook"_s, u"export"_s, u"sample"_s});
        QVERIFY2(exported.out.contains("hook?sig=${secret:") && exported.out.contains("${secret:"),
                 exported.out.constData());
        QVERIFY2(!exported.out.contains(token), exported.out.constData());
        QCOMPARE(ctl({u"test"_s, u"--webhook"_s, u"sample"_s}).exitCode, 0);
        const Json arrived = receiver.nextObject();
        QCOMPARE(arrived["target"], "/hook?sig=" + queryToken.toStdString());
        QVERIFY(arrived.dump().find(routingKey.toStdString()) != std::string::npos);
        expectNoTrace(token);
        QCOMPARE(ctl({u"webhook"_s, u"delete"_s, u"sample"_s}).exitCode, 0);
        QCOMPARE(ctl({u"secret"_s, u"list"_s, u"--json"_s}).json(), Json::array());
        QCOMPARE(receiver.stop(SIGTERM), 0);
    }

    void aFailedTestSaysWhy_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("status") << QStringList{u"--status"_s, u"500"_s} << "http"_ba;
        const auto manner = [](const char *name, const QString &one, const QByteArray &kind) {
            QTest::newRow(name) << QStringList{u"--manner"_s, one, u"--pause"_s, u"600"_s} << kind;
        };
        manner("late", u"late"_s, "timeout"_ba);
        manner("byte by byte", u"drip"_s, "timeout"_ba);
        manner("reset", u"reset"_s, "reset"_ba);
        manner("cut off", u"cut-off"_s, "reset"_ba);
        for (const auto &certificate : {u"other-name"_s, u"expired"_s, u"unknown-authority"_s}) {
            QTest::newRow(qPrintable(certificate)) << QStringList{u"--certificate"_s, certificate} << "tls"_ba;
        }
        QTest::newRow("validator") << QStringList{u"--answer"_s, u"{\"ok\": false}"_s} << "validator"_ba;
    }

    void aFailedTestSaysWhy()
    {
        QFETCH(const QStringList, options);
        QFETCH(const QByteArray, kind);
        ReceiverProcess receiver(m_folder->filePath(u"ca.pem"_s), options);
        const QString file = save("webhook.json", documentFor(receiver));
        const auto machine = ctl({u"--json"_s, u"test"_s, u"--webhook"_s, file});
        QCOMPARE(machine.exitCode, 1);
        QCOMPARE(machine.json()["verdict"], "failed");
        QCOMPARE(machine.json()["error"]["kind"], kind.toStdString());
        const auto human = ctl({u"test"_s, u"--webhook"_s, file});
        QCOMPARE(human.exitCode, 1);
        QCOMPARE(human.err, QByteArray());
        const auto last = human.out.trimmed().split('\n').constLast();
        QCOMPARE(last, "Test failed: " + QByteArray::fromStdString(machine.json()["reason"].get<std::string>()));
    }

    void aReceiverMayEndByItself()
    {
        const QString answer = save("answer.json", Json{{"ok", true}, {"from", "a file"}});
        ReceiverProcess receiver(m_folder->filePath(u"ca.pem"_s),
                                 {u"--count"_s, u"1"_s, u"--answer"_s, u'@' + answer, u"--status"_s, u"202"_s});
        const auto run = ctl({u"--json"_s, u"test"_s, u"--webhook"_s, save("webhook.json", documentFor(receiver))});
        QCOMPARE(run.json()["response"]["status"], 202);
        QVERIFY(run.json()["response"]["body"].get<std::string>().find("a file") != std::string::npos);
        QCOMPARE(receiver.wait(), 0);
    }

    void aTestCanBeInterrupted()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        Json document = sampleDocument();
        document["type"]["http_request"]["url"] = "https://127.0.0.1:" + std::to_string(silent.serverPort()) + "/";
        document["timeout_in_sec"] = 300;
        QProcess process;
        process.start(ctlProgram(), {u"--json"_s, u"test"_s, u"--webhook"_s, save("webhook.json", document)});
        QVERIFY(silent.waitForNewConnection(30'000));
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        const auto result = parseJson(process.readAllStandardOutput());
        QVERIFY(result.isOk());
        QCOMPARE((*result)["error"]["kind"], "cancelled");
    }

    void withoutADisplayItShowsOneTest()
    {
        QProcess script;
        script.start(QStringLiteral(TOCSIN_WITHOUT_A_DISPLAY), {ctlProgram()});
        QVERIFY(script.waitForFinished(60'000));
        const auto out = script.readAllStandardOutput();
        QVERIFY2(script.exitCode() == 0, script.readAllStandardError().constData());
        QVERIFY2(out.contains("\nTest successful\n") && out.contains("POST /hook") && out.contains("display"),
                 out.constData());
    }

private:
    CtlRun ctl(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return runCtl(QStringList{u"--profile"_s, m_profile} + arguments, input);
    }

    QString save(const char *name, const Json &document) const
    {
        const QString path = m_folder->filePath(QString::fromLatin1(name));
        writeJsonFile(path, document);
        return path;
    }

    static Json documentFor(const ReceiverProcess &receiver)
    {
        Json document = sampleDocument();
        document["type"]["http_request"]["url"] = receiver.url() + "hook";
        document["type"]["http_request"]["headers"]["Authorization"] = "Bearer " + token.toStdString();
        document["tls"]["ca_certificates"] = receiver.certificateAuthority();
        return document;
    }

    void expectNoTrace(const QByteArray &secret) const
    {
        int files = 0;
        QDirIterator entries(m_profile, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (entries.hasNext()) {
            const QString path = entries.next();
            QVERIFY2(!readFile(path).contains(secret), qPrintable(path));
            ++files;
        }
        QVERIFY(files > 0);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_profile;
};

QTEST_GUILESS_MAIN(TestCtl)
#include "tst_ctl.moc"
