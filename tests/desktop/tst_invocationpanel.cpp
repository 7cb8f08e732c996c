// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodyview.h"
#include "codeeditor.h"
#include "colorroles.h"
#include "headersview.h"
#include "invocationpanel.h"
#include "invocationtext.h"
#include "sampleinvocations.h"
#include "showntext.h"
#include "verdictstrip.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTextEdit>

using namespace Tocsin;

class TestInvocationPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void startsEmpty();
    void successfulOneOpensOnTheResponse();
    void requestShowsWhatWentOut();
    void bodyIsPrettyAndRawAtAClick();
    void validatorsShowActualBesideExpected();
    void tlsShowsTheChain();
    void expiredCertificateIsSaid();
    void reuseAndResumptionAreSaid();
    void clientCertificateIsSaid_data();
    void clientCertificateIsSaid();
    void interimAnswersAndTrailersStandApart();
    void bodiesAreReadByTheirCharset();
    void proxyIsSaid();
    void failedOneOpensOnTroubleshoot_data();
    void failedOneOpensOnTroubleshoot();
    void troubleshootLeadsToTheField();
    void tokenExchangeHasItsTab();
    void eachTokenExchangeCanBeSeen();
    void cachedTokenIsSaid();
    void withoutResponseSaysSo();
    void binaryBodyIsHexadecimal();
    void cutBodyIsSaid();
    void hugeBodiesStayResponsive_data();
    void hugeBodiesStayResponsive();
    void makesAValidator();
    void copies();
    void laterInvocationTakesThePlaceOfTheFirst();
    void fitsANarrowPanel();
    void longTimelineLeavesRoom();

private:
    QTabWidget *tabs() const { return m_panel->findChild<QTabWidget *>(u"tabWidget"_s); }
    QString currentTab() const { return tabs()->tabText(tabs()->currentIndex()); }
    void openTab(const QString &name);
    bool hasTab(const QString &name) const;
    /// Everything that the current page says, as one text.
    QString shown() const { return shownText(*m_panel); }
    template <typename T>
    T *visibleChild(const QString &text = {}) const;

    std::unique_ptr<InvocationPanel> m_panel;
};

void TestInvocationPanel::init()
{
    m_panel = std::make_unique<InvocationPanel>();
    m_panel->resize(460, 800);
    m_panel->show();
}

void TestInvocationPanel::openTab(const QString &name)
{
    for (int tab = 0; tab < tabs()->count(); ++tab) {
        if (tabs()->tabText(tab).startsWith(name) && tabs()->isTabVisible(tab)) {
            tabs()->setCurrentIndex(tab);
            return;
        }
    }
    QFAIL(qPrintable(u"There is no tab "_s + name));
}

bool TestInvocationPanel::hasTab(const QString &name) const
{
    for (int tab = 0; tab < tabs()->count(); ++tab) {
        if (tabs()->tabText(tab) == name && tabs()->isTabVisible(tab)) {
            return true;
        }
    }
    return false;
}

template <typename T>
T *TestInvocationPanel::visibleChild(const QString &text) const
{
    const auto children = m_panel->findChildren<T *>();
    for (T *child : children) {
        if constexpr (std::is_base_of_v<QAbstractButton, T>) {
            if (child->isVisible() && child->text() == text) {
                return child;
            }
        } else if (child->isVisible()) {
            return child;
        }
    }
    return nullptr;
}

void TestInvocationPanel::startsEmpty()
{
    QVERIFY(!tabs()->isVisible());
    QVERIFY(shown().contains(u"After a test"_s));
    m_panel->setInvocation(successfulInvocation());
    QVERIFY(tabs()->isVisible());
    m_panel->clear();
    QVERIFY(!tabs()->isVisible());
}

