// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "troubleshooting.h"

#include "bearerchallenge.h"
#include "tlstrouble.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

class Troubleshooting
{
    static constexpr SentenceMaker say{"Tocsin::Troubleshooting"};
    static constexpr CountedSentenceMaker sayCounted{"Tocsin::Troubleshooting"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::Troubleshooting)

public:
    const HttpFailure &failure;
    const HttpUrl &url;
    std::chrono::milliseconds timeout;
    const QString &proxy;
    QString urlField;
    bool isTokenEndpoint = false;

    InvocationError explain() const
    {
        auto error = inWords();
        error.detail = failure.detail;
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
            return failure.isProxy ? proxysTls()
                                   : explainTls(failure.tls.value_or(TlsFacts()), Sentence(host()), urlField);
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
        return make(ErrorKind::Cancelled, say("The request was cancelled."), {}, {}, {});
    }

    static InvocationError make(ErrorKind kind, const Sentence &message, const Sentence &hint,
                                const QList<Sentence> &causes, const QString &field)
    {
        return {.kind = kind, .message = message, .hint = hint, .field = field, .causes = causes, .position = {}};
    }

    QString host() const { return QString::fromLatin1(url.peerHost()); } // a dot at its end would look like two

    Sentence peer() const
    {
        const auto name = host().contains(u':') ? QString(u'[' % host() % u']') : host();
        return failure.isProxy ? say("the proxy %1", proxy) : Sentence(name % u':' % QString::number(url.port));
    }

    static Sentence proxyHint() { return say("Check the system's proxy settings."); }

    /// A proxy is judged by the system's authorities alone, and is shown no client certificate.
    InvocationError proxysTls() const
    {
        auto error = explainTls(failure.tls.value_or(TlsFacts()), peer(), {});
        error.hint = say("Check the proxy's certificate and the system's proxy settings; a webhook's CA certificates "
                         "do not count for a proxy.");
        error.causes = {say("The proxy's certificate is from an authority that this system does not trust."),
                        say("The proxy's certificate has expired, or is for another name."),
                        say("The system's proxy settings name a port that does not speak TLS.")};
        error.field.clear();
        return error;
    }

    InvocationError dns() const
    {
        if (failure.isProxy) {
            return make(ErrorKind::Dns, say("The name of the proxy %1 was not found.", proxy), proxyHint(),
                        {say("The system's proxy settings name a proxy that is no longer there."),
                         say("This machine has no working name server.")},
                        {});
        }
        return make(ErrorKind::Dns, say("The name %1 was not found.", host()),
                    isTokenEndpoint ? say("Check the host name in the token endpoint's URL.")
                                    : say("Check the host name in the URL."),
                    {say("The host name is misspelt."),
                     say("The name is known only inside a network or VPN that this "
                         "machine is not in."),
                     say("This machine has no working name server.")},
                    urlField);
    }

    InvocationError refused() const
    {
        auto message = failure.words.isEmpty() ? say("No connection to %1 could be made.", peer())
                                               : say("No connection to %1 could be made: %2.", peer(), failure.words);
        if (failure.proxyStatus == 407) {
            return make(ErrorKind::Refused,
                        say("The proxy %1 answered 407: it asks for a user name and a password.", proxy),
                        say("Put them into the system's proxy settings."),
                        {say("The proxy lets only known users through.")}, {});
        }
        if (failure.proxyStatus > 0) {
            message = say("The proxy %1 answered %2 and made no connection to %3.", proxy,
                          QString::number(failure.proxyStatus), host() % u':' % QString::number(url.port));
        }
        if (failure.isProxy) {
            return make(ErrorKind::Refused, message, proxyHint(),
                        {say("The proxy is not running."), say("The proxy asks for a user name and a password."),
                         say("The proxy does not let this target through.")},
                        {});
        }
        return make(
            ErrorKind::Refused, message,
            isTokenEndpoint
                ? say("Check host and port in the token endpoint's URL, and that the authorization server runs.")
                : say("Check host and port in the URL, and that the target is running."),
            {say("Nothing listens on that port."), say("A firewall rejects the connection."),
             isTokenEndpoint ? say("The network of the authorization server cannot be reached from this machine.")
                             : say("The network of the target cannot be reached from this machine.")},
            urlField);
    }

