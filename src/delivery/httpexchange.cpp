// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpexchange.h"

#include "httpoutcome.h"

#include <QNetworkAccessManager>

#include <utility>

namespace Tocsin {

namespace {

QNetworkRequest networkRequest(const HttpRequest &request, const HttpTerms &terms)
{
    QNetworkRequest result(request.url.toUrl());
    result.setAttribute(httpTermsAttribute, QVariant::fromValue(terms));
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    result.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    for (const auto &[name, value] : request.fields) {
        result.setRawHeader(name, value.isNull() ? QByteArray("") : value);
    }
    return result;
}

} // namespace

HttpExchange::HttpExchange(QNetworkAccessManager &network, Turn turn, HttpRequest request, HttpTerms terms,
                           QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_turn(std::move(turn))
    , m_request(std::move(request))
    , m_terms(std::move(terms))
{
    m_terms.url = m_request.url;
    m_terms.fields = m_request.fields;
    m_terms.maximumBody = maximumResponseBody;
}

HttpExchange::~HttpExchange()
{
    letGo();
}

void HttpExchange::start()
{
    m_begin = Timeline::Clock::now();
    enter(InvocationPhase::Lookup);
    if (m_isFinished) {
        return; // who heard of it has cancelled
    }
    const auto request = networkRequest(m_request, m_terms);
    m_reply = m_request.method == "GET" ? m_network.get(request)
                                        : m_network.sendCustomRequest(request, m_request.method, m_request.body);
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this, [this] { enter(InvocationPhase::Connect); });
    connect(m_reply, &QNetworkReply::encrypted, this, [this] { enter(InvocationPhase::Send); });
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { enter(InvocationPhase::Wait); });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] { enter(InvocationPhase::Receive); });
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::onReplyFinished);
}

void HttpExchange::cancel()
{
    if (m_isFinished) {
        return;
    }
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        takeOutcome();
    }
    m_outcome.failure =
        HttpFailure{.cause = HttpFailure::Cause::Cancelled, .phase = m_phase, .words = {}, .detail = {}, .tls = {}};
    finish();
}

void HttpExchange::enter(InvocationPhase phase)
{
    m_phase = phase;
    Q_EMIT phaseChanged(phase);
}

void HttpExchange::onReplyFinished()
{
    takeOutcome();
    finish();
}

void HttpExchange::takeOutcome()
{
    const auto record = m_reply->attribute(httpRecordAttribute).value<std::shared_ptr<const HttpRecord>>();
    m_outcome = record ? outcomeOf(*record, m_reply->readAll()) : outcomeOf(*m_reply, m_begin);
}

void HttpExchange::finish()
{
    if (std::exchange(m_isFinished, true)) {
        return;
    }
    letGo();
    Q_EMIT finished(m_outcome);
}

void HttpExchange::letGo()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply.clear();
    }
    m_turn = {};
}

} // namespace Tocsin

#include "moc_httpexchange.cpp"