void TestInvocationPanel::successfulOneOpensOnTheResponse()
{
    m_panel->setInvocation(successfulInvocation());
    QCOMPARE(currentTab(), u"Response"_s);
    QVERIFY(!hasTab(u"Troubleshoot"_s));
    QVERIFY(!hasTab(u"Token exchange"_s));
    QVERIFY(hasTab(u"Validators 1/1"_s));
    QVERIFY(shown().contains(u"Test successful"_s));
    QVERIFY(shown().contains(u"202 Accepted · 84 ms · 1 of 1 validators passed"_s));
    QVERIFY(shown().contains(u"HTTP/1.1 202 Accepted"_s));
    QVERIFY(shown().contains(u"\"status\": \"ok\""_s));
    QVERIFY(shown().contains(u"application/json"_s));
}

void TestInvocationPanel::requestShowsWhatWentOut()
{
    m_panel->setInvocation(successfulInvocation());
    openTab(u"Request"_s);
    QVERIFY(shown().contains(u"POST https://target.example/hook"_s));
    auto *headers = visibleChild<HeadersView>();
    QVERIFY(headers);
    QCOMPARE(headers->rowCount(), 2);
    QCOMPARE(headers->item(1, 0)->text(), u"DD-API-KEY"_s);
    QCOMPARE(headers->item(1, 1)->text(), u"••••••"_s);
    headers->selectAll();
    QTest::keyClick(headers, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"Content-Type: application/json\nDD-API-KEY: ••••••"_s);
}

void TestInvocationPanel::bodyIsPrettyAndRawAtAClick()
{
    m_panel->setInvocation(successfulInvocation());
    auto *editor = visibleChild<CodeEditor>();
    QVERIFY(editor);
    QVERIFY(editor->isReadOnly());
    QCOMPARE(editor->lines(), 8);
    auto *raw = visibleChild<QAbstractButton>(u"Raw"_s);
    QVERIFY(raw);
    raw->click();
    QCOMPARE(editor->text(), u"{\"status\":\"ok\",\"items\":[{\"id\":7}]}"_s);
    raw->click();
    QCOMPARE(editor->lines(), 8);
}

void TestInvocationPanel::validatorsShowActualBesideExpected()
{
    Invocation invocation = failedInvocation(ErrorKind::Validator, u"One of two validators failed."_s);
    invocation.validators.append({.jsonPath = u"$.data.id"_s,
                                  .expectedValues = {u"1"_s, u"2"_s},
                                  .actual = {},
                                  .passed = false,
                                  .message = Sentence(u"Nothing stands at this path."_s)});
    m_panel->setInvocation(invocation);
    openTab(u"Validators 1/2"_s);
    const QString text = shown();
    QVERIFY(text.contains(u"Passed"_s));
    QVERIFY(text.contains(u"\"ok\""_s));
    QVERIFY(text.contains(u"Failed"_s));
    QVERIFY(text.contains(u"1\n2"_s));
    QVERIFY(text.contains(u"Nothing stands at this path."_s));
}

void TestInvocationPanel::tlsShowsTheChain()
{
    m_panel->setInvocation(successfulInvocation());
    openTab(u"TLS"_s);
    const QString text = shown();
    for (const QString &word : {u"TLSv1.3"_s, u"TLS_AES_256_GCM_SHA384"_s, u"CN=target.example"_s, u"CN=Example Root"_s,
                                u"www.target.example"_s, u"1 March 2027"_s, u"3F:2A:11:90"_s, u"EC 256"_s}) {
        QVERIFY2(text.contains(word), qPrintable(word));
    }
    QVERIFY(!text.contains(u"Expired"_s));
    visibleChild<QAbstractButton>(u"Copy certificate"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), u"-----BEGIN CERTIFICATE-----\n"_s);
}

