// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytemplate.h"
#include "integrationevent.h"
#include "json.h"
#include "jsonpath.h"
#include "payloadschema.h"
#include "shownname.h"
#include "webhook.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

const QStringList secrets{u"Bearer 3c9e0b7f4a11d2"_s,
                          u"tok-3c9e0b7f4a-very-secret"_s,
                          u"sk_live_51H8xT2eZvKYlo2C"_s,
                          u"ghp_16C7e42F292c6912E7710c838347Ae178B4a"_s,
                          u"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"_s,
                          u"dGhpcyBpcyBhIHNlY3JldA=="_s,
                          u"0123456789abcdef0123456789abcdef"_s,
                          u"Authorization: Basic dXNlcjpwYXNz"_s,
                          u"S3CRETx9"_s,
                          u"hunter2!\"?x"_s,
                          u"line\nof-a-5ecret"_s,
                          u"https://user:pa55word@example.org/x"_s};

const auto fullDocument = R"({
    "id": "0b0f0a3c-6f0e-4f0e-9b5e-1d2c3b4a5f60", "kind": "integration", "name": "full", "active": true,
    "type": {"http_request": {"method": "POST", "url": "https:\/\/example.org/", "headers": {"X-Team": "ops"}}},
    "body_template": "{{data.id}}",
    "authentication_config": {"oauth": {"client_id": "c", "client_secret": "s", "token_endpoint_url":
        "https:\/\/example.org/token", "scopes": ["all"], "parameters": {"audience": "a"},
        "client_authentication": "basic"}},
    "filters": {"integration": ["i"], "type": ["postgresql"], "status": ["Error"]},
    "timeout_in_sec": 30, "custom_validation_error_message": "no",
    "response_validators": [{"json_path": "$.data.ok", "expected_values": ["true"]}],
    "signing": {"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "previous_secret": ""},
    "tls": {"ca_certificates": "", "client_certificate": "", "client_key": ""},
    "delivery": {"retry_delays_in_sec": [5], "concurrency": 6}})";

/// Calls `use` with the document, changed once at each of its places in each way.
void forEachPlace(Json &document, Json &node, const QString &secret, const std::function<void(const Json &)> &use)
{
    const Json typed = toJson(secret);
    const auto text = typed.get<std::string>();
    const auto with = [&](const Json &value) {
        const Json before = std::exchange(node, value);
        use(document);
        node = before;
    };
    with(typed);
    with(Json::array({typed}));
    with(Json{{text, 1}});
    with(Json{{text, typed}, {text + "x", typed}});
    if (node.is_object()) {
        Json more = node;
        more[text] = typed;
        with(more);
        const Json members = node;
        for (const auto &[name, value] : members.items()) {
            Json renamed = node;
            renamed.erase(name);
            renamed[text] = value;
            with(renamed);
            renamed[toJson(secret.toUpper()).get<std::string>()] = value;
            renamed[toJson(secret.toLower()).get<std::string>()] = value;
            with(renamed);
            renamed = node;
            renamed.erase(name);
            renamed[name + " " + text] = value;
            with(renamed);
        }
    }
    if (node.is_structured()) {
        for (auto &inner : node) {
            forEachPlace(document, inner, secret, use);
        }
    }
}

/// A part of the secret that is more than how it begins.
QString partIn(const QString &message, const QString &secret)
{
    constexpr qsizetype longest = 5;
    for (qsizetype i = 0; i + longest <= secret.size(); ++i) {
        const QString part = secret.sliced(i, longest);
        if (message.contains(part, Qt::CaseInsensitive) && std::any_of(part.begin(), part.end(), [](QChar c) {
                return c.isDigit() || c == u'='; // the others are words that a message may hold anyway
            })) {
            return part;
        }
    }
    return {};
}

} // namespace