    Sentence phaseText() const
    {
        switch (failure.phase) {
        case InvocationJob::Phase::Lookup:
            return say("while its name was looked up");
        case InvocationJob::Phase::Connect:
        case InvocationJob::Phase::Tls:
            return say("while the connection was made");
        case InvocationJob::Phase::Send:
            return say("while the request was sent");
        case InvocationJob::Phase::Receive:
            return say("while the response arrived");
        default:
            return say("while the response was awaited");
        }
    }

    InvocationError timedOut() const
    {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(timeout).count();
        const bool isConnecting = failure.phase == InvocationPhase::Connect || failure.phase == InvocationPhase::Tls;
        const auto message =
            sayCounted("%1 took longer than %n second(s), %2.", static_cast<int>(seconds), peer(), phaseText());
        if (failure.isProxy) {
            return make(ErrorKind::Timeout, message, proxyHint(),
                        {say("The proxy is down or overloaded."),
                         say("The proxy waits for a target that does not answer."),
                         say("A firewall drops the connection without a word.")},
                        {});
        }
        if (isConnecting) {
            return make(
                ErrorKind::Timeout, message,
                isTokenEndpoint ? say("Check host and port in the token endpoint's URL.")
                                : say("Check host and port in the URL."),
                {say("A firewall drops the connection without a word."), say("The host is down or overloaded.")},
                urlField);
        }
        return isTokenEndpoint
            ? make(ErrorKind::Timeout, message, say("Raise the timeout, or look into the authorization server's log."),
                   {say("The authorization server is overloaded.")}, u"timeout_in_sec"_s)
            : make(ErrorKind::Timeout, message,
                   say("Raise the timeout, or make the target answer before it does its work."),
                   {say("The target works on the request before it answers."), say("The target is overloaded.")},
                   u"timeout_in_sec"_s);
    }

    InvocationError reset() const
    {
        const bool hasBegun = failure.phase == InvocationPhase::Receive;
        if (failure.isConnectionReused && !hasBegun) {
            return make(
                ErrorKind::Reset,
                say("%1 closed a connection that was kept from an earlier request, without a response.", peer()),
                say("Test again: that makes a new connection. The request may have been acted on."),
                {say("The target had closed the connection just before the request came."),
                 say("The target or a proxy before it failed.")},
                urlField);
        }
        return make(ErrorKind::Reset,
                    hasBegun ? say("%1 closed the connection in the middle of its response.", peer())
                             : say("%1 closed the connection without a response.", peer()),
                    say("Look into the target's log for this time. The request may have been acted on."),
                    causesOfReset(), urlField);
    }

    QList<Sentence> causesOfReset() const
    {
        QList<Sentence> causes{say("The target or a proxy before it failed."),
                               say("The target wants a client certificate, or another one."),
                               say("The target closes connections it does not like without saying why.")};
        if (failure.tls && failure.tls->isClientCertificateAsked && failure.tls->clientCertificate.isEmpty()) {
            causes.move(1, 0);
        }
        return causes;
    }

    InvocationError protocol() const
    {
        return make(
            ErrorKind::Protocol,
            failure.words.isEmpty() ? say("What %1 answered is not HTTP.", peer())
                                    : say("What %1 answered breaks HTTP: %2.", peer(), failure.words),
            say("Check host and port in the URL, and look into the target's log."),
            {say("Another service listens on that port."), say("The target, or a proxy before it, is at fault.")},
            urlField);
    }

