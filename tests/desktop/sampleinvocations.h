// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

inline CertificateInfo sampleCertificate()
{
    CertificateInfo certificate;
    certificate.subject = u"CN=target.example"_s;
    certificate.issuer = u"CN=Example Root"_s;
    certificate.alternativeNames = {u"target.example"_s, u"www.target.example"_s};
    certificate.notBefore = QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    certificate.notAfter = QDateTime(QDate(2027, 3, 1), QTime(12, 0), Qt::UTC);
    certificate.serialNumber = u"0A:1B"_s;
    certificate.sha256Fingerprint = u"3F:2A:11:90"_s;
    certificate.publicKey = u"EC 256"_s;
    certificate.pem = u"-----BEGIN CERTIFICATE-----\n"_s;
    return certificate;
}

/// A Test that went well: 202, one validator, TLS.
inline Invocation successfulInvocation()
{
    Invocation invocation;
    invocation.startedAt = QDateTime(QDate(2026, 11, 24), QTime(3, 12, 44), Qt::UTC);
    invocation.verdict = Verdict::Successful;
    invocation.reason = Sentence(u"The target answered 202 Accepted."_s);
    invocation.sent = 1;
    invocation.request =
        SentRequest{.method = u"POST"_s,
                    .url = u"https://target.example/hook"_s,
                    .headers = {{u"Content-Type"_s, u"application/json"_s}, {u"DD-API-KEY"_s, u"••••••"_s}},
                    .body = R"({"name":"orders-db"})"};
    invocation.response = ReceivedResponse{.status = 202,
                                           .reasonPhrase = u"Accepted"_s,
                                           .httpVersion = u"1.1"_s,
                                           .headers = {{u"content-type"_s, u"application/json"_s}},
                                           .body = R"({"status":"ok","items":[{"id":7}]})",
                                           .truncated = false};
    invocation.validators = {{.jsonPath = u"$.data.status"_s,
                              .expectedValues = {u"ok"_s},
                              .actual = u"\"ok\""_s,
                              .passed = true,
                              .message = {}}};
    invocation.timings.connect = Milliseconds(34.1);
    invocation.timings.wait = Milliseconds(47.9);
    invocation.timings.total = Milliseconds(84.213);
    invocation.tls = TlsInfo{
        .protocol = u"TLSv1.3"_s, .cipher = u"TLS_AES_256_GCM_SHA384"_s, .chain = {sampleCertificate()}, .errors = {}};
    return invocation;
}

inline Invocation failedInvocation(ErrorKind kind, const QString &message, const QString &field = {})
{
    Invocation invocation = successfulInvocation();
    invocation.verdict = Verdict::Failed;
    invocation.reason = Sentence(message);
    invocation.error = InvocationError{.kind = kind,
                                       .message = Sentence(message),
                                       .hint = Sentence(u"What to do about it."_s),
                                       .field = field,
                                       .causes = {Sentence(u"The first cause."_s), Sentence(u"The second cause."_s)},
                                       .position = {}};
    return invocation;
}

inline TokenExchange sampleTokenExchange()
{
    TokenExchange exchange;
    exchange.request = SentRequest{.method = u"POST"_s,
                                   .url = u"https://login.example/token"_s,
                                   .headers = {{u"Authorization"_s, u"Basic ••••••"_s}},
                                   .body = "grant_type=client_credentials"};
    exchange.response = ReceivedResponse{.status = 200,
                                         .reasonPhrase = u"OK"_s,
                                         .httpVersion = u"1.1"_s,
                                         .headers = {{u"content-type"_s, u"application/json"_s}},
                                         .body = R"({"access_token":"••••••","expires_in":3600})",
                                         .truncated = false};
    exchange.timings.wait = Milliseconds(60);
    exchange.timings.total = Milliseconds(104);
    exchange.expiresInSeconds = 3600;
    return exchange;
}

} // namespace Tocsin
