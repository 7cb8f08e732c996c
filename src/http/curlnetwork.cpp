// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "curlnetwork.h"

#include "curlmulti.h"
#include "curlreply.h"

#include <algorithm>
#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr std::size_t identitiesKept = 64;
constexpr std::chrono::minutes unusedKept{2};

QByteArray methodOf(QNetworkAccessManager::Operation operation, const QNetworkRequest &request)
{
    switch (operation) {
    case QNetworkAccessManager::GetOperation:
        return "GET"_ba;
    case QNetworkAccessManager::PostOperation:
        return "POST"_ba;
    case QNetworkAccessManager::PutOperation:
        return "PUT"_ba;
    case QNetworkAccessManager::DeleteOperation:
        return "DELETE"_ba;
    default:
        return request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
    }
}

HttpFields fieldsOf(const QNetworkRequest &request)
{
    HttpFields fields;
    const auto names = request.rawHeaderList();
    for (const auto &name : names) {
        fields.emplaceBack(name, request.rawHeader(name));
    }
    return fields;
}

/// A request without terms of its own says what to send by its URL alone.
HttpTerms termsOf(const QNetworkRequest &request)
{
    const auto terms = request.attribute(httpTermsAttribute);
    if (terms.isValid()) {
        return terms.value<HttpTerms>();
    }
    HttpTerms result;
    if (auto url = parseHttpUrl(QString::fromLatin1(request.url().toEncoded()), {})) {
        result.url = std::move(url).value();
    }
    result.fields = fieldsOf(request);
    return result;
}

} // namespace

void CurlNetwork::DeletedLater::operator()(CurlMulti *multi) const
{
    multi->deleteLater();
}

CurlNetwork::CurlNetwork(QObject *parent)
    : QNetworkAccessManager(parent)
{
    m_unused.setInterval(unusedKept);
    connect(&m_unused, &QTimer::timeout, this, &CurlNetwork::dropUnused);
}

CurlNetwork::~CurlNetwork()
{
    const auto replies = findChildren<CurlReply *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(replies);
}

QNetworkReply *CurlNetwork::createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body)
{
    CurlTransfer::Request wire{.method = methodOf(operation, request),
                               .body = body ? body->readAll() : QByteArray(),
                               .terms = termsOf(request)};
    auto *multi = multiFor(wire.terms.identity ? wire.terms.identity : TlsIdentity::plain());
    return new CurlReply(operation, request, std::move(wire), multi, this);
}

CurlMulti *CurlNetwork::multiFor(const std::shared_ptr<const TlsIdentity> &identity)
{
    std::erase_if(m_outdated, [](const auto &multi) { return multi->underWay() == 0; });
    auto found = std::find_if(m_connections.begin(), m_connections.end(),
                              [&identity](const Connections &one) { return one.identity == identity; });
    const auto authorities = identity->authorities();
    if (found != m_connections.end() && found->multi->authorities() != authorities) {
        // Connections that were verified by other authorities serve nobody any more.
        m_outdated.push_back(std::exchange(found->multi, MultiPointer(new CurlMulti(authorities))));
    }
    if (found == m_connections.end()) {
        dropIdle();
        m_connections.push_back(
            {.identity = identity, .multi = MultiPointer(new CurlMulti(authorities)), .lastUse = 0});
        found = std::prev(m_connections.end());
    }
    found->lastUse = ++m_uses;
    if (!m_unused.isActive()) {
        m_unused.start();
    }
    return found->multi.get();
}

/// Makes room for one more.
void CurlNetwork::dropIdle()
{
    while (m_connections.size() >= identitiesKept) {
        auto oldest = m_connections.end();
        for (auto it = m_connections.begin(); it != m_connections.end(); ++it) {
            if (it->multi->underWay() == 0 && (oldest == m_connections.end() || it->lastUse < oldest->lastUse)) {
                oldest = it;
            }
        }
        if (oldest == m_connections.end()) {
            return;
        }
        m_connections.erase(oldest);
    }
}

/// What nobody used since this was called last.
void CurlNetwork::dropUnused()
{
    std::erase_if(m_outdated, [](const auto &multi) { return multi->underWay() == 0; });
    std::erase_if(m_connections,
                  [this](const Connections &one) { return one.multi->underWay() == 0 && one.lastUse <= m_usesBefore; });
    m_usesBefore = m_uses;
    if (m_connections.empty()) {
        m_unused.stop();
    }
}

} // namespace Tocsin

#include "moc_curlnetwork.cpp"