    InvocationError egress() const
    {
        if (failure.isProxy) {
            return make(
                ErrorKind::Egress,
                say("Nothing is sent through the proxy %1: %2 is a link-local address or the metadata service of "
                    "a cloud.",
                    proxy, failure.words),
                proxyHint(), {say("The system's proxy settings name what is no proxy.")}, {});
        }
        const auto message = failure.words.text() == host()
            ? say("Nothing is sent to %1: it is a link-local address or the metadata service of a cloud.", host())
            : say("Nothing is sent to %1: its name leads to %2, a link-local address or the metadata service of a "
                  "cloud.",
                  host(), failure.words);
        return make(ErrorKind::Egress, message,
                    say("Where that is meant, allow it: tocsinctl setting set egress.allow_link_local true"),
                    {say("The host in the URL is not a webhook's target."),
                     say("A name server answers with an address that it should not.")},
                    urlField);
    }
};

class StatusTroubleshooting
{
    static constexpr SentenceMaker say{"Tocsin::StatusTroubleshooting"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::StatusTroubleshooting)

public:
    static QString statusText(const ReceivedResponse &response)
    {
        return QString(QString::number(response.status) % u' ' % response.reasonPhrase).trimmed();
    }

    static InvocationError explain(const ReceivedResponse &response, bool hasToken)
    {
        InvocationError error{.kind = ErrorKind::Http,
                              .message = say("The target answered %1.", statusText(response)),
                              .hint = {},
                              .field = u"type.http_request.url"_s,
                              .causes = {},
                              .position = {}};
        if (response.status >= 300 && response.status < 400) {
            explainRedirect(response, error);
        } else if (hasToken && (response.status == 401 || response.status == 403)) {
            error.hint =
                say("Check what the token is asked for: its scopes, and parameters such as audience or resource.");
            error.causes = {say("The token is for another audience or resource than this target."),
                            say("The token lacks a scope, or its client a permission at the target."),
                            say("The token endpoint is another tenant's or environment's than the target.")};
            error.field = u"authentication_config.oauth.scopes"_s;
        } else if (response.status == 401 || response.status == 403 || response.status == 407) {
            error.hint = say("Check the authentication: token, header names, and what they are allowed to do.");
            error.causes = {say("The token or key is wrong, expired or revoked."),
                            say("The header's name or scheme is not the one the target expects."),
                            say("The token lacks a permission.")};
            error.field = u"type.http_request.headers"_s;
        } else if (response.status == 404 || response.status == 405 || response.status == 410) {
            error.hint = say("Check the path of the URL, and the method.");
            error.causes = {say("The webhook was deleted at the target."), say("The path is misspelt."),
                            say("The target expects another method.")};
        } else if (response.status == 400 || response.status == 413 || response.status == 415
                   || response.status == 422) {
            error.hint = say("Compare the request's body with what the target expects; its response often says more.");
            error.causes = {say("A field is missing in the body, or has another name or type."),
                            say("The Content-Type is not the one the target expects.")};
            error.field = u"body_template"_s;
        } else if (response.status == 429) {
            error.hint = say("Set a rate that the target allows, or lower the concurrency.");
            error.causes = {say("The target limits how many requests it takes.")};
            error.field = u"delivery.rate_per_minute"_s;
        } else if (response.status >= 500) {
            error.hint = say("Look into the target's log, or try again later.");
            error.causes = {say("The target failed while it worked on the request."),
                            say("A proxy before the target could not reach it.")};
        } else {
            error.hint = say("The target's response may say more.");
        }
        return error;
    }

private:
    static void explainRedirect(const ReceivedResponse &response, InvocationError &error)
    {
        if (const auto location = headerValue(response.headers, u"Location"); !location.isEmpty()) {
            error.message = say("The target answered %1 and pointed to %2; redirects are not followed.",
                                statusText(response), location);
            error.hint = say("Where that is the right place, put it into the URL.");
        }
        error.causes = {say("The URL is an old one."), say("The target asks for a login in a browser.")};
    }
};

