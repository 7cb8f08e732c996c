// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httpurl.h"
#include "responsehead.h"
#include "tlsfacts.h"
#include "tlsidentity.h"

#include <QMetaType>
#include <QNetworkRequest>

#include <chrono>
#include <memory>
#include <optional>

namespace Tocsin {

/// What a request to CurlNetwork says beside QNetworkRequest's own words; in the attribute httpTermsAttribute.
struct HttpTerms
{
    HttpUrl url{}; ///< what goes out, byte for byte; the request's own URL only names it
    HttpFields fields{}; ///< all that are sent, in their order and spelling
    std::shared_ptr<const TlsIdentity> identity; ///< null: TlsIdentity::plain()
    std::chrono::milliseconds deadline{30000}; ///< from the hand-over to the last byte of the answer
    qsizetype maximumBody = 1024 * 1024; ///< of decoded bytes; what is beyond is cut
    bool allowsLinkLocal = false; ///< see isLinkLocalOrMetadata()
    bool wantsFreshConnection = false;
    /// Nothing is sent: it ends with the handshake on a connection of its own, which is closed. What the peer showed is
    /// not what an earlier session remembers, and TlsFacts::chain is then the one that was verified.
    bool connectsOnly = false;
};

/// Why there is no whole answer.
enum class HttpFault {
    None,
    Lookup, ///< the name was not found
    Connect,
    Tls,
    Timeout,
    Closed, ///< by the peer, before the answer was whole
    Protocol, ///< the answer breaks HTTP (RFC 9112) or its content coding
    Egress, ///< an address that nothing is sent to
    Unusable, ///< the request cannot be sent
};

/// How an exchange went; in the reply's attribute httpRecordAttribute once it has finished.
struct HttpRecord
{
    using Moment = std::optional<std::chrono::steady_clock::time_point>;

    ResponseHead head; ///< without a status where none came
    bool isBodyCut = false;
    int timesSent = 0;
    bool isConnectionReused = false;
    std::optional<TlsFacts> tls;
    QString proxy; ///< "host:port"

    HttpFault fault = HttpFault::None;
    bool isProxyFault = false; ///< the proxy failed, not the target
    int proxyStatus = 0; ///< what the proxy answered to CONNECT, where that was not 2xx
    Sentence faultWords; ///< for a sentence: "Connection refused", "its header is larger than 256 KiB"; may be empty
    QString faultDetail; ///< in libcurl's and OpenSSL's words; may be empty

    // What began when; absent where it did not.
    Moment lookup;
    Moment connect;
    Moment tlsBegun;
    Moment send; ///< the connection was there
    Moment wait; ///< the last byte of the request was taken
    Moment receive; ///< the first line of an answer came
    std::chrono::steady_clock::time_point begin;
    std::chrono::steady_clock::time_point end;
};

inline constexpr auto httpTermsAttribute = QNetworkRequest::Attribute(QNetworkRequest::User + 1);
inline constexpr auto httpRecordAttribute = QNetworkRequest::Attribute(QNetworkRequest::User + 2);

} // namespace Tocsin

Q_DECLARE_METATYPE(Tocsin::HttpTerms)
Q_DECLARE_METATYPE(std::shared_ptr<const Tocsin::HttpRecord>)
