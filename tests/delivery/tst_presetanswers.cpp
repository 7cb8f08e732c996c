// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "targetpreset.h"
#include "verdict.h"

#include <QSet>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

Webhook presetWebhook(const QString &id)
{
    for (const auto &preset : targetPresets()) {
        if (preset.id == id) {
            return preset.webhook;
        }
    }
    return {};
}

} // namespace

/// What each target's documentation says it answers, judged by the preset's validators.
class TestPresetAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void cleanupTestCase();

private:
    QSet<QString> m_taken; ///< presets of which a success was judged
    QSet<QString> m_refused;
};

void TestPresetAnswers::judges_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isSuccess");
    const auto row = [](const char *id, int status, const QByteArray &body, bool isSuccess) {
        QTest::addRow("%s %d %s", id, status, body.left(40).constData())
            << QString::fromLatin1(id) << status << body << isSuccess;
    };
    const QByteArray signIn = "<html>Sign in</html>"; // of a proxy, or where the URL is that of a page
    row("alertmanager", 200, "", true);
    row("alertmanager", 202, "", false);
    row("datadog", 202, "{}", true);
    row("datadog", 200, signIn, false);
    row("discord", 200, R"({"id": "1", "type": 0, "embeds": []})", true);
    row("discord", 204, "", true); // where the URL was pasted without wait=true
    row("discord", 202, "", false);
    row("google-chat", 200, R"({"name": "spaces/A/messages/B", "thread": {"name": "spaces/A/threads/C"}})", true);
    row("google-chat", 202, "", false);
    row("grafana", 200, "Ok.", true);
    row("grafana", 202, "", false);
    row("logz.io", 200, "", true);
    row("logz.io", 202, "", false);
    row("mattermost", 200, "ok", true);
    row("mattermost", 200, signIn, false);
    row("teams", 202, "", true);
    row("teams", 200, "1", true);
    row("teams", 204, "", false);
    row("ntfy", 200, R"({"id": "a", "time": 1, "expires": 2, "event": "message", "topic": "t", "message": "m"})", true);
    row("ntfy", 200, signIn, false);
    row("okta-workflows", 200, R"({"any": "output"})", true);
    row("okta-workflows", 204, "", false);
    row("opsgenie", 202, R"({"result": "Request will be processed", "took": 0.1, "requestId": "r"})", true);
    row("opsgenie", 202, R"({"result": "Deleted", "took": 0.1, "requestId": "r"})", false);
    row("pagerduty", 202, R"({"status": "success", "message": "Event processed", "dedup_key": "k"})", true);
    row("pagerduty", 202, R"({"status": "invalid event", "message": "Event object is invalid"})", false);
    row("servicenow", 201, R"({"result": {"sys_id": "s", "number": "INC0010002"}})", true);
    row("servicenow", 200, "Your instance is hibernating", false);
    row("slack", 200, "ok", true);
    row("slack", 200, signIn, false);
    row("splunk", 200, R"({"text": "Success", "code": 0})", true);
    row("splunk", 200, R"({"text": "No data", "code": 5})", false);
    row("tines", 200, "Ok", true);
    row("tines", 204, "", false);
    row("torq", 200, R"({"id": "1"})", true);
    row("torq", 204, "", false);
    row("generic", 204, "", true);
    row("generic", 302, "", false);
}

void TestPresetAnswers::judges()
{
    QFETCH(QString, id);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, isSuccess);
    Invocation invocation;
    invocation.response =
        ReceivedResponse{.status = status, .reasonPhrase = {}, .httpVersion = {}, .headers = {}, .body = body};
    judge(invocation, presetWebhook(id));
    (isSuccess ? m_taken : m_refused).insert(id);
    QCOMPARE(invocation.verdict == Verdict::Successful, isSuccess);
}

void TestPresetAnswers::cleanupTestCase()
{
    for (const auto &preset : targetPresets()) {
        QVERIFY2(m_taken.contains(preset.id) && m_refused.contains(preset.id), qPrintable(preset.id));
    }
}

QTEST_GUILESS_MAIN(TestPresetAnswers)
#include "tst_presetanswers.moc"
