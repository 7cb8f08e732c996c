// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"
#include "json.h"
#include "webhook.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

class QNetworkAccessManager;

namespace Tocsin {

/// How far an invocation goes. What is less than the request ends without a response and without a reason, unless it
/// failed.
enum class InvocationExtent {
    Request, ///< it is sent, and the answer judged
    Connection, ///< a connection of its own to the target, as far as TLS; no token, and nothing is sent
    Token, ///< a new token alone, whether or not there is one that serves
};

/// Everything one invocation needs. Secrets are resolved beforehand: `secrets` has a value for every key the webhook
/// refers to. Literal values in fields that should hold secrets are used as they are and redacted like secrets.
struct InvocationRequest
{
    Webhook webhook;
    Json event;
    QHash<QString, QString> secrets;
    QString messageId; ///< the `webhook-id`; empty: a Test's is made
    QSet<QString> secretHeaders{}; ///< lower case; redacted beside those that looksSecret()
    /// The places in URL and body template that are not redacted though they look secret (SecretPlace::what); unset:
    /// as Dispatcher::setKeptAsText() says.
    std::optional<QSet<QString>> keptAsText{};
    Timeline timeline{}; ///< from the press of Test, or when a delivery was begun, with what was done since
    bool wantsFreshConnection = false; ///< rather than one that was kept alive
    int attempt = 1; ///< of the delivery, counted from 1; one that is repeated at once keeps its number
    bool isDelivery = false; ///< one of many, which spares a token endpoint that has just refused; a Test asks anyway
    InvocationExtent extent = InvocationExtent::Request;
    bool tellsPhases = true; ///< whether phaseChanged() is wanted: it costs a wake-up of the caller's thread each time
};

/// An invocation under way, on the caller's thread. Ends in exactly one finished(), whatever happens, and deletes
/// itself afterwards.
class InvocationJob : public QObject
{
    Q_OBJECT

public:
    using Phase = InvocationPhase;

    using QObject::QObject;
    virtual void cancel() = 0; ///< ends in ErrorKind::Cancelled at once

Q_SIGNALS:
    void waitingForKeychain(); ///< a secret is needed, and the keychain asks its owner
    void phaseChanged(Tocsin::InvocationPhase phase);
    void finished(const Tocsin::Invocation &invocation);
};

/// The one choke point for every outgoing request. Owns a few network threads, of which each webhook has one; make it
/// and use it on one thread (the window's). Each thread has one QNetworkAccessManager, by which everything goes out:
/// one send per attempt, no redirects, no cookies, no stored authentication. Destroying it cancels what is under way.
class Dispatcher : public QObject
{
    Q_OBJECT

public:
    /// Makes the manager of a thread, on that thread.
    using NetworkFactory = std::function<std::unique_ptr<QNetworkAccessManager>()>;

    explicit Dispatcher(QObject *parent = nullptr, int threads = usualThreads());
    Dispatcher(QObject *parent, int threads, const NetworkFactory &makeNetwork);
    ~Dispatcher() override;

    InvocationJob *invoke(InvocationRequest request);

    /// Whether link-local addresses and the metadata services of clouds may be sent to. Not at first; counts for what
    /// is invoked afterwards.
    void setLinkLocalAllowed(bool isAllowed);

    /// By a webhook's id, see InvocationRequest::keptAsText; counts for what is invoked afterwards.
    void setKeptAsText(const QHash<QString, QSet<QString>> &places);

    static int usualThreads(); ///< for this machine's cores

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tocsin
