// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytemplate.h"
#include "templatemaker.h"
#include "texttemplate.h"

#include <QProcess>
#include <QTest>

#include <cstdio>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int templates = 20'000; // of all places together
const RenderContext context{.webhookName = "pager", .deliveryId = "msg_7", .attempt = 2, .isTest = false};

struct Rendering
{
    std::string text;
    QString fault;
};

Rendering rendered(const std::string &source, const QString &place, const Json &event)
{
    const auto faultOf = [](const Problems &problems) {
        for (const auto &problem : problems) {
            if (problem.severity == Severity::Error) {
                return problem.message;
            }
        }
        return u"no template, and no reason"_s;
    };
    if (place == u"text"_s) {
        const auto compilation = TextTemplate::compile(source, TextTemplate::Use::Header, u"header"_s);
        if (!compilation.textTemplate) {
            return {.text = {}, .fault = faultOf(compilation.problems)};
        }
        auto text = compilation.textTemplate->render(event, {}, context);
        return text ? Rendering{.text = std::move(*text), .fault = {}}
                    : Rendering{.text = {}, .fault = text.error().message};
    }
    const auto compilation = BodyTemplate::compile(source);
    if (!compilation.bodyTemplate) {
        return {.text = {}, .fault = faultOf(compilation.problems)};
    }
    auto text = compilation.bodyTemplate->render(event, {}, context);
    return text ? Rendering{.text = std::move(*text), .fault = {}}
                : Rendering{.text = {}, .fault = text.error().message};
}

} // namespace

/// Handlebars with the same helpers makes the same of the same template.
class TestHandlebars : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rendersAlike_data()
    {
        QTest::addColumn<QString>("place");
        for (const char *place : {"text", "string", "bare"}) {
            QTest::newRow(place) << QString::fromLatin1(place);
        }
    }

    void rendersAlike()
    {
        QFETCH(QString, place);
        QProcess node;
        node.start(u"node"_s, {QStringLiteral(TOCSIN_REFERENCE)});
        QVERIFY2(node.waitForStarted(), "node cannot be started: install nodejs");
        using Place = TemplateMaker::Place;
        TemplateMaker maker(place == u"text"_s ? Place::Text : place == u"string"_s ? Place::String : Place::Bare);
        constexpr int atOnce = 500;
        for (int done = 0; done < templates / 3; done += atOnce) {
            compareSome(node, maker, place, atOnce);
            if (QTest::currentTestFailed()) {
                return;
            }
        }
        node.closeWriteChannel();
        QVERIFY(node.waitForFinished());
    }

private:
    void compareSome(QProcess &node, TemplateMaker &maker, const QString &place, int count)
    {
        struct Question
        {
            std::string source;
            Json event;
        };
        std::vector<Question> questions;
        for (int i = 0; i < count; ++i) {
            auto source =
                place == u"bare"_s ? '[' + maker.placeholder() + ',' + maker.placeholder() + ']' : maker.text();
            if (place == u"string"_s) {
                source = '"' + source + '"';
            }
            questions.push_back({.source = source, .event = maker.event()});
            const Json asked{
                {"template", source},
                {"event", questions.back().event},
                {"data",
                 {{"webhook", {{"name", "pager"}}}, {"delivery", {{"id", "msg_7"}, {"attempt", 2}, {"test", false}}}}},
                {"place", place.toStdString()}};
            node.write(QByteArray::fromStdString(writeJson(asked) + '\n'));
        }
        for (const auto &[source, event] : questions) {
            while (!node.canReadLine()) {
                QVERIFY2(node.waitForReadyRead(), node.readAllStandardError().constData());
            }
            const auto answer = parseJson(node.readLine());
            QVERIFY(answer);
            const auto ours = rendered(source, place, event);
            if (!answer->is_string() || !ours.fault.isEmpty() || answer->get<std::string>() != ours.text) {
                const auto shown = "ours:   " + writeJson(ours.text) + ours.fault.toStdString() + "\ntheirs: "
                    + writeJson(*answer) + "\ntemplate: " + source + "\nevent: " + writeJson(event) + '\n';
                std::fputs(shown.c_str(), stderr);
                QFAIL("Handlebars makes something else of a template, see above.");
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestHandlebars)
#include "tst_handlebars.moc"
