// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httpterms.h"

#include <QNetworkAccessManager>
#include <QTimer>

#include <memory>
#include <vector>

namespace Tocsin {

class CurlMulti;

/// A QNetworkAccessManager whose requests go over libcurl: byte for byte as they are written, once, over a connection
/// that is alive, to a peer that is the one meant. Requests say more in httpTermsAttribute, replies in
/// httpRecordAttribute. Keeps connections alive for each TLS identity apart, two minutes at most without a request.
/// Redirects, cookies, authentication and caches are not its matter. One thread; several may each have their own.
class CurlNetwork : public QNetworkAccessManager
{
    Q_OBJECT

public:
    explicit CurlNetwork(QObject *parent = nullptr);
    ~CurlNetwork() override;

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body) override;

private:
    /// It may be the one that is at work: who hears of an answer may send the next request.
    struct DeletedLater
    {
        void operator()(CurlMulti *multi) const;
    };
    using MultiPointer = std::unique_ptr<CurlMulti, DeletedLater>;
    struct Connections
    {
        std::shared_ptr<const TlsIdentity> identity;
        MultiPointer multi;
        quint64 lastUse = 0;
    };

    CurlMulti *multiFor(const std::shared_ptr<const TlsIdentity> &identity);
    void dropIdle();
    void dropUnused();

    std::vector<Connections> m_connections;
    std::vector<MultiPointer> m_outdated; ///< what is under way there may end
    QTimer m_unused;
    quint64 m_uses = 0;
    quint64 m_usesBefore = 0; ///< when was looked last
};

} // namespace Tocsin