void TestInvocationPanel::expiredCertificateIsSaid()
{
    Invocation invocation = failedInvocation(ErrorKind::Tls, u"The certificate expired."_s);
    invocation.response.reset();
    invocation.tls->errors = {u"The certificate has expired"_s};
    invocation.tls->chain.first().notAfter = QDateTime(QDate(2026, 3, 3), QTime(12, 0), Qt::UTC);
    m_panel->setInvocation(invocation);
    openTab(u"TLS"_s);
    QVERIFY(shown().contains(u"The certificate has expired"_s));
    QVERIFY(shown().contains(u"Expired on 3 March 2026"_s));
}

void TestInvocationPanel::reuseAndResumptionAreSaid()
{
    Invocation invocation = successfulInvocation();
    m_panel->setInvocation(invocation);
    openTab(u"TLS"_s);
    QVERIFY(!shown().contains(u"reused"_s));
    QVERIFY(!shown().contains(u"resumed"_s));
    invocation.connectionReused = true;
    invocation.tls->sessionResumed = true;
    m_panel->setInvocation(invocation);
    QVERIFY(shown().contains(u"202 Accepted · 84 ms · connection reused · 1 of 1 validators passed"_s));
    openTab(u"TLS"_s);
    QTRY_VERIFY(shown().contains(u"Connection reused"_s));
    QVERIFY(shown().contains(u"TLS session resumed"_s));
    QVERIFY(invocationText(invocation).contains(u"\nConnection reused"_s));
}

void TestInvocationPanel::clientCertificateIsSaid_data()
{
    QTest::addColumn<bool>("isAsked");
    QTest::addColumn<QString>("sent");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("not asked") << false << QString() << QString();
    QTest::newRow("sent") << true << u"CN=sender"_s
                          << u"The target asked for a client certificate; “CN=sender” was sent."_s;
    QTest::newRow("none") << true << QString() << u"The target asked for a client certificate; none was sent."_s;
}

void TestInvocationPanel::clientCertificateIsSaid()
{
    QFETCH(bool, isAsked);
    QFETCH(QString, sentence);
    Invocation invocation = failedInvocation(ErrorKind::Http, u"Forbidden."_s);
    invocation.tls->clientCertificateAsked = isAsked;
    QFETCH(QString, sent);
    invocation.tls->clientCertificate = sent;
    m_panel->setInvocation(invocation);
    QCOMPARE(shown().contains(u"client certificate"_s), isAsked);
    QVERIFY(shown().contains(sentence));
    openTab(u"TLS"_s);
    QCOMPARE(shown().contains(u"client certificate"_s), isAsked);
    QVERIFY(shown().contains(sentence));
    QVERIFY(invocationText(invocation).contains(sentence));
}

void TestInvocationPanel::interimAnswersAndTrailersStandApart()
{
    Invocation invocation = successfulInvocation();
    invocation.response->interim = {
        {.status = 103, .reasonPhrase = u"Early Hints"_s, .headers = {{u"Link"_s, u"</a>"_s}}},
        {.status = 102, .reasonPhrase = u"Processing"_s, .headers = {}}};
    invocation.response->trailers = {{u"Server-Timing"_s, u"db;dur=1"_s}};
    m_panel->setInvocation(invocation);
    QVERIFY(shown().contains(u"Interim answer: 103 Early Hints"_s));
    QVERIFY(shown().contains(u"Interim answer: 102 Processing"_s));
    QHash<QString, QString> tables;
    const auto views = m_panel->findChildren<HeadersView *>();
    for (const auto *view : views) {
        if (view->isVisible()) {
            tables.insert(view->accessibleName(), view->item(0, 0)->text());
        }
    }
    QCOMPARE(tables,
             (QHash<QString, QString>{{u"Headers"_s, u"content-type"_s},
                                      {u"Headers of 103 Early Hints"_s, u"Link"_s},
                                      {u"Trailers"_s, u"Server-Timing"_s}}));
    const QString copied = invocationText(invocation);
    QVERIFY(copied.contains(u"HTTP/1.1 103 Early Hints\nLink: </a>\n\nHTTP/1.1 102 Processing\n\nHTTP/1.1 202"_s));
    QVERIFY(copied.contains(u"\n\nTrailers\nServer-Timing: db;dur=1\n"_s));
    m_panel->setInvocation(successfulInvocation());
    QTRY_VERIFY(!shown().contains(u"Interim"_s));
    QVERIFY(!shown().contains(u"Trailers"_s));
}

