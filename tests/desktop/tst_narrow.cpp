// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionregistry.h"
#include "backgrounddelivery.h"
#include "disclosurebutton.h"
#include "editorpage.h"
#include "formcolumns.h"
#include "keychainstatus.h"
#include "localreceiver.h"
#include "mainwindow.h"
#include "memorysecrets.h"
#include "metrics.h"
#include "preferences.h"
#include "sampleinvocations.h"
#include "sidepanel.h"
#include "webhookcommands.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

constexpr int narrowest = 900;

/// All that a form may hold, without the name: it cannot be saved, and says so.
Webhook everything(AuthenticationType authentication)
{
    Webhook webhook;
    webhook.url = u"https://hooks.example.com/services/T0000/B0000?api_key=0123456789abcdef0123456789abcdef"_s;
    webhook.bodyTemplate = uR"({"text": "{{data.name}}", "token": "0123456789abcdef0123456789abcdef"})"_s;
    webhook.responseValidators = {{.jsonPath = u"$.data.items[0].status"_s,
                                   .expectedValues = {u"accepted"_s, u"a value that is longer than a chip may be"_s}}};
    webhook.filters.types = {u"postgresql"_s, u"kubernetes"_s};
    webhook.headers = {{.name = u"X-A-Header-With-A-Long-Name"_s, .value = u"value"_s}};
    if (authentication == AuthenticationType::OAuth) {
        webhook.oauth = OAuthClientCredentials{.clientId = u"client"_s,
                                               .clientSecret = {},
                                               .tokenEndpointUrl = u"https://login.example.com/oauth2/token"_s,
                                               .scopes = {u"events.write"_s, u"https://graph.example/.default"_s},
                                               .parameters = {{.name = u"audience"_s, .value = u"https://a"_s}}};
    }
    return webhook;
}

} // namespace

class TestNarrow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_font = QApplication::font(); }
    void init();
    void cleanup();
    void everyPageShrinks_data();
    void everyPageShrinks();
    void formFitsBesideThePanel_data();
    void formFitsBesideThePanel();
    void labelsGoBackBesideTheirFields();
    void everythingGoesBackToItsPlace_data();
    void everythingGoesBackToItsPlace();
    void showsAFieldWithWhatBelongsToIt_data();
    void showsAFieldWithWhatBelongsToIt();

private:
    EditorPage *edit(const Webhook &webhook);
    void shrink(double fontScale);
    QAction &action(Command command) { return (*m_window->findChild<ActionRegistry *>())[command]; }
    QScrollArea *scrollArea() { return m_window->findChild<QScrollArea *>(u"scrollArea"_s); }

    QFont m_font;
    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<WebhookCommands> m_commands;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<LocalReceiver> m_receiver;
    std::unique_ptr<KeychainStatus> m_keychain;
    std::unique_ptr<BackgroundDelivery> m_delivery;
    std::unique_ptr<MainWindow> m_window;
};

void TestNarrow::init()
{
    m_profile = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_profile->path(), .credentialsFolder = {}},
                                        std::make_unique<MemorySecrets>(std::make_shared<MemorySecrets::Values>()));
    bool opened = false;
    m_engine->open(this, [&](const Result<void> &result) { opened = result.isOk(); });
    QTRY_VERIFY(opened);
    m_commands = std::make_unique<WebhookCommands>(*m_engine);
    m_preferences = std::make_unique<Preferences>(m_profile->path());
    m_receiver = std::make_unique<LocalReceiver>(m_engine->profile(), *m_preferences);
    m_keychain = std::make_unique<KeychainStatus>(*m_engine);
    m_delivery = std::make_unique<BackgroundDelivery>(*m_engine);
}

void TestNarrow::cleanup()
{
    m_window.reset();
    m_delivery.reset();
    m_keychain.reset();
    m_receiver.reset();
    m_preferences.reset();
    m_commands.reset();
    m_engine.reset();
    m_profile.reset();
    QApplication::setFont(m_font);
}

