// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codeeditor.h"
#include "invocationpanel.h"
#include "payloadschema.h"
#include "payloadschemaview.h"
#include "previewpanel.h"
#include "sampleinvocations.h"
#include "sidepanel.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

using namespace Tocsin;

class TestSidePanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void startsClosed();
    void opensThePageAskedFor();
    void tabsChangeThePage();
    void escapeCloses();
    void buttonCloses();
    void passesRequestsOn();
    void isNarrowEnough();
    void previewRendersAsOneTypes();
    void previewSaysWhatIsWrong();
    void previewOfAnotherSample();
    void previewOfAnOwnEvent();
    void previewShowsSecretsAsDots();

private:
    template <typename T>
    T *child(const QString &name) const
    {
        return m_panel->findChild<T *>(name);
    }
    CodeEditor *body() const { return child<CodeEditor>(u"bodyEditor"_s); }
    QString facts() const { return child<QLabel>(u"factsLabel"_s)->text(); }

    std::unique_ptr<QWidget> m_window;
    SidePanel *m_panel = nullptr;
};

void TestSidePanel::init()
{
    m_window = std::make_unique<QWidget>();
    m_window->resize(460, 800);
    m_panel = new SidePanel(m_window.get());
    m_panel->resize(460, 800);
    m_window->show();
}

void TestSidePanel::startsClosed()
{
    QVERIFY(m_panel->isHidden());
    QSignalSpy closed(m_panel, &SidePanel::closed);
    m_panel->closePanel();
    QVERIFY(closed.isEmpty());
}

void TestSidePanel::opensThePageAskedFor()
{
    m_panel->showSchema();
    QVERIFY(m_panel->schema()->isVisible());
    m_panel->showPreview();
    QVERIFY(m_panel->preview()->isVisible());
    QVERIFY(!m_panel->schema()->isVisible());
    m_panel->showInvocation(successfulInvocation());
    QVERIFY(m_panel->invocation()->isVisible());
    m_panel->closePanel();
    m_panel->showInvocation();
    QVERIFY(m_panel->invocation()->isVisible());
}

void TestSidePanel::tabsChangeThePage()
{
    m_panel->showPreview();
    auto *tabs = child<QTabBar>(u"pageTabBar"_s);
    QCOMPARE(tabs->count(), 3);
    QCOMPARE(tabs->tabText(0), u"Preview"_s);
    QCOMPARE(tabs->tabText(1), u"Payload Schema"_s);
    QCOMPARE(tabs->tabText(2), u"Invocation Data"_s);
    tabs->setCurrentIndex(1);
    QVERIFY(m_panel->schema()->isVisible());
}

void TestSidePanel::escapeCloses()
{
    QSignalSpy closed(m_panel, &SidePanel::closed);
    m_panel->showPreview();
    QTest::keyClick(body(), Qt::Key_Escape);
    QCOMPARE(closed.size(), 1);
    QVERIFY(m_panel->isHidden());
}

void TestSidePanel::buttonCloses()
{
    QSignalSpy closed(m_panel, &SidePanel::closed);
    m_panel->showSchema();
    child<QToolButton>(u"closeButton"_s)->click();
    QCOMPARE(closed.size(), 1);
    QVERIFY(m_panel->isHidden());
}

void TestSidePanel::passesRequestsOn()
{
    QSignalSpy inserted(m_panel, &SidePanel::insertRequested);
    QSignalSpy field(m_panel, &SidePanel::fieldRequested);
    QSignalSpy validator(m_panel, &SidePanel::validatorRequested);
    Q_EMIT m_panel->schema()->insertRequested(u"data.id"_s);
    Q_EMIT m_panel->invocation()->fieldRequested(u"name"_s);
    Q_EMIT m_panel->invocation()->validatorRequested(u"$.data.id"_s, u"7"_s);
    QCOMPARE(inserted.value(0).value(0).toString(), u"data.id"_s);
    QCOMPARE(field.value(0).value(0).toString(), u"name"_s);
    QCOMPARE(validator.value(0).value(1).toString(), u"7"_s);
}