void TestInvocationPanel::bodiesAreReadByTheirCharset()
{
    Invocation invocation = failedInvocation(ErrorKind::Http, u"No."_s);
    invocation.response->headers = {{u"Content-Type"_s, u"text/plain; charset=ISO-8859-1"_s}};
    invocation.response->body = "kein Dienst f\xfcr Sie";
    m_panel->setInvocation(invocation);
    QVERIFY(shown().contains(u"kein Dienst für Sie"_s)); // what it said
    openTab(u"Response"_s);
    QCOMPARE(visibleChild<CodeEditor>()->text(), u"kein Dienst für Sie"_s);
    QVERIFY(shown().contains(u"text · read as ISO-8859-1"_s));
    visibleChild<QAbstractButton>(u"Copy body"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), u"kein Dienst für Sie"_s);
    QVERIFY(invocationText(invocation).contains(u"kein Dienst für Sie"_s));
}

void TestInvocationPanel::proxyIsSaid()
{
    Invocation invocation = successfulInvocation();
    invocation.proxy = u"proxy.example:3128"_s;
    m_panel->setInvocation(invocation);
    openTab(u"Request"_s);
    QVERIFY(shown().contains(u"It went through the system's proxy proxy.example:3128. The proxy looks the name up "
                             "itself, so the rule about link-local addresses can judge only the name or address in "
                             "the URL."_s));
}

void TestInvocationPanel::failedOneOpensOnTroubleshoot_data()
{
    QTest::addColumn<int>("kind");
    for (const ErrorKind kind :
         {ErrorKind::Dns, ErrorKind::Refused, ErrorKind::Tls, ErrorKind::Timeout, ErrorKind::Reset, ErrorKind::Protocol,
          ErrorKind::Egress, ErrorKind::TooLarge, ErrorKind::Http, ErrorKind::Validator, ErrorKind::Template,
          ErrorKind::Secret, ErrorKind::OAuth, ErrorKind::Cancelled}) {
        QTest::newRow(qPrintable(toString(kind))) << int(kind);
    }
}

void TestInvocationPanel::failedOneOpensOnTroubleshoot()
{
    QFETCH(int, kind);
    Invocation invocation = failedInvocation(ErrorKind(kind), u"What happened in one sentence."_s);
    const bool isBeforeTheRequest = ErrorKind(kind) == ErrorKind::Template || ErrorKind(kind) == ErrorKind::Secret;
    if (ErrorKind(kind) != ErrorKind::Http && ErrorKind(kind) != ErrorKind::Validator) {
        invocation.response.reset();
        invocation.validators.clear();
        invocation.tls.reset();
    }
    invocation.error->detail = u"error:0A000086:SSL routines"_s;
    if (isBeforeTheRequest) {
        invocation.request.reset();
        invocation.sent = 0;
        invocation.timings = {};
    }
    m_panel->setInvocation(invocation);
    QCOMPARE(currentTab(), u"Troubleshoot"_s);
    const QString text = shown();
    QVERIFY(text.contains(u"Test failed"_s));
    QVERIFY(text.contains(u"What happened in one sentence."_s));
    QVERIFY(text.contains(u"1. The first cause."_s));
    QVERIFY(text.contains(u"2. The second cause."_s));
    QVERIFY(text.contains(u"error:0A000086:SSL routines"_s));
    QVERIFY(text.contains(u"What to do about it."_s));
    QCOMPARE(visibleChild<QAbstractButton>(u"Copy as cURL"_s)->isEnabled(), !isBeforeTheRequest);
    for (int tab = 0; tab < tabs()->count(); ++tab) {
        tabs()->setCurrentIndex(tab);
        QVERIFY(!m_panel->grab().isNull());
    }
}

