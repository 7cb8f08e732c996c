// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectionlines.h"

#include <QCoreApplication>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct ConnectionCheck
{
    static constexpr SentenceMaker say{"Tocsin::ConnectionCheck"};
    static constexpr CountedSentenceMaker sayCounted{"Tocsin::ConnectionCheck"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ConnectionCheck)
};

const auto urlField = u"type.http_request.url"_s;
const auto tokenField = u"authentication_config.oauth.token_endpoint_url"_s;

qint64 wholeMilliseconds(const std::optional<Milliseconds> &duration)
{
    return duration ? std::llround(duration->count()) : 0;
}

/// By its common name, else all of its subject, else a name that it is for.
QString nameOf(const CertificateInfo &certificate)
{
    const auto first = certificate.subject.section(", "_L1, 0, 0);
    if (first.startsWith("CN="_L1)) {
        return first.sliced(3);
    }
    return certificate.subject.isEmpty() ? certificate.alternativeNames.value(0) : certificate.subject;
}

CheckLine failed(CheckSubject subject, const InvocationError &error)
{
    return {.subject = subject,
            .state = CheckState::Failed,
            .found = error.message,
            .hint = error.hint,
            .field = error.field};
}

CheckLine skipped(CheckSubject subject)
{
    return {.subject = subject, .state = CheckState::Skipped, .found = ConnectionCheck::say("Not reached.")};
}

CheckLine passed(CheckSubject subject, const Sentence &found)
{
    return {.subject = subject, .state = CheckState::Ok, .found = found};
}

/// Whose certificate it is, and what is to be done when it ends.
struct Holder
{
    CheckSubject subject;
    QString field;
    Sentence renew;
    bool isTokenEndpoint = false;
};

/// Until when a certificate is good.
CheckLine endOf(const CertificateInfo &certificate, const Holder &holder, const QDateTime &now)
{
    const auto days = static_cast<int>(daysLeft(certificate.notAfter, now));
    const auto name = holder.isTokenEndpoint ? ConnectionCheck::say("“%1” of the token endpoint", nameOf(certificate))
                                             : ConnectionCheck::say("“%1”", nameOf(certificate));
    CheckLine line{
        .subject = holder.subject,
        .state = stateOfEnd(certificate.notBefore, certificate.notAfter, now),
        .found = ConnectionCheck::sayCounted("%1 is valid until %2: %n day(s) left.", days, name, certificate.notAfter),
        .ends = certificate.notAfter};
    if (certificate.notBefore > now) {
        line.state = CheckState::Failed;
        line.found = ConnectionCheck::say("%1 is valid only from %2.", name, certificate.notBefore);
    } else if (line.state == CheckState::Failed) {
        line.found = ConnectionCheck::say("%1 expired on %2.", name, certificate.notAfter);
    }
    if (line.state != CheckState::Ok) {
        line.hint = holder.renew;
        line.field = holder.field;
    }
    return line;
}

/// What a failed one failed at, by what had begun.
CheckSubject failedAt(const Invocation &invocation)
{
    if (invocation.error->kind == ErrorKind::Tls || invocation.timings.tls) {
        return CheckSubject::Tls;
    }
    const bool isLookup = invocation.timings.lookup && !invocation.timings.connect;
    return isLookup && invocation.error->kind != ErrorKind::Egress ? CheckSubject::Name : CheckSubject::Connection;
}

Sentence connectedText(const Invocation &invocation)
{
    const auto time = wholeMilliseconds(invocation.timings.connect);
    return invocation.proxy.isEmpty()
        ? ConnectionCheck::say("Connected in %L1 ms.", time)
        : ConnectionCheck::say("Connected in %L1 ms through the proxy %2, which looks the name up itself.", time,
                               invocation.proxy);
}

