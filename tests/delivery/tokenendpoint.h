// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakeserver.h"
#include "invoking.h"

#include <QTest>

#include <algorithm>

namespace Tocsin {

/// A FakeServer that is a token endpoint (/token) and a target (anything else), and a webhook for both.
namespace TokenEndpoint {

/// `token` answers what is sent to the endpoint; the target echoes the request.
inline FakeServer::Answer answering(const FakeServer::Answer &token, int targetStatus = 200)
{
    return [token, targetStatus](QSslSocket &socket, const QByteArray &request) {
        if (request.startsWith("POST /token ")) {
            token(socket, request);
        } else {
            socket.write(FakeServer::response(targetStatus, request));
        }
    };
}

inline FakeServer::Answer giving(const QByteArray &body, int status = 200,
                                 const QByteArrayList &headers = {"Content-Type: application/json"})
{
    return FakeServer::sending(FakeServer::response(status, body, headers));
}

inline InvocationRequest requestFor(const FakeServer &server, const Pki &pki)
{
    auto request = requestTo(server.url(QStringLiteral("/hook")), pki);
    request.webhook.oauth = OAuthClientCredentials{.clientId = QStringLiteral("the client"),
                                                   .clientSecret = QStringLiteral("the s3cret"),
                                                   .tokenEndpointUrl = server.url(QStringLiteral("/token")).toString(),
                                                   .scopes = {QStringLiteral("a:b"), QStringLiteral("c")}};
    return request;
}

/// What the endpoint, or the target, was sent.
inline QByteArrayList requestsTo(const FakeServer &server, const QByteArray &start)
{
    QByteArrayList found;
    std::copy_if(server.requests().begin(), server.requests().end(), std::back_inserter(found),
                 [&start](const QByteArray &each) { return each.startsWith(start); });
    return found;
}

inline int tokenRequests(const FakeServer &server)
{
    return static_cast<int>(requestsTo(server, "POST /token ").size());
}

inline QString written(const Invocation &invocation)
{
    return QString::fromStdString(writeInvocation(invocation));
}

} // namespace TokenEndpoint

} // namespace Tocsin