void TestInvocationPanel::troubleshootLeadsToTheField()
{
    QSignalSpy asked(m_panel.get(), &InvocationPanel::mendRequested);
    m_panel->setInvocation(failedInvocation(ErrorKind::Tls, u"It is not trusted."_s, u"tls.ca_certificates"_s));
    auto *edit = visibleChild<QAbstractButton>(u"Edit CA certificates"_s);
    QVERIFY(edit);
    edit->click();
    QCOMPARE(asked.size(), 1);
    const auto place = asked.first().first().value<MendPlace>();
    QCOMPARE(place.field, u"tls.ca_certificates"_s);
    QVERIFY(place.invocation);
}

void TestInvocationPanel::tokenExchangeHasItsTab()
{
    Invocation invocation = successfulInvocation();
    invocation.tokenExchange = sampleTokenExchange();
    invocation.tokenExchange->renewed = true;
    m_panel->setInvocation(invocation);
    openTab(u"Token exchange"_s);
    const QString text = shown();
    QVERIFY(text.contains(u"POST https://login.example/token"_s));
    QVERIFY(text.contains(u"grant_type=client_credentials"_s));
    QVERIFY(text.contains(u"HTTP/1.1 200 OK"_s));
    QVERIFY(text.contains(u"\"access_token\": \"••••••\""_s));
    QVERIFY(text.contains(u"refused the first token"_s));
    QVERIFY(text.contains(u"1 h"_s));
    invocation.tokenExchange->expiresInSeconds = 0;
    invocation.tokenExchange->isOverAtOnce = true;
    m_panel->setInvocation(invocation);
    openTab(u"Token exchange"_s);
    QVERIFY(shown().contains(u"over when it came"_s));
    QVERIFY(!shown().contains(u"did not say how long"_s));
}

void TestInvocationPanel::eachTokenExchangeCanBeSeen()
{
    Invocation invocation = successfulInvocation();
    invocation.tokenExchange = sampleTokenExchange();
    m_panel->setInvocation(invocation);
    openTab(u"Token exchange"_s);
    auto *which = m_panel->findChild<QComboBox *>(u"tokenExchangeComboBox"_s);
    QVERIFY(!which->isVisible());

    TokenExchange refused = sampleTokenExchange();
    refused.clientAuthentication = ClientAuthentication::Basic;
    refused.response->status = 403;
    refused.response->reasonPhrase = u"Forbidden"_s;
    invocation.earlierTokenExchanges = {refused};
    invocation.tokenExchange->clientAuthentication = ClientAuthentication::Body;
    m_panel->setInvocation(invocation);
    openTab(u"Token exchange"_s);
    QVERIFY(which->isVisible());
    QCOMPARE(which->currentText(), u"2. Token exchange (client in the body)"_s);
    QVERIFY(shown().contains(u"HTTP/1.1 200 OK"_s));
    QTest::keyClick(which, Qt::Key_Up);
    QCOMPARE(which->currentText(), u"1. Token exchange (client by Basic)"_s);
    QTRY_VERIFY(shown().contains(u"HTTP/1.1 403 Forbidden"_s));
    QVERIFY(!shown().contains(u"HTTP/1.1 200 OK"_s));
    QVERIFY(invocationText(invocation).contains(u"Token exchange (client by Basic)"_s));
}

void TestInvocationPanel::cachedTokenIsSaid()
{
    Invocation invocation = successfulInvocation();
    invocation.usedCachedToken = true;
    m_panel->setInvocation(invocation);
    openTab(u"Token exchange"_s);
    QVERIFY(shown().contains(u"from an earlier exchange"_s));
    QVERIFY(!shown().contains(u"Token request"_s));
}