CheckLine tlsLine(const TlsInfo &tls, const QString &host, bool hasClientCertificate)
{
    const auto leaf = tls.chain.isEmpty() ? QString() : nameOf(tls.chain.first());
    auto line = passed(CheckSubject::Tls,
                       ConnectionCheck::say("%1; the certificate “%2” is for %3, and its authority is trusted.",
                                            tls.protocol, leaf, host));
    if (tls.clientCertificateAsked && !hasClientCertificate) {
        line.state = CheckState::Warning;
        line.found = ConnectionCheck::say("%1; the target asks for a client certificate, and this webhook has none.",
                                          tls.protocol);
        line.hint = ConnectionCheck::say("Where the target insists on one, put it and its key into Advanced.");
        line.field = u"tls.client_certificate"_s;
    }
    return line;
}

} // namespace

QList<CheckLine> connectionLines(const Invocation &invocation, const QString &host, bool hasClientCertificate,
                                 const QDateTime &now)
{
    using enum CheckSubject;
    QList<CheckLine> lines;
    const auto end = invocation.error ? failedAt(invocation) : Certificate;
    const auto add = [&](CheckSubject subject, const CheckLine &reached) {
        lines.append(subject < end ? reached : subject == end ? failed(subject, *invocation.error) : skipped(subject));
    };
    const bool isLookedUp = invocation.timings.lookup.has_value() && invocation.proxy.isEmpty();
    if (isLookedUp || end == Name) {
        add(Name,
            passed(
                Name,
                ConnectionCheck::say("%1 was found in %L2 ms.", host, wholeMilliseconds(invocation.timings.lookup))));
    }
    add(Connection, passed(Connection, connectedText(invocation)));
    add(Tls, tlsLine(invocation.tls.value_or(TlsInfo()), host, hasClientCertificate));
    if (end != Certificate || !invocation.tls) {
        return lines;
    }
    const Holder target{.subject = Certificate,
                        .field = urlField,
                        .renew = ConnectionCheck::say("Have the target's certificate renewed before it ends.")};
    for (const auto &certificate : invocation.tls->chain) {
        lines.append(endOf(certificate, target, now));
    }
    return lines;
}

QList<CheckLine> tokenLines(const Invocation &invocation, const QDateTime &now)
{
    QList<CheckLine> lines;
    const auto &exchange = invocation.tokenExchange;
    if (invocation.error) {
        lines.append(failed(CheckSubject::Token, *invocation.error));
    } else if (exchange && exchange->isOverAtOnce) {
        lines.append({.subject = CheckSubject::Token,
                      .state = CheckState::Warning,
                      .found = ConnectionCheck::say("A token was given that is over at once."),
                      .hint = ConnectionCheck::say("Check the clock and the settings of the authorization server."),
                      .field = tokenField});
    } else if (exchange && exchange->expiresInSeconds > 0) {
        lines.append(
            passed(CheckSubject::Token,
                   ConnectionCheck::sayCounted("A token was given, for %n second(s).", exchange->expiresInSeconds)));
    } else {
        lines.append(passed(CheckSubject::Token, ConnectionCheck::say("A token was given.")));
    }
    if (invocation.error || !exchange || !exchange->tls) {
        return lines;
    }
    const Holder endpoint{.subject = CheckSubject::Certificate,
                          .field = tokenField,
                          .renew =
                              ConnectionCheck::say("Have the token endpoint's certificate renewed before it ends."),
                          .isTokenEndpoint = true};
    for (const auto &certificate : exchange->tls->chain) {
        const auto line = endOf(certificate, endpoint, now);
        if (line.state != CheckState::Failed) { // the chain was taken: an old one is no part of it
            lines.append(line);
        }
    }
    return lines;
}

QList<CheckLine> clientCertificateLines(const QList<CertificateInfo> &certificates, const QDateTime &now)
{
    QList<CheckLine> lines;
    const Holder ours{.subject = CheckSubject::ClientCertificate,
                      .field = u"tls.client_certificate"_s,
                      .renew = ConnectionCheck::say("Put a new client certificate and its key into Advanced.")};
    for (const auto &certificate : certificates) {
        lines.append(endOf(certificate, ours, now));
    }
    return lines;
}

} // namespace Tocsin
