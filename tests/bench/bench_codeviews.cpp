// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A key press in a body template of almost 1 MiB, in the real page, with and without Preview beside it; and an answer
// of 1 MiB, shown. Prints milliseconds, and the longest work on the window's thread without a pause.
#include "accessibility.h"
#include "actionregistry.h"
#include "bodyview.h"
#include "calmstyle.h"
#include "codeeditor.h"
#include "editorpage.h"
#include "engine.h"
#include "webhookform.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Sees each event that the window's thread works on: the longest of them is how long a key press may have to wait.
class WatchingApplication : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0) {
            return QApplication::notify(receiver, event);
        }
        ++m_depth;
        QElapsedTimer timer;
        timer.start();
        const bool result = QApplication::notify(receiver, event);
        longest = std::max(longest, timer.nsecsElapsed() / 1e6);
        --m_depth;
        return result;
    }

    double longest = 0;

private:
    int m_depth = 0;
};

double median(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + qsizetype(values.size() / 2), values.end());
    return values[values.size() / 2];
}

/// Lets happen what is due meanwhile.
void idle(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Sees the end of a widget's next paint.
class PaintWatch : public QObject
{
public:
    explicit PaintWatch(QWidget *watched) { watched->installEventFilter(this); }
    bool painted = false;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        painted |= event->type() == QEvent::Paint;
        return false;
    }
};

/// Milliseconds until what `act` changed in `view` was painted and all that was due at once is done.
template <typename Act>
double untilPainted(QWidget *view, Act act)
{
    PaintWatch watch(view);
    QElapsedTimer timer;
    timer.start();
    act();
    while (!watch.painted) {
        QApplication::processEvents();
        if (timer.hasExpired(10'000)) {
            qFatal("Nothing was painted of a view at %d, %d.", view->mapTo(view->window(), QPoint()).x(),
                   view->mapTo(view->window(), QPoint()).y());
        }
    }
    return timer.nsecsElapsed() / 1e6;
}

QString largeTemplate()
{
    const QString member =
        u"  \"member %1\": {\"name\": \"{{data.name}}\", \"id\": {{json data.id}}, \"note\": \"some text\"},\n"_s;
    QString text = u"{\n"_s;
    for (int i = 0; text.size() < 1000 * 1000; ++i) {
        text += member.arg(i);
    }
    return text + u"  \"last\": 1\n}\n"_s;
}

QByteArray largeAnswer()
{
    QByteArray body = "[";
    for (int i = 0; body.size() < 1024 * 1024 - 200; ++i) {
        body +=
            R"({"id": )" + QByteArray::number(i) + R"(, "name": "an item of the answer", "tags": ["a", "b", true]},)";
    }
    body.back() = ']';
    return body;
}

void typeInto(WatchingApplication &application, Tocsin::CodeEditor &editor, const char *where, int line)
{
    editor.goTo({.line = line, .column = 1, .offset = -1});
    idle(500ms);
    application.longest = 0;
    std::vector<double> times;
    for (int i = 0; i < 41; ++i) {
        times.push_back(untilPainted(editor.viewport(), [&] {
            QKeyEvent press(QEvent::KeyPress, Qt::Key_X, Qt::NoModifier, u"x"_s);
            QApplication::sendEvent(&editor, &press);
        }));
        idle(i % 20 == 19 ? 1500ms : 20ms); // where one pauses, the template is checked
    }
    std::printf("key press, %s: %.1f ms in the median, %.1f at most, longest work %.1f ms\n", where, median(times),
                *std::max_element(times.begin(), times.end()), application.longest);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char *argv[])
{
    WatchingApplication application(argc, argv);
    QApplication::setStyle(new Tocsin::CalmStyle);
    Tocsin::installAccessibility();
    QTemporaryDir folder;
    Tocsin::Engine engine(
        {.profile = folder.path(), .credentialsFolder = {}, .prompt = Tocsin::SecretStore::Prompt::Never});
    bool isOpen = false;
    engine.open(&application, [&isOpen](const Tocsin::Result<void> &) { isOpen = true; });
    while (!isOpen) {
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }

    QWidget keys;
    Tocsin::ActionRegistry actions(&keys);
    Tocsin::EditorPage page(engine, actions);
    page.resize(1440, 1600); // the whole form is in sight, else nothing of the editor would be painted
    Tocsin::Webhook webhook;
    webhook.bodyTemplate = largeTemplate();
    page.addWebhook(webhook);
    page.show();
    auto *editor = page.findChild<Tocsin::WebhookForm *>()->bodyEditor();
    editor->setFocus();
    for (QWidget *around = editor; around; around = around->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(around)) {
            area->ensureWidgetVisible(editor, 0, 300);
        }
    }
    idle(1s);
    typeInto(application, *editor, "at the top", 2);
    typeInto(application, *editor, "in the middle", editor->lines() / 2);
    typeInto(application, *editor, "at the end", editor->lines() - 2);
    page.findChild<QPushButton *>(u"previewButton"_s)->click();
    typeInto(application, *editor, "with Preview", editor->lines() / 2);
    page.hide();

    std::vector<double> shown;
    const QByteArray answer = largeAnswer();
    for (int i = 0; i < 7; ++i) {
        Tocsin::BodyView view;
        view.resize(600, 800);
        view.show();
        idle(100ms);
        application.longest = 0;
        shown.push_back(
            untilPainted(view.editor()->viewport(), [&] { view.setBody(answer, u"application/json"_s, false); }));
    }
    std::printf("answer of %.2f MiB: %.1f ms in the median\n", double(answer.size()) / 1024 / 1024, median(shown));
    return 0;
}
