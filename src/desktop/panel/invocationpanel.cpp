// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocationpanel.h"

#include "bodyview.h"
#include "connectiontext.h"
#include "copying.h"
#include "invocationtext.h"
#include "messageview.h"
#include "metrics.h"
#include "tlsview.h"
#include "tokenexchangeview.h"
#include "troubleshootview.h"
#include "ui_invocationpanel.h"
#include "validatorsview.h"
#include "validatortext.h"
#include "veil.h"

#include <QGuiApplication>
#include <QScrollArea>

#include <algorithm>

namespace Tocsin {

namespace {

constexpr int mostWaterfallLines = 20;

enum Page { TroubleshootPage, RequestPage, ResponsePage, ValidatorsPage, TlsPage, TokenExchangePage };

QString requestRemark(const Invocation &invocation)
{
    QStringList sentences;
    if (invocation.sent > 1) {
        sentences << InvocationPanel::tr("It went out %Ln times.", nullptr, invocation.sent);
    } else if (invocation.sent == 0 && invocation.request) {
        sentences << InvocationPanel::tr("It was not sent.");
    }
    if (invocation.sent > 0 && !invocation.proxy.isEmpty()) {
        sentences << InvocationPanel::tr("It went through the system's proxy %1.").arg(invocation.proxy)
                  << proxyLookupText();
    }
    return sentences.join(u' ');
}

} // namespace

InvocationPanel::InvocationPanel(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::InvocationPanel>())
    , m_troubleshoot(new TroubleshootView)
    , m_request(new MessageView)
    , m_response(new MessageView)
    , m_validators(new ValidatorsView)
    , m_tls(new TlsView)
    , m_tokenExchange(new TokenExchangeView)
    , m_veil(new Veil(this))
{
    m_ui->setupUi(this);
    m_nothingYet = m_ui->emptyLabel->text();
    m_request->body()->setTitle(tr("Request body"));
    m_response->body()->setTitle(tr("Response body"));
    m_response->body()->setOffersValidators(true);
    addPage(m_troubleshoot, tr("Troubleshoot"));
    addPage(m_request, tr("Request"));
    addPage(m_response, tr("Response"));
    addPage(m_validators, tr("Validators"));
    addPage(m_tls, tr("TLS"));
    addPage(m_tokenExchange, tr("Token exchange"));

    connect(m_ui->waterfallView, &WaterfallView::laidOut, this, &InvocationPanel::fitWaterfall);
    connect(m_troubleshoot, &TroubleshootView::mendRequested, this, &InvocationPanel::mendRequested);
    connect(m_response->body(), &BodyView::validatorRequested, this, &InvocationPanel::validatorRequested);
    connect(m_ui->verdictStrip, &VerdictStrip::copyAllRequested, this,
            [this](QWidget *button) { copyText(invocationText(m_invocation), button); });
    connect(m_ui->verdictStrip, &VerdictStrip::copyAsCurlRequested, this, [this](QWidget *button) {
        if (m_invocation.request) {
            copyText(toCurlCommand(*m_invocation.request), button);
        }
    });
    clear();
}

InvocationPanel::~InvocationPanel() = default;

void InvocationPanel::setInvocation(const Invocation &invocation)
{
    m_invocation = invocation;
    m_ui->verdictStrip->setInvocation(invocation);
    m_ui->waterfallView->setInvocation(invocation);
    const bool isFailed = invocation.verdict == Verdict::Failed;
    if (isFailed) {
        m_troubleshoot->setInvocation(invocation);
    }
    if (invocation.request) {
        m_request->setRequest(*invocation.request);
    } else {
        m_request->setAbsent(tr("No request could be built."));
    }
    m_request->setRemark(requestRemark(invocation));
    showResponse();

    const auto &validators = invocation.validators;
    m_validators->setResults(validators, invocation.response ? judgedOtherwiseText(*invocation.response) : QString());
    const auto passed =
        std::count_if(validators.begin(), validators.end(), [](const auto &result) { return result.passed; });
    m_ui->tabWidget->setTabText(ValidatorsPage,
                                validators.isEmpty() ? tr("Validators")
                                                     : tr("Validators %1/%2").arg(passed).arg(validators.size()));
    m_tls->setTls(invocation.tls, invocation.startedAt, invocation.connectionReused);
    m_tokenExchange->setInvocation(invocation);
    m_ui->tabWidget->setTabVisible(TroubleshootPage, isFailed);
    m_ui->tabWidget->setTabVisible(TokenExchangePage, invocation.tokenExchange || invocation.usedCachedToken);
    m_ui->tabWidget->setCurrentIndex(isFailed ? TroubleshootPage : ResponsePage);
    setOutdated(false);
    showEmpty(false);
}

void InvocationPanel::clear(const QString &words)
{
    m_invocation = {};
    m_ui->emptyLabel->setText(words.isEmpty() ? m_nothingYet : words);
    showEmpty(true);
}

void InvocationPanel::setOutdated(bool isOutdated)
{
    m_veil->setVisible(isOutdated);
}

void InvocationPanel::setKind(Kind kind)
{
    if (kind == Kind::Attempt) {
        m_ui->verdictStrip->setWords(tr("Attempt successful"), tr("Attempt failed"), true);
    } else {
        m_ui->verdictStrip->setWords(tr("Test successful"), tr("Test failed"), false);
    }
}

void InvocationPanel::setOwnTarget(OwnTarget *target)
{
    m_troubleshoot->setOwnTarget(target);
}

void InvocationPanel::addPage(QWidget *page, const QString &name)
{
    page->setContentsMargins(Metrics::large, Metrics::medium, Metrics::large, Metrics::medium);
    auto *scrolled = new QScrollArea(m_ui->tabWidget);
    scrolled->setFrameShape(QFrame::NoFrame);
    scrolled->setWidgetResizable(true);
    scrolled->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scrolled->setWidget(page);
    m_ui->tabWidget->addTab(scrolled, name);
}

void InvocationPanel::showResponse()
{
    if (m_invocation.response) {
        m_response->setResponse(*m_invocation.response);
    } else {
        m_response->setAbsent(tr("No response came."));
    }
}

void InvocationPanel::fitWaterfall()
{
    // Two token exchanges and two requests would push the answer out of sight.
    const int tallest = mostWaterfallLines * fontMetrics().lineSpacing();
    const int height = m_ui->waterfallView->sizeHint().height();
    auto *area = m_ui->waterfallScrollArea;
    area->setFixedHeight(std::min(height, tallest));
    area->setFocusPolicy(height > tallest ? Qt::TabFocus : Qt::NoFocus);
    area->setVisible(!m_ui->waterfallView->text().isEmpty());
}

void InvocationPanel::showEmpty(bool isEmpty)
{
    m_ui->emptyLabel->setVisible(isEmpty);
    m_ui->verdictStrip->setVisible(!isEmpty);
    m_ui->tabWidget->setVisible(!isEmpty);
    if (isEmpty) {
        m_ui->waterfallView->clear();
    }
}

} // namespace Tocsin

#include "moc_invocationpanel.cpp"