void TestInvocationPanel::withoutResponseSaysSo()
{
    Invocation invocation = failedInvocation(ErrorKind::Timeout, u"It took too long."_s);
    invocation.response.reset();
    m_panel->setInvocation(invocation);
    QVERIFY(shown().contains(u"no response · 84 ms"_s));
    openTab(u"Response"_s);
    QVERIFY(shown().contains(u"No response came."_s));
    QVERIFY(!visibleChild<CodeEditor>());
}

void TestInvocationPanel::binaryBodyIsHexadecimal()
{
    Invocation invocation = successfulInvocation();
    invocation.response->headers = {{u"content-type"_s, u"image/png"_s}};
    invocation.response->body = QByteArray("\x89PNG\r\n\x1a\n", 8);
    m_panel->setInvocation(invocation);
    QCOMPARE(visibleChild<CodeEditor>()->text(),
             u"000000  89 50 4e 47 0d 0a 1a 0a                          .PNG...."_s);
    QVERIFY(shown().contains(u"8 bytes · image/png"_s));
    QVERIFY(!visibleChild<QAbstractButton>(u"Raw"_s));
}

void TestInvocationPanel::cutBodyIsSaid()
{
    Invocation invocation = successfulInvocation();
    invocation.response->body = QByteArray(1024 * 1024, 'x');
    invocation.response->truncated = true;
    invocation.response->headers.clear();
    m_panel->setInvocation(invocation);
    QVERIFY(shown().contains(u"only its first 1 MiB were read"_s));
}

void TestInvocationPanel::hugeBodiesStayResponsive_data()
{
    QTest::addColumn<QByteArray>("body");
    QByteArray items("[");
    while (items.size() < 1024 * 1024 - 100) {
        items += R"({"id":12,"name":"some value"},)";
    }
    items.chop(1);
    QTest::newRow("JSON in one line") << items + ']';
    QTest::newRow("one long word") << QByteArray(1024 * 1024, 'x');
    QTest::newRow("only brackets") << QByteArray(500, '[') + QByteArray(500, ']');
    QTest::newRow("many lines") << QByteArray("x\n").repeated(512 * 1024);
    QTest::newRow("binary") << QByteArray(1024 * 1024, '\1');
}

void TestInvocationPanel::hugeBodiesStayResponsive()
{
    QFETCH(QByteArray, body);
    Invocation invocation = successfulInvocation();
    invocation.response->body = body;
    QElapsedTimer timer;
    timer.start();
    m_panel->setInvocation(invocation);
    QVERIFY(!m_panel->grab().isNull());
    if (auto *raw = visibleChild<QAbstractButton>(u"Raw"_s)) {
        raw->click();
        QVERIFY(!m_panel->grab().isNull());
    }
    // Far above what it takes, far below what laying out a line of a mebibyte would.
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

void TestInvocationPanel::makesAValidator()
{
    QSignalSpy asked(m_panel.get(), &InvocationPanel::validatorRequested);
    m_panel->setInvocation(successfulInvocation());
    auto *editor = visibleChild<CodeEditor>();
    const QList<QAction *> actions = editor->actions();
    QCOMPARE(actions.size(), 1);
    editor->goTo({.line = 5, .column = 14, .offset = -1});
    actions.first()->trigger();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first(), (QList<QVariant>{u"$.data.items[0].id"_s, u"7"_s}));
    editor->goTo({.line = 3, .column = 12, .offset = -1});
    actions.first()->trigger();
    QCOMPARE(asked.size(), 1);
}

