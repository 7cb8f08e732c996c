// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Tab in the editor: to everything once, in the order in which it stands there, whatever rows the form has.
#include "actionregistry.h"
#include "disclosurebutton.h"
#include "editorfakes.h"
#include "editorpage.h"
#include "engine.h"
#include "sidepanel.h"
#include "webhookform.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

QString nameOf(const QWidget *widget)
{
    const QString name = widget->accessibleName().isEmpty() ? widget->objectName() : widget->accessibleName();
    return QString::fromLatin1(widget->metaObject()->className()) + u' ' + name;
}

QStringList namesOf(const QList<QWidget *> &widgets)
{
    QStringList names;
    for (const QWidget *widget : widgets) {
        names.append(nameOf(widget));
    }
    return names;
}

bool takesTab(const QWidget *widget)
{
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0;
}

} // namespace

class TestEditorTabOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_engine = std::make_unique<Engine>(
            EngineOptions{.profile = m_folder.path(), .credentialsFolder = {}, .prompt = SecretStore::Prompt::Never},
            std::make_unique<MemoryStore>());
        bool isOpen = false;
        m_engine->open(this, [&isOpen](const Result<void> &result) { isOpen = result.isOk(); });
        QTRY_VERIFY(isOpen);
        m_page = std::make_unique<EditorPage>(*m_engine, m_actions);
        m_page->resize(1000, 800);
    }

    void cleanup()
    {
        m_page.reset();
        m_engine.reset();
    }

    void reachesEverythingInItsOrder_data()
    {
        QTest::addColumn<int>("validators");
        QTest::addColumn<int>("headers");
        QTest::addColumn<bool>("hasOAuth");
        QTest::newRow("no rows") << 0 << 0 << false;
        QTest::newRow("a validator") << 1 << 0 << false;
        QTest::newRow("three validators") << 3 << 0 << false;
        QTest::newRow("headers") << 0 << 3 << false;
        QTest::newRow("all of it") << 3 << 3 << true;
    }

    void reachesEverythingInItsOrder()
    {
        QFETCH(const int, validators);
        QFETCH(const int, headers);
        QFETCH(const bool, hasOAuth);
        Webhook webhook;
        webhook.name = u"mine"_s;
        webhook.url = u"https://example.com/hook"_s;
        webhook.bodyTemplate = u"{}"_s;
        if (hasOAuth) {
            webhook.oauth = OAuthClientCredentials{.clientId = u"me"_s,
                                                   .clientSecret = u"0123456789ab"_s,
                                                   .tokenEndpointUrl = u"https://example.com/token"_s,
                                                   .scopes = {u"read"_s, u"write"_s}};
        }
        for (int i = 0; i < validators; ++i) {
            webhook.responseValidators.append(
                {.jsonPath = u"$.data.ok%1"_s.arg(i), .expectedValues = {u"yes"_s, u"1"_s}});
        }
        for (int i = 0; i < headers; ++i) {
            webhook.headers.append({.name = u"X-Header-%1"_s.arg(i), .value = u"value"_s});
        }
        open(webhook);
        expectWalk();
        if (!QTest::currentTestFailed()) {
            m_page->addWebhook(webhook); // as it is loaded anew
            expectWalk();
        }
    }

    void reachesRowsThatWereAddedByHand()
    {
        open({});
        auto *add = button(u"+ Add"_s);
        QVERIFY(add);
        for (int i = 0; i < 3; ++i) {
            add->click();
            expectWalk();
        }
        auto *remove = button(u"Remove response validator 2"_s);
        QVERIFY(remove);
        remove->click();
        QTRY_VERIFY(!button(u"Remove response validator 3"_s));
        expectWalk();
    }

private:
    void open(const Webhook &webhook)
    {
        m_page->addWebhook(webhook);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->findChild<DisclosureButton *>(u"deliveryButton"_s)->setOpen(true);
        m_page->findChild<SidePanel *>()->closePanel();
        QCoreApplication::processEvents(); // the layout that follows, and who is to have the focus
    }

    QAbstractButton *button(const QString &name) const
    {
        const auto buttons = m_page->findChildren<QAbstractButton *>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [&name](const QAbstractButton *one) {
            return one->accessibleName() == name && one->isVisible();
        });
        return found == buttons.end() ? nullptr : *found;
    }

    /// From the name round to it again, or until it goes in a circle.
    QList<QWidget *> walk() const
    {
        auto *first = m_page->findChild<QLineEdit *>(u"nameLineEdit"_s);
        first->setFocus(Qt::TabFocusReason);
        QList<QWidget *> stops;
        for (QWidget *stop = first; stop && !stops.contains(stop); stop = QApplication::focusWidget()) {
            stops.append(stop);
            QTest::keyClick(stop, Qt::Key_Tab);
        }
        return stops;
    }

    void expectWalk() const
    {
        const auto stops = walk();
        QCOMPARE(nameOf(QApplication::focusWidget()), nameOf(stops.constFirst())); // round
        for (const QWidget *widget : m_page->findChildren<QWidget *>()) {
            QVERIFY2(!takesTab(widget) || stops.contains(widget),
                     qPrintable(nameOf(widget) + u" is missing: "_s + namesOf(stops).join(u", "_s)));
        }
        QCOMPARE(QApplication::focusWidget(), stops.constFirst());
        const auto *form = m_page->findChild<WebhookForm *>();
        const QWidget *before = nullptr;
        for (const QWidget *stop : stops) {
            if (!form->isAncestorOf(stop)) {
                continue;
            }
            const QRect here(stop->mapTo(form, QPoint()), stop->size());
            const QRect there = before ? QRect(before->mapTo(form, QPoint()), before->size()) : QRect();
            const bool isBeside = before && here.top() <= there.bottom() && there.top() <= here.bottom();
            QVERIFY2(!before || (isBeside ? here.left() > there.left() : here.top() > there.top()),
                     qPrintable(nameOf(stop) + u" comes after "_s + (before ? nameOf(before) : QString())));
            before = stop;
        }
    }

    QTemporaryDir m_folder;
    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<EditorPage> m_page;
};

QTEST_MAIN(TestEditorTabOrder)
#include "tst_editortaborder.moc"
