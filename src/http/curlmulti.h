// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "curltransfer.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <curl/curl.h>

#include <memory>
#include <unordered_map>
#include <vector>

class QSocketNotifier;

namespace Tocsin {

class CurlReply;

/// libcurl's multi interface, driven by this thread's event loop: the connections of one TLS identity, which are kept
/// alive, and their TLS sessions. Calls nobody from within libcurl.
class CurlMulti : public QObject
{
    Q_OBJECT

public:
    explicit CurlMulti(std::shared_ptr<const TrustedAuthorities> authorities, QObject *parent = nullptr);
    ~CurlMulti() override; ///< nothing may be under way any more

    /// Begins a transfer in the next turn of the event loop; false where it cannot be sent, which its record says.
    bool add(CurlReply *reply);
    /// Gives a transfer up, and its connection. Not from within libcurl.
    void remove(CurlReply *reply);
    /// There is something to tell of the reply once libcurl's turn is over.
    void noteProgress(CurlReply *reply);

    int underWay() const { return static_cast<int>(m_running.size()); }
    /// Whose authorities the connections were verified by.
    const std::shared_ptr<const TrustedAuthorities> &authorities() const { return m_authorities; }

private:
    struct Socket
    {
        std::unique_ptr<QSocketNotifier> reading;
        std::unique_ptr<QSocketNotifier> writing;
    };

    /// Of a connection that nothing is sent on: what its peer says next.
    struct Hearing
    {
        std::unique_ptr<QSocketNotifier> reading;
        std::unique_ptr<QTimer> end;
    };

    void watch(curl_socket_t socket, int what);
    void forget(curl_socket_t socket);
    void setTimer(long milliseconds);
    void act(curl_socket_t socket, int what);
    void tell();
    void hear(CurlReply *reply, CURL *easy);
    void endHearing(CurlReply *reply, CURLcode result);
    void end(CurlReply *reply, CURL *easy, CURLcode result);
    CURL *takeEasy();
    void giveBack(CURL *easy);

    CURLSH *m_share;
    CURLM *m_multi;
    std::shared_ptr<const TrustedAuthorities> m_authorities;
    std::vector<CURL *> m_idle;
    std::unordered_map<CurlReply *, CURL *> m_running;
    std::unordered_map<CurlReply *, Hearing> m_hearing; ///< among those that are running
    std::unordered_map<curl_socket_t, Socket> m_sockets;
    std::vector<QPointer<CurlReply>> m_progressed;
    QTimer m_timer;
    QTimer m_start; ///< what was added begins
};

} // namespace Tocsin