void TestInvocationPanel::copies()
{
    Invocation invocation = successfulInvocation();
    invocation.tokenExchange = sampleTokenExchange();
    m_panel->setInvocation(invocation);
    visibleChild<QAbstractButton>(u"Copy as cURL"_s)->click();
    QVERIFY(QApplication::clipboard()->text().startsWith(u"curl"_s));
    QCOMPARE(QApplication::clipboard()->text(), toCurlCommand(*invocation.request));
    visibleChild<QAbstractButton>(u"Copy all"_s)->click();
    const QString text = QApplication::clipboard()->text();
    QCOMPARE(text, invocationText(invocation));
    for (const QString &part :
         {u"Test successful\n202 Accepted"_s, u"POST https://target.example/hook\n"_s, u"DD-API-KEY: ••••••\n"_s,
          u"\n{\"name\":\"orders-db\"}\n"_s, u"HTTP/1.1 202 Accepted\n"_s, u"Passed $.data.status\n"_s,
          u"POST https://login.example/token\n"_s, u"TLSv1.3"_s, u"wait 48 ms"_s}) {
        QVERIFY2(text.contains(part), qPrintable(part));
    }
}

void TestInvocationPanel::laterInvocationTakesThePlaceOfTheFirst()
{
    m_panel->setInvocation(failedInvocation(ErrorKind::Http, u"The first sentence."_s));
    Invocation other = failedInvocation(ErrorKind::Http, u"The second sentence."_s);
    other.response.reset();
    m_panel->setInvocation(other);
    QTRY_VERIFY(shown().contains(u"The second sentence."_s));
    QVERIFY(!shown().contains(u"The first sentence."_s));
    m_panel->setInvocation(successfulInvocation());
    QCOMPARE(currentTab(), u"Response"_s);
    QVERIFY(shown().contains(u"HTTP/1.1 202 Accepted"_s));
    QVERIFY(visibleChild<CodeEditor>());
}

void TestInvocationPanel::fitsANarrowPanel()
{
    Invocation invocation = failedInvocation(ErrorKind::Http, u"A sentence."_s, u"type.http_request.url"_s);
    invocation.request->url = u"https://target.example/"_s + QString(400, u'x');
    invocation.request->headers.append({u"X-Long"_s, QString(400, u'y')});
    invocation.tokenExchange = sampleTokenExchange();
    m_panel->setInvocation(invocation);
    QVERIFY2(m_panel->minimumSizeHint().width() <= 360,
             qPrintable(QString::number(m_panel->minimumSizeHint().width())));
    m_panel->resize(360, 700);
    for (int tab = 0; tab < tabs()->count(); ++tab) {
        tabs()->setCurrentIndex(tab);
        const QWidget *page = tabs()->currentWidget();
        const auto widgets = page->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (widget->isVisible() && widget->visibleRegion().isEmpty() && widget->width() > 360) {
                QFAIL(qPrintable(tabs()->tabText(tab)));
            }
        }
    }
}

void TestInvocationPanel::longTimelineLeavesRoom()
{
    const auto *area = m_panel->findChild<QScrollArea *>(u"waterfallScrollArea"_s);
    QVERIFY(!area->isVisible());
    Invocation invocation = successfulInvocation();
    invocation.timeline = {{.phase = InvocationPhase::Wait, .tokenExchange = 0, .duration = Milliseconds(1)}};
    m_panel->setInvocation(invocation);
    QVERIFY(area->isVisible());
    QCOMPARE(area->height(), area->widget()->sizeHint().height());
    QCOMPARE(area->focusPolicy(), Qt::NoFocus);
    for (int place = 0; place < 32; ++place) {
        invocation.timeline.append(
            {.phase = InvocationPhase(place % 11), .tokenExchange = place / 11, .duration = Milliseconds(1)});
    }
    m_panel->setInvocation(invocation);
    QVERIFY(area->height() < area->widget()->sizeHint().height());
    QCOMPARE(area->focusPolicy(), Qt::TabFocus);
    QVERIFY2(m_panel->minimumSizeHint().height() < 600,
             qPrintable(QString::number(m_panel->minimumSizeHint().height())));
    m_panel->clear();
    QVERIFY(!area->isVisible());
}

QTEST_MAIN(TestInvocationPanel)
#include "tst_invocationpanel.moc"