/// What is typed may be a secret that was meant for another field.
class TestTypedSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_found.clear(); }

    void cleanup() { QVERIFY2(m_found.isEmpty(), qPrintable(m_found.join(u'\n'))); }

    void anywhereInTheDocument()
    {
        int messages = 0;
        for (const QString &secret : secrets) {
            Json document = parseJson(QByteArrayView(fullDocument)).value();
            QVERIFY(!hasErrors(webhookFromJson(document).problems));
            forEachPlace(document, document, secret, [&](const Json &changed) {
                const auto reading = webhookFromJson(changed);
                for (const auto &problem : reading.problems + checkWebhook(reading.webhook)) {
                    ++messages;
                    holdsNothingOf(secret, shownPath(problem.field) + u": "_s + problem.message);
                }
            });
        }
        QVERIFY2(messages > 2000, qPrintable(QString::number(messages)));
    }

    void inATemplate_data()
    {
        QTest::addColumn<QString>("source");
        for (const auto *const source : {"%1",
                                         "{{%1}}",
                                         "{{data.%1}}",
                                         "{{%1.name}}",
                                         "{{%1 data.id}}",
                                         "{{json %1}}",
                                         "{{json data.id %1}}",
                                         "{{data.id %1}}",
                                         "{{lookup %1 x}}",
                                         "{{@%1}}",
                                         "{{../%1}}",
                                         "{{../../%1}}",
                                         "{{data/%1}}",
                                         "{{data.[%1]}}",
                                         "{{data.[%1}}",
                                         "{{data..%1}}",
                                         "{{data.%1.}}",
                                         "{{data.%1.[0]x}}",
                                         "{{%1=data.id}}",
                                         "{{data.id|%1}}",
                                         "{{(%1)}}",
                                         "{{{%1}}}",
                                         "{{&%1}}",
                                         "{{> %1}}",
                                         "{{* %1}}",
                                         "{{#> %1}}",
                                         "{{#* %1}}",
                                         "{{^%1}}",
                                         "{{!%1",
                                         "{{!--%1",
                                         "{{'%1'}}",
                                         "{{\"%1\"}}",
                                         "{{/%1}}",
                                         "{{else %1}}",
                                         "{{%1",
                                         "{{#%1}}1{{/%1}}",
                                         "{{#%1 data.id}}1{{/%1}}",
                                         "{{#if %1}}1{{/if}}",
                                         "{{#if data.id %1}}1{{/if}}",
                                         "{{#each %1}}1{{/each}}",
                                         "{{#each @%1}}1{{/each}}",
                                         "{{#if data.id}}1{{/%1}}",
                                         "{{#%1 data.id}}1{{/if}}",
                                         "{{#%1}}1",
                                         "{{#if data.id}}1{{else %1}}2{{/if}}",
                                         "{{#if %1}}{{else}}1{{/if}}",
                                         "{{#if data.%1}}1{{/if}}",
                                         "{{#each data.%1}}1{{/each}}",
                                         "{{#each data.issues as |%1|}}1{{/each}}",
                                         "${secret:%1",
                                         "${secret: %1}",
                                         "{{#with %1}}{{../../name}}1{{/with}}",
                                         "{{data.id}}%1",
                                         "\\{{%1}}"}) {
            for (const auto *const around :
                 {"%1", "{\"a\": %1}", "{\"a\": \"%1\"}", "{%1: 1}", "[%1", "{\"a\": \"{\\\"b\\\": %1}\"}"}) {
                const QString whole = QString::fromUtf8(around).arg(QString::fromUtf8(source));
                QTest::newRow(qPrintable(whole)) << whole;
            }
        }
    }

    void inATemplate()
    {
        QFETCH(const QString, source);
        for (const QString &secret : secrets) {
            const auto compiled = BodyTemplate::compile(QString(source).replace("%1"_L1, secret).toStdString());
            for (const auto &problem : compiled.problems) {
                holdsNothingOf(secret, problem.message);
            }
            if (compiled.bodyTemplate) {
                const auto rendered = compiled.bodyTemplate->render(PayloadSchema::instance().mockEvent(),
                                                                    [](const QString &) { return u"a value"_s; });
                holdsNothingOf(secret, rendered ? QString() : rendered.error().message);
            }
        }
    }

    void inAJsonPath()
    {
        int messages = 0;
        for (const auto *const source :
             {"%1", "$%1", "$.%1", "$.data[%1]", "$['%1", "$.data[?%1]", "$.data[?%1(@)]", "$.data[?length(%1)]",
              "$.data[?@.a == %1]", "$.data[?@.a == %1(@.b)]", "$.data[?match(@.a, %1)]"}) {
            for (const QString &secret : secrets) {
                for (const QString &typed : {secret, secret.toLower()}) {
                    const auto path = JsonPath::compile(QString::fromUtf8(source).arg(typed).toStdString());
                    messages += path ? 0 : 1;
                    holdsNothingOf(secret, path ? QString() : path.error().message);
                }
            }
        }
        QVERIFY(messages > 200);
    }

    void inJsonText()
    {
        for (const QString &secret : secrets) {
            const QByteArray name = QByteArray::fromStdString(writeJson(toJson(secret)));
            for (const QByteArray &text : {QByteArray("{" + name + ": 1, " + name + ": 2}"),
                                           QByteArray("{\"a\": {" + name + ": {\"b\": 1, \"b\": 2}}}"),
                                           QByteArray("{\"a\": " + secret.toUtf8() + "}"), secret.toUtf8()}) {
                const auto json = parseJson(text, RepeatedMembers::Refused);
                if (!json) {
                    holdsNothingOf(secret, shownPath(json.error().where) + u": "_s + json.error().message);
                }
            }
        }
    }

    void inAnEvent()
    {
        for (const QString &secret : secrets) {
            Json event = PayloadSchema::instance().mockEvent();
            forEachPlace(event, event, secret, [&](const Json &changed) {
                const auto read = integrationEventFromJson(changed);
                if (!read) {
                    holdsNothingOf(secret, shownPath(read.error().where) + u": "_s + read.error().message);
                }
            });
        }
    }

private:
    void holdsNothingOf(const QString &secret, const QString &message)
    {
        const QString part = partIn(message, secret);
        if (!part.isEmpty() && m_found.size() < 10) {
            m_found.append(u"“%1” stands in: %2"_s.arg(part, message));
        }
    }

    QStringList m_found; ///< messages that say too much
};

QTEST_APPLESS_MAIN(TestTypedSecrets)
#include "tst_typedsecrets.moc"
