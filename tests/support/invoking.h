// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "await.h"
#include "certificateauthority.h"
#include "dispatcher.h"
#include "timelining.h"
#include "wording.h"

#include <QTest>
#include <QUrl>

namespace Tocsin {

/// An authority and what it issues for localhost, for one test program.
struct Pki
{
    CertificateAuthority authority = std::move(CertificateAuthority::create(QStringLiteral("Test authority"))).value();
    IssuedCertificate server =
        authority.issueServer({QStringLiteral("localhost"), QStringLiteral("127.0.0.1")}).value();

    QString trusted() const { return QString::fromLatin1(authority.certificate()); }
};

/// A POST of a small body to `url`, trusting the authority.
inline InvocationRequest requestTo(const QUrl &url, const Pki &pki)
{
    InvocationRequest request;
    request.webhook.name = QStringLiteral("test");
    request.webhook.url = url.toString(QUrl::FullyEncoded);
    request.webhook.bodyTemplate = QStringLiteral("{\"hello\": \"world\"}");
    request.webhook.caCertificates = pki.trusted();
    request.event = Json::object();
    return request;
}

/// Fails the test, too, where what the invocation says is not fit for a person, or its times are not in order.
inline Invocation invoke(Dispatcher &dispatcher, const InvocationRequest &request)
{
    const auto invocation = awaitSignal(dispatcher.invoke(request), &InvocationJob::finished);
    for (const auto &fault : {badWording(invocation), badTimes(invocation)}) {
        if (!fault.isEmpty()) {
            QTest::qFail(qPrintable(fault), __FILE__, __LINE__);
        }
    }
    return invocation;
}

/// The error's kind as documents have it; empty without one.
inline QString errorWord(const Invocation &invocation)
{
    return invocation.error ? toString(invocation.error->kind) : QString();
}

} // namespace Tocsin
