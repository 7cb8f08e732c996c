// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "troubleshooting.h"

#include "tlstrouble.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

class Troubleshooting
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::Troubleshooting)

public:
    const HttpFailure &failure;
    const HttpUrl &url;
    std::chrono::milliseconds timeout;
    const QString &proxy;
    QString urlField;

    InvocationError explain() const
    {
        auto error = inWords();
        error.detail = failure.detail;
        if (failure.isProxy && !error.message.isEmpty()) {
            error.message[0] = error.message[0].toUpper(); // "the proxy …" may begin it
        }
        return error;
    }

private:
    InvocationError inWords() const
    {
        using Cause = HttpFailure::Cause;
        switch (failure.cause) {
        case Cause::Dns:
            return dns();
        case Cause::Refused:
            return refused();
        case Cause::Tls:
            return explainTls(failure.tls.value_or(TlsFacts()), failure.isProxy ? peer() : host(), urlField);
        case Cause::Timeout:
            return timedOut();
        case Cause::Reset:
            return reset();
        case Cause::Protocol:
            return protocol();
        case Cause::Egress:
            return egress();
        case Cause::Cancelled:
            break;
        }
        return make(ErrorKind::Cancelled, tr("The request was cancelled."), {}, {}, {});
    }

    static InvocationError make(ErrorKind kind, const QString &message, const QString &hint, const QStringList &causes,
                                const QString &field)
    {
        return {.kind = kind, .message = message, .hint = hint, .field = field, .causes = causes, .position = {}};
    }

    QString host() const { return QString::fromLatin1(url.peerHost()); } // a dot at its end would look like two

    QString peer() const
    {
        const auto name = host().contains(u':') ? QString(u'[' % host() % u']') : host();
        return failure.isProxy ? tr("the proxy %1").arg(proxy) : QString(name % u':' % QString::number(url.port));
    }

    static QString proxyHint() { return tr("Check the system's proxy settings."); }

    InvocationError dns() const
    {
        if (failure.isProxy) {
            return make(ErrorKind::Dns, tr("The name of the proxy %1 was not found.").arg(proxy), proxyHint(),
                        {tr("The system's proxy settings name a proxy that is no longer there."),
                         tr("This machine has no working name server.")},
                        {});
        }
        return make(ErrorKind::Dns, tr("The name %1 was not found.").arg(host()), tr("Check the host name in the URL."),
                    {tr("The host name is misspelt."),
                     tr("The name is known only inside a network or VPN that this "
                        "machine is not in."),
                     tr("This machine has no working name server.")},
                    urlField);
    }

    InvocationError refused() const
    {
        auto message = failure.words.isEmpty()
            ? tr("No connection to %1 could be made.").arg(peer())
            : tr("No connection to %1 could be made: %2.").arg(peer(), failure.words);
        if (failure.proxyStatus == 407) {
            return make(
                ErrorKind::Refused, tr("The proxy %1 answered 407: it asks for a user name and a password.").arg(proxy),
                tr("Put them into the system's proxy settings."), {tr("The proxy lets only known users through.")}, {});
        }
        if (failure.proxyStatus > 0) {
            message = tr("The proxy %1 answered %2 and made no connection to %3.")
                          .arg(proxy, QString::number(failure.proxyStatus), host() % u':' % QString::number(url.port));
        }
        if (failure.isProxy) {
            return make(ErrorKind::Refused, message, proxyHint(),
                        {tr("The proxy is not running."), tr("The proxy asks for a user name and a password."),
                         tr("The proxy does not let this target through.")},
                        {});
        }
        return make(ErrorKind::Refused, message, tr("Check host and port in the URL, and that the target is running."),
                    {tr("Nothing listens on that port."), tr("A firewall rejects the connection."),
                     tr("The network of the target cannot be reached from this machine.")},
                    urlField);
    }

    QString phaseText() const
    {
        switch (failure.phase) {
        case InvocationJob::Phase::Lookup:
            return tr("while its name was looked up");
        case InvocationJob::Phase::Connect:
        case InvocationJob::Phase::Tls:
            return tr("while the connection was made");
        case InvocationJob::Phase::Send:
            return tr("while the request was sent");
        case InvocationJob::Phase::Receive:
            return tr("while the response arrived");
        default:
            return tr("while the response was awaited");
        }
    }

    InvocationError timedOut() const
    {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(timeout).count();
        const bool isConnecting = failure.phase == InvocationPhase::Connect || failure.phase == InvocationPhase::Tls;
        return make(
            ErrorKind::Timeout,
            tr("%1 took longer than %n second(s), %2.", nullptr, static_cast<int>(seconds)).arg(peer(), phaseText()),
            isConnecting ? tr("Check host and port in the URL.")
                         : tr("Raise the timeout, or make the target answer before it does its work."),
            isConnecting ? QStringList{tr("A firewall drops the connection without a word."),
                                       tr("The host is down or overloaded.")}
                         : QStringList{tr("The target works on the request before it answers."),
                                       tr("The target is overloaded.")},
            isConnecting ? urlField : u"timeout_in_sec"_s);
    }

    InvocationError reset() const
    {
        const bool hasBegun = failure.phase == InvocationPhase::Receive;
        if (failure.isConnectionReused && !hasBegun) {
            return make(
                ErrorKind::Reset,
                tr("%1 closed a connection that was kept from an earlier request, without a response.").arg(peer()),
                tr("Test again: that makes a new connection. The request may have been acted on."),
                {tr("The target had closed the connection just before the request came."),
                 tr("The target or a proxy before it failed.")},
                urlField);
        }
        return make(ErrorKind::Reset,
                    hasBegun ? tr("%1 closed the connection in the middle of its response.").arg(peer())
                             : tr("%1 closed the connection without a response.").arg(peer()),
                    tr("Look into the target's log for this time. The request may have been acted on."),
                    causesOfReset(), urlField);
    }

    QStringList causesOfReset() const
    {
        QStringList causes{tr("The target or a proxy before it failed."),
                           tr("The target wants a client certificate, or another one."),
                           tr("The target closes connections it does not like without saying why.")};
        if (failure.tls && failure.tls->isClientCertificateAsked && failure.tls->clientCertificate.isEmpty()) {
            causes.move(1, 0);
        }
        return causes;
    }

    InvocationError protocol() const
    {
        return make(ErrorKind::Protocol,
                    failure.words.isEmpty() ? tr("What %1 answered is not HTTP.").arg(peer())
                                            : tr("What %1 answered breaks HTTP: %2.").arg(peer(), failure.words),
                    tr("Check host and port in the URL, and look into the target's log."),
                    {tr("Another service listens on that port."), tr("The target, or a proxy before it, is at fault.")},
                    urlField);
    }

    InvocationError egress() const
    {
        if (failure.isProxy) {
            return make(
                ErrorKind::Egress,
                tr("Nothing is sent through the proxy %1: %2 is a link-local address or the metadata service of "
                   "a cloud.")
                    .arg(proxy, failure.words),
                proxyHint(), {tr("The system's proxy settings name what is no proxy.")}, {});
        }
        const auto message = failure.words == QString::fromLatin1(url.peerHost())
            ? tr("Nothing is sent to %1: it is a link-local address or the metadata service of a cloud.").arg(host())
            : tr("Nothing is sent to %1: its name leads to %2, a link-local address or the metadata service of a "
                 "cloud.")
                  .arg(host(), failure.words);
        return make(ErrorKind::Egress, message,
                    tr("Where that is meant, allow it: tocsinctl setting set egress.allow_link_local true"),
                    {tr("The host in the URL is not a webhook's target."),
                     tr("A name server answers with an address that it should not.")},
                    urlField);
    }
};