class ScopeTroubleshooting
{
    static constexpr SentenceMaker say{"Tocsin::ScopeTroubleshooting"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ScopeTroubleshooting)

public:
    static InvocationError explain(const ReceivedResponse &response, const QStringList &missing, HttpPeer peer)
    {
        const bool isTarget = peer == HttpPeer::Target;
        return {.kind = isTarget ? ErrorKind::Http : ErrorKind::OAuth,
                .message = isTarget ? say("The target answered %1: the token lacks %2.",
                                          StatusTroubleshooting::statusText(response), named(missing))
                                    : say("The token endpoint answered %1: the request lacks %2.",
                                          StatusTroubleshooting::statusText(response), named(missing)),
                .hint = missing.isEmpty()
                    ? say("Add the scopes that it asks for under Scopes; the authorization server has to allow them.")
                    : say("Add %1 under Scopes; the authorization server has to allow it, too.", named(missing)),
                .field = u"authentication_config.oauth.scopes"_s,
                .causes = {say("The webhook does not ask for the scope."),
                           say("The authorization server does not give this client the scope.")},
                .position = {}};
    }

private:
    static Sentence named(const QStringList &scopes)
    {
        if (scopes.isEmpty()) {
            return say("a scope (insufficient_scope)");
        }
        return scopes.size() == 1 ? say("the scope “%1”", scopes.first())
                                  : say("the scopes “%1”", scopes.join(u"”, “"_s));
    }
};

class ValidatorTroubleshooting
{
    static constexpr SentenceMaker say{"Tocsin::ValidatorTroubleshooting"};
    static constexpr CountedSentenceMaker sayCounted{"Tocsin::ValidatorTroubleshooting"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ValidatorTroubleshooting)

public:
    static InvocationError explain(const ValidatorResult &result, qsizetype index, const QString &custom)
    {
        return {.kind = ErrorKind::Validator,
                .message = custom.isEmpty() ? result.message : Sentence(custom),
                .hint = custom.isEmpty() ? say("Compare the response with the validator's expected values.")
                                         : result.message,
                .field = "response_validators["_L1 % QString::number(index) % ']'_L1,
                .causes = {say("The target took the request but reports a failure in its response."),
                           say("The response has another shape than the Json Path expects."),
                           say("An accepted value is missing in the expected values.")},
                .position = {}};
    }

    static Sentence success(const ReceivedResponse &response, qsizetype validators)
    {
        const auto status = StatusTroubleshooting::statusText(response);
        return validators == 0 ? say("The target answered %1.", status)
                               : sayCounted("The target answered %1, and %n response validator(s) passed.",
                                            static_cast<int>(validators), status);
    }
};

} // namespace

InvocationError explainFailure(const HttpFailure &failure, const HttpUrl &url, std::chrono::milliseconds timeout,
                               const QString &proxy, HttpPeer peer)
{
    const auto field =
        peer == HttpPeer::Target ? u"type.http_request.url"_s : u"authentication_config.oauth.token_endpoint_url"_s;
    return Troubleshooting{.failure = failure,
                           .url = url,
                           .timeout = timeout,
                           .proxy = proxy,
                           .urlField = field,
                           .isTokenEndpoint = peer == HttpPeer::TokenEndpoint}
        .explain();
}

InvocationError explainStatus(const ReceivedResponse &response, const Webhook &webhook)
{
    if (webhook.oauth) {
        if (auto error = explainScopes(response, webhook.oauth->scopes)) {
            return *error;
        }
    }
    return StatusTroubleshooting::explain(response, webhook.oauth.has_value());
}

std::optional<InvocationError> explainScopes(const ReceivedResponse &response, const QStringList &asked, HttpPeer peer)
{
    const auto missing = missingScopes(response, asked);
    return missing ? std::optional(ScopeTroubleshooting::explain(response, *missing, peer)) : std::nullopt;
}

InvocationError explainValidator(const ValidatorResult &result, qsizetype index, const QString &custom)
{
    return ValidatorTroubleshooting::explain(result, index, custom);
}

Sentence explainSuccess(const ReceivedResponse &response, qsizetype validators)
{
    return ValidatorTroubleshooting::success(response, validators);
}

} // namespace Tocsin
