// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contentdecoder.h"
#include "httpterms.h"
#include "proxychoice.h"
#include "tlshandshake.h"

#include <QByteArray>

#include <curl/curl.h>

#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace Tocsin {

/// One request on libcurl's easy interface, sent once at most: what libcurl is told, what it calls back, and the record
/// of it. Nothing here tells anybody of it: libcurl must not be called from its own callbacks.
class CurlTransfer
{
public:
    struct Request
    {
        QByteArray method;
        QByteArray body;
        HttpTerms terms;
    };

    /// `onProgress` is called where there is something to tell, from within libcurl.
    CurlTransfer(Request request, std::function<void()> onProgress);
    ~CurlTransfer();
    CurlTransfer(const CurlTransfer &) = delete;
    CurlTransfer &operator=(const CurlTransfer &) = delete;

    /// Makes `easy`, which is as new, ready; false where the request cannot be sent, which the record says.
    bool prepare(CURL *easy);
    /// libcurl is done: fills in the rest of the record.
    void finish(CURL *easy, CURLcode result);
    /// libcurl is done with a connection that had ended before anything was sent: prepare() makes ready for a fresh
    /// one.
    bool wantsToBeginAnew() const { return m_hasStaleConnection && !m_wantsFreshConnection; }
    /// Nothing is to be sent, and the peer has yet to say what it thinks of the client's certificate, or of there being
    /// none: with TLS 1.3 it does so after the handshake (RFC 8446 §4.4.2.4), by an alert, or by whatever comes next.
    bool wantsToHear() const;
    /// The transfer was given up: the record ends here.
    void abandon();
    /// libcurl's turn is over: what was handed to it is on its way.
    void endTurn();

    const HttpRecord &record() const { return m_record; }
    const QByteArray &body() const { return m_decoder ? m_decoder->body() : m_noBody; }

private:
    void applyFields(CURL *easy);
    void applyBody(CURL *easy);
    void applyProxy(CURL *easy);
    void classify(CURL *easy, CURLcode result);
    void classifyProxy(CURL *easy);
    void fail(HttpFault fault, const Sentence &words = {});
    Sentence wordsFor(CURL *easy, CURLcode result) const;
    std::shared_ptr<TlsHandshake> currentHandshake() const;
    bool isStale() const;
    HttpFault faultOf(CURLcode result) const;

    size_t takeHeaderLine(QByteArrayView line);
    size_t takeBody(QByteArrayView data);
    size_t giveBody(char *buffer, size_t room);
    curl_socket_t openSocket(const curl_sockaddr &address);
    CURLcode beginTls(SSL_CTX *context);
    int aboutToSend(int localPort);

    const Request m_request;
    const std::function<void()> m_onProgress;
    HttpRecord m_record;
    ProxyChoice m_proxy;
    curl_slist *m_fieldList = nullptr;
    std::array<char, CURL_ERROR_SIZE> m_errorText{};
    CURL *m_easy = nullptr;
    std::optional<ContentDecoder> m_decoder;
    QByteArray m_noBody;
    qsizetype m_given = 0; ///< bytes of the body
    bool m_isGivenInPieces = false;
    QString m_refusedAddress; ///< nothing was sent to it, nor a connection made
    std::vector<curl_socket_t> m_sockets; ///< that were made for this transfer; some may be closed again
    int m_tlsLayers = 0; ///< on the connection that is being made
    bool m_isEnough = false; ///< no more of the answer is wanted
    bool m_isSecondSendRefused = false;
    bool m_hasStaleConnection = false;
    bool m_wantsFreshConnection = false;
    std::shared_ptr<TlsHandshake> m_handshake; ///< with the target
    std::shared_ptr<TlsHandshake> m_proxyHandshake;
};

} // namespace Tocsin