class StatusTroubleshooting
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::StatusTroubleshooting)

public:
    static QString statusText(const ReceivedResponse &response)
    {
        return QString(QString::number(response.status) % u' ' % response.reasonPhrase).trimmed();
    }

    static InvocationError explain(const ReceivedResponse &response)
    {
        InvocationError error{.kind = ErrorKind::Http,
                              .message = tr("The target answered %1.").arg(statusText(response)),
                              .hint = {},
                              .field = u"type.http_request.url"_s,
                              .causes = {},
                              .position = {}};
        if (response.status >= 300 && response.status < 400) {
            explainRedirect(response, error);
        } else if (response.status == 401 || response.status == 403 || response.status == 407) {
            error.hint = tr("Check the authentication: token, header names, and what they are allowed to do.");
            error.causes = {tr("The token or key is wrong, expired or revoked."),
                            tr("The header's name or scheme is not the one the target expects."),
                            tr("The token lacks a permission.")};
            error.field = u"type.http_request.headers"_s;
        } else if (response.status == 404 || response.status == 405 || response.status == 410) {
            error.hint = tr("Check the path of the URL, and the method.");
            error.causes = {tr("The webhook was deleted at the target."), tr("The path is misspelt."),
                            tr("The target expects another method.")};
        } else if (response.status == 400 || response.status == 413 || response.status == 415
                   || response.status == 422) {
            error.hint = tr("Compare the request's body with what the target expects; its response often says more.");
            error.causes = {tr("A field is missing in the body, or has another name or type."),
                            tr("The Content-Type is not the one the target expects.")};
            error.field = u"body_template"_s;
        } else if (response.status == 429) {
            error.hint = tr("Send less often, or lower the concurrency.");
            error.causes = {tr("The target limits how many requests it takes.")};
            error.field = u"delivery.concurrency"_s;
        } else if (response.status >= 500) {
            error.hint = tr("Look into the target's log, or try again later.");
            error.causes = {tr("The target failed while it worked on the request."),
                            tr("A proxy before the target could not reach it.")};
        } else {
            error.hint = tr("The target's response may say more.");
        }
        return error;
    }

