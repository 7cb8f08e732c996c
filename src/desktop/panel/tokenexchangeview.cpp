// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenexchangeview.h"

#include "bodyview.h"
#include "format.h"
#include "messageview.h"
#include "metrics.h"
#include "rolelabel.h"
#include "sectiontitle.h"
#include "tlsview.h"
#include "tokenexchangetext.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

TokenExchangeView::TokenExchangeView(QWidget *parent)
    : QWidget(parent)
    , m_which(new QComboBox(this))
    , m_summary(new RoleLabel(this))
    , m_requestTitle(new SectionTitle(tr("Token request"), this))
    , m_request(new MessageView(this))
    , m_responseTitle(new SectionTitle(tr("Token response"), this))
    , m_response(new MessageView(this))
    , m_tlsTitle(new SectionTitle(tr("Token endpoint's TLS"), this))
    , m_tls(new TlsView(this))
{
    m_which->setObjectName(u"tokenExchangeComboBox"_s);
    m_which->setAccessibleName(tr("Token exchange"));
    m_which->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_summary->setWordWrap(true);
    m_request->body()->setTitle(tr("Token request's body"));
    m_response->body()->setTitle(tr("Token response's body"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::small);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_which, m_summary, m_requestTitle, m_request,
                                                            m_responseTitle, m_response, m_tlsTitle, m_tls}) {
        layout->addWidget(widget);
    }
    layout->addStretch();
    connect(m_which, &QComboBox::activated, this,
            [this](int index) { showExchange(tokenExchanges(m_invocation).value(index)); });
}

void TokenExchangeView::setInvocation(const Invocation &invocation)
{
    m_invocation = invocation;
    const auto &exchange = invocation.tokenExchange;
    m_which->clear();
    const auto all = tokenExchanges(invocation);
    for (qsizetype i = 0; i < all.size(); ++i) {
        m_which->addItem(tr("%1. %2").arg(QString::number(i + 1), tokenExchangeTitle(all.at(i))));
    }
    m_which->setCurrentIndex(m_which->count() - 1);
    m_which->setVisible(m_which->count() > 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_requestTitle, m_request, m_responseTitle, m_response}) {
        widget->setVisible(exchange.has_value());
    }
    m_tlsTitle->setVisible(false);
    m_tls->setVisible(false);
    if (!exchange) {
        m_summary->setText(invocation.usedCachedToken
                               ? tr("A token from an earlier exchange was used, since it was still valid.")
                               : tr("No token was needed."));
        return;
    }
    showExchange(*exchange);
}

void TokenExchangeView::showExchange(const TokenExchange &exchange)
{
    QStringList facts;
    if (exchange.renewed) {
        facts << tr("The target refused the first token with 401, so a new one was fetched.");
    }
    if (exchange.timings.total) {
        facts << tr("The exchange took %1.").arg(formatDuration(*exchange.timings.total));
    }
    if (exchange.expiresInSeconds > 0) {
        facts << tr("The token is valid for %1.").arg(formatDuration(std::chrono::seconds(exchange.expiresInSeconds)));
    } else if (exchange.response && exchange.response->status / 100 == 2 && !exchange.isOverAtOnce) {
        facts << tr("The server did not say how long the token is valid.");
    }
    facts << tokenExchangeOddities(exchange);
    m_summary->setText(facts.join(u' '));
    m_request->setRequest(exchange.request);
    if (exchange.response) {
        m_response->setResponse(*exchange.response);
    } else {
        m_response->setAbsent(tr("No response came."));
    }
    m_tlsTitle->setVisible(exchange.tls.has_value());
    m_tls->setVisible(exchange.tls.has_value());
    m_tls->setTls(exchange.tls, m_invocation.startedAt);
}

} // namespace Tocsin

#include "moc_tokenexchangeview.cpp"