void TestSidePanel::isNarrowEnough()
{
    m_panel->showInvocation(successfulInvocation());
    QVERIFY2(m_panel->minimumSizeHint().width() <= 360,
             qPrintable(QString::number(m_panel->minimumSizeHint().width())));
}

void TestSidePanel::previewRendersAsOneTypes()
{
    m_panel->setBodyTemplate(u"{\"n\": \"{{data.name}}\"}"_s);
    m_panel->showPreview();
    const Json mock = PayloadSchema::instance().mockEvent();
    const QString name = toQString(mock["data"]["name"].get<std::string>());
    QCOMPARE(body()->text(), u"{\"n\": \"%1\"}"_s.arg(name));
    QVERIFY(facts().endsWith(u"valid JSON"_s));
    m_panel->setBodyTemplate(u"[1]"_s);
    QCOMPARE(body()->text(), u"[1]"_s);
    QVERIFY(facts().startsWith(u'3'));
}

void TestSidePanel::previewSaysWhatIsWrong()
{
    m_panel->showPreview();
    m_panel->setBodyTemplate(u"{\n  \"a\": {{data.name\n}"_s);
    QVERIFY(body()->text().isEmpty());
    QVERIFY2(facts().startsWith(u"Line 2"_s), qPrintable(facts()));
}

void TestSidePanel::previewOfAnotherSample()
{
    const auto samples = PayloadSchema::instance().sampleEvents();
    QVERIFY(samples.size() > 1);
    m_panel->setBodyTemplate(u"{{json this}}"_s);
    m_panel->showPreview();
    QSignalSpy changed(m_panel->preview(), &PreviewPanel::eventChanged);
    for (int place = 1; place < samples.size(); ++place) {
        child<QComboBox>(u"sampleComboBox"_s)->setCurrentIndex(place);
        QCOMPARE(changed.size(), place);
        QVERIFY(m_panel->preview()->event() == samples[place].second);
        const auto rendered = parseJson(body()->text().toUtf8());
        QVERIFY(rendered);
        QVERIFY(*rendered == samples[place].second);
    }
}

void TestSidePanel::previewOfAnOwnEvent()
{
    m_panel->setBodyTemplate(u"{\"n\": \"{{data.name}}\"}"_s);
    m_panel->showPreview();
    auto *samples = child<QComboBox>(u"sampleComboBox"_s);
    auto *own = child<CodeEditor>(u"eventEditor"_s);
    QVERIFY(!own->isVisible());
    samples->setCurrentIndex(samples->count() - 1);
    QVERIFY(own->isVisible());
    QVERIFY(parseJson(own->text().toUtf8()).isOk());
    own->setText(u"{\"data\": {\"name\": \"mine\"}}"_s);
    QCOMPARE(body()->text(), u"{\"n\": \"mine\"}"_s);
    own->setText(u"{\"data\": "_s);
    QVERIFY(body()->text().isEmpty());
    QVERIFY(facts().startsWith(u"Sample event: "_s));
    QCOMPARE(own->problems().size(), 1);
    QVERIFY(m_panel->preview()->event().is_null());
    own->setText(u"{\"data\": {\"name\": \"again\"}}"_s);
    QCOMPARE(body()->text(), u"{\"n\": \"again\"}"_s);
    QVERIFY(own->problems().isEmpty());
}

void TestSidePanel::previewShowsSecretsAsDots()
{
    m_panel->setBodyTemplate(u"{\"routing_key\": \"${secret:pagerduty/key}\"}"_s);
    m_panel->showPreview();
    QCOMPARE(body()->text(), u"{\"routing_key\": \"••••••\"}"_s);
}

QTEST_MAIN(TestSidePanel)
#include "tst_sidepanel.moc"