void TestNarrow::shrink(double fontScale)
{
    QFont font = m_font;
    font.setPointSizeF(m_font.pointSizeF() * fontScale);
    QApplication::setFont(font);
    m_window =
        std::make_unique<MainWindow>(*m_engine, *m_commands, *m_receiver, *m_keychain, *m_delivery, *m_preferences);
    m_window->resize(narrowest, 800);
    m_window->show();
    m_window->load();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

EditorPage *TestNarrow::edit(const Webhook &webhook)
{
    action(Command::AddWebhook).trigger();
    auto *editor = m_window->findChild<EditorPage *>();
    editor->addWebhook(webhook);
    for (auto *section : editor->findChildren<DisclosureButton *>()) {
        section->setOpen(true);
    }
    return editor;
}

void TestNarrow::everyPageShrinks_data()
{
    QTest::addColumn<double>("fontScale");
    for (const double scale : {1.0, 1.5, 2.0}) {
        QTest::addRow("font %.1f", scale) << scale;
    }
}

void TestNarrow::everyPageShrinks()
{
    QFETCH(const double, fontScale);
    shrink(fontScale);
    for (const auto page :
         {Command::ShowWebhooks, Command::ShowDeliveries, Command::ShowIntegrations, Command::ShowReceiver}) {
        action(page).trigger();
        QVERIFY2(m_window->minimumSizeHint().width() <= narrowest, qPrintable(action(page).text()));
    }
    auto *editor = edit(everything(AuthenticationType::OAuth));
    QCOMPARE_LE(m_window->minimumSizeHint().width(), narrowest);
    auto *panel = editor->findChild<SidePanel *>();
    panel->showPreview();
    QCOMPARE_LE(m_window->minimumSizeHint().width(), narrowest);
    panel->showInvocation(failedInvocation(ErrorKind::Http, u"401"_s));
    QCOMPARE_LE(m_window->minimumSizeHint().width(), narrowest);
    editor->save();
    QTRY_COMPARE_LE(m_window->minimumSizeHint().width(), narrowest);
    QCOMPARE(m_window->width(), narrowest);
}

void TestNarrow::formFitsBesideThePanel_data()
{
    QTest::addColumn<double>("fontScale");
    QTest::addColumn<AuthenticationType>("authentication");
    for (const double scale : {1.0, 1.5, 2.0}) {
        QTest::addRow("font %.1f, custom", scale) << scale << AuthenticationType::Custom;
        QTest::addRow("font %.1f, OAuth", scale) << scale << AuthenticationType::OAuth;
    }
}

void TestNarrow::formFitsBesideThePanel()
{
    QFETCH(const double, fontScale);
    QFETCH(const AuthenticationType, authentication);
    shrink(fontScale);
    auto *editor = edit(everything(authentication));
    editor->findChild<SidePanel *>()->showPreview();
    editor->save();
    QTRY_VERIFY(editor->findChild<FormColumns *>()->areLabelsAbove());
    QTRY_VERIFY(!scrollArea()->horizontalScrollBar()->isVisible());
    const QWidget *form = scrollArea()->widget();
    QCOMPARE_LE(form->width(), scrollArea()->viewport()->width());
    for (const QWidget *widget : form->findChildren<QWidget *>()) {
        const bool isOwn = qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QPushButton *>(widget)
            || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QLabel *>(widget);
        if (!isOwn || !widget->isVisible()) {
            continue;
        }
        const QRect place(widget->mapTo(form, QPoint()), widget->size());
        QVERIFY2(form->rect().contains(place),
                 qPrintable(u"%1 “%2” ends at %3 of %4"_s.arg(widget->objectName(), widget->accessibleName())
                                .arg(place.right())
                                .arg(form->width())));
    }
}

void TestNarrow::labelsGoBackBesideTheirFields()
{
    shrink(1);
    auto *editor = edit(everything(AuthenticationType::OAuth));
    const auto *columns = editor->findChild<FormColumns *>();
    const auto *label = editor->findChild<QLabel *>(u"urlLabel"_s);
    const auto *field = editor->findChild<QLineEdit *>(u"urlLineEdit"_s);
    const auto top = [editor](const QWidget *widget) {
        return widget->mapTo(editor, QPoint()).y();
    };
    QVERIFY(!columns->areLabelsAbove());
    editor->findChild<SidePanel *>()->showPreview();
    QTRY_VERIFY(columns->areLabelsAbove());
    QTRY_COMPARE_LE(top(label) + label->height(), top(field));
    const int width = field->width();
    editor->findChild<SidePanel *>()->closePanel();
    QTRY_VERIFY(!columns->areLabelsAbove());
    QTRY_COMPARE(top(label), top(field));
    QCOMPARE_GT(field->width(), width);
    QCOMPARE(label->width(), Metrics::labelColumn);
}

void TestNarrow::everythingGoesBackToItsPlace_data()
{
    QTest::addColumn<AuthenticationType>("authentication");
    QTest::newRow("custom") << AuthenticationType::Custom;
    QTest::newRow("OAuth") << AuthenticationType::OAuth;
}

void TestNarrow::everythingGoesBackToItsPlace()
{
    QFETCH(const AuthenticationType, authentication);
    shrink(1);
    auto *editor = edit(everything(authentication));
    const auto *columns = editor->findChild<FormColumns *>();
    const QWidget *form = scrollArea()->widget();
    const auto places = [form] {
        QStringList all;
        for (const QWidget *widget : form->findChildren<QWidget *>()) {
            if (widget->isVisible() && !widget->objectName().isEmpty()) {
                const QPoint corner = widget->mapTo(form, QPoint());
                all << u"%1 at %2,%3 %4x%5"_s.arg(widget->objectName())
                           .arg(corner.x())
                           .arg(corner.y())
                           .arg(widget->width())
                           .arg(widget->height());
            }
        }
        return all;
    };
    const auto settle = [] {
        for (int i = 0; i < 5; ++i) { // a layout asks for another, and that for a scroll bar
            QCoreApplication::processEvents();
        }
    };
    QTRY_VERIFY(form->isVisible() && !columns->areLabelsAbove());
    settle();
    const QStringList before = places();
    auto *advanced = editor->findChild<DisclosureButton *>(u"advancedButton"_s);
    advanced->setOpen(false);
    editor->findChild<SidePanel *>()->showPreview();
    QTRY_VERIFY(columns->areLabelsAbove());
    advanced->setOpen(true); // what is opened now has its labels above from the start
    settle();
    editor->findChild<SidePanel *>()->closePanel();
    QTRY_VERIFY(!columns->areLabelsAbove());
    settle();
    QCOMPARE(places(), before);
}

void TestNarrow::showsAFieldWithWhatBelongsToIt_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QStringList>("shown");
    QTest::newRow("CA certificates") << u"tls.ca_certificates"_s << QStringList{u"caTextEdit"_s, u"caFileButton"_s};
    QTest::newRow("client certificate") << u"tls.client_certificate"_s
                                        << QStringList{u"certificateTextEdit"_s, u"certificateFileButton"_s};
    QTest::newRow("client key") << u"tls.client_key"_s << QStringList{u"keyEdit"_s, u"keyFileButton"_s};
}

void TestNarrow::showsAFieldWithWhatBelongsToIt()
{
    QFETCH(const QString, field);
    QFETCH(const QStringList, shown);
    shrink(1);
    m_window->resize(narrowest, 560);
    auto *editor = edit({});
    editor->findChild<DisclosureButton *>(u"advancedButton"_s)->setOpen(false);
    QCoreApplication::processEvents();
    editor->mend({.field = field});
    QCoreApplication::processEvents();
    for (const QString &name : shown) {
        const auto *widget = editor->findChild<QWidget *>(name);
        QVERIFY(widget->isVisible());
        QCOMPARE(widget->visibleRegion().boundingRect().size(), widget->size());
    }
}

QTEST_MAIN(TestNarrow)
#include "tst_narrow.moc"