private:
    static void explainRedirect(const ReceivedResponse &response, InvocationError &error)
    {
        if (const auto location = headerValue(response.headers, u"Location"); !location.isEmpty()) {
            error.message = tr("The target answered %1 and pointed to %2; redirects are not followed.")
                                .arg(statusText(response), location);
            error.hint = tr("Where that is the right place, put it into the URL.");
        }
        error.causes = {tr("The URL is an old one."), tr("The target asks for a login in a browser.")};
    }
};

class ValidatorTroubleshooting
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ValidatorTroubleshooting)

public:
    static InvocationError explain(const ValidatorResult &result, qsizetype index, const QString &custom)
    {
        return {.kind = ErrorKind::Validator,
                .message = custom.isEmpty() ? result.message : custom,
                .hint = custom.isEmpty() ? tr("Compare the response with the validator's expected values.")
                                         : result.message,
                .field = "response_validators["_L1 % QString::number(index) % ']'_L1,
                .causes = {tr("The target took the request but reports a failure in its response."),
                           tr("The response has another shape than the Json Path expects."),
                           tr("An accepted value is missing in the expected values.")},
                .position = {}};
    }

    static QString success(const ReceivedResponse &response, qsizetype validators)
    {
        const auto status = StatusTroubleshooting::statusText(response);
        return validators == 0
            ? tr("The target answered %1.").arg(status)
            : tr("The target answered %1, and %n response validator(s) passed.", nullptr, static_cast<int>(validators))
                  .arg(status);
    }
};

} // namespace

InvocationError explainFailure(const HttpFailure &failure, const HttpUrl &url, std::chrono::milliseconds timeout,
                               const QString &proxy, HttpPeer peer)
{
    const auto field =
        peer == HttpPeer::Target ? u"type.http_request.url"_s : u"authentication_config.oauth.token_endpoint_url"_s;
    return Troubleshooting{.failure = failure, .url = url, .timeout = timeout, .proxy = proxy, .urlField = field}
        .explain();
}

InvocationError explainStatus(const ReceivedResponse &response)
{
    return StatusTroubleshooting::explain(response);
}

InvocationError explainValidator(const ValidatorResult &result, qsizetype index, const QString &custom)
{
    return ValidatorTroubleshooting::explain(result, index, custom);
}

QString explainSuccess(const ReceivedResponse &response, qsizetype validators)
{
    return ValidatorTroubleshooting::success(response, validators);
}

} // namespace Tocsin
