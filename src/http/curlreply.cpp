// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "curlreply.h"

#include "curlmulti.h"

#include <algorithm>
#include <cstring>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

QNetworkReply::NetworkError networkError(const HttpRecord &record)
{
    switch (record.fault) {
    case HttpFault::Lookup:
        return record.isProxyFault ? QNetworkReply::ProxyNotFoundError : QNetworkReply::HostNotFoundError;
    case HttpFault::Connect:
        return record.isProxyFault ? QNetworkReply::ProxyConnectionRefusedError : QNetworkReply::ConnectionRefusedError;
    case HttpFault::Tls:
        return QNetworkReply::SslHandshakeFailedError;
    case HttpFault::Timeout:
        return QNetworkReply::TimeoutError;
    case HttpFault::Closed:
        return QNetworkReply::RemoteHostClosedError;
    case HttpFault::Protocol:
        return QNetworkReply::ProtocolFailure;
    case HttpFault::Egress:
        return QNetworkReply::ContentAccessDenied;
    case HttpFault::Unusable:
        return QNetworkReply::ProtocolInvalidOperationError;
    case HttpFault::None:
        break;
    }
    return QNetworkReply::NoError;
}

} // namespace

CurlReply::CurlReply(QNetworkAccessManager::Operation operation, const QNetworkRequest &request,
                     CurlTransfer::Request wire, CurlMulti *multi, QObject *parent)
    : QNetworkReply(parent)
    , m_transfer(std::move(wire), [this] { m_multi->noteProgress(this); })
    , m_multi(multi)
{
    setOperation(operation);
    setRequest(request);
    setUrl(request.url());
    setOpenMode(QIODevice::ReadOnly | QIODevice::Unbuffered);
    if (!m_multi->add(this)) {
        m_hasEnded = true;
        QMetaObject::invokeMethod(this, &CurlReply::end, Qt::QueuedConnection);
    }
}

CurlReply::~CurlReply()
{
    if (m_multi) {
        m_multi->remove(this);
    }
}

void CurlReply::abort()
{
    if (isFinished()) {
        return;
    }
    if (m_multi) {
        m_multi->remove(this);
    }
    m_transfer.abandon();
    keepRecord();
    setError(OperationCanceledError, tr("The request was cancelled."));
    setFinished(true);
    Q_EMIT errorOccurred(OperationCanceledError);
    Q_EMIT finished();
}

qint64 CurlReply::bytesAvailable() const
{
    return m_transfer.body().size() - m_read + QNetworkReply::bytesAvailable();
}

qint64 CurlReply::readData(char *data, qint64 maximumSize)
{
    const auto &body = m_transfer.body();
    if (m_read == body.size()) {
        return isFinished() ? -1 : 0;
    }
    const auto size = std::min<qint64>(maximumSize, body.size() - m_read);
    std::memcpy(data, body.constData() + m_read, static_cast<size_t>(size));
    m_read += size;
    return size;
}

void CurlReply::tell()
{
    if (isFinished()) {
        return;
    }
    m_transfer.endTurn();
    const auto &record = m_transfer.record();
    const QPointer<CurlReply> self(this);
    const auto once = [this, &self](bool isSo, bool &isTold, void (QNetworkReply::*signal)()) {
        if (self && !isFinished() && isSo && !std::exchange(isTold, true)) {
            (this->*signal)();
        }
    };
    once(record.connect.has_value(), m_isConnectTold, &QNetworkReply::socketStartedConnecting);
    once(self && record.send && !record.isConnectionReused, m_isEncryptedTold, &QNetworkReply::encrypted);
    once(self && record.wait.has_value(), m_isSentTold, &QNetworkReply::requestSent);
    if (self && record.head.isComplete() && !m_isHeadTold) {
        takeHead();
        once(true, m_isHeadTold, &QNetworkReply::metaDataChanged);
    }
    if (self && !isFinished() && m_transfer.body().size() > m_told) {
        m_told = m_transfer.body().size();
        Q_EMIT readyRead();
    }
    if (self && m_hasEnded && !isFinished()) {
        end();
    }
}

void CurlReply::end()
{
    if (isFinished()) {
        return;
    }
    keepRecord();
    const auto &record = m_transfer.record();
    const auto error = networkError(record);
    if (error != NoError) {
        setError(error, record.faultWords.isEmpty() ? record.faultDetail : record.faultWords.text());
    }
    setFinished(true);
    if (error != NoError) {
        const QPointer<CurlReply> self(this);
        Q_EMIT errorOccurred(error);
        if (!self) {
            return;
        }
    }
    Q_EMIT finished();
}

void CurlReply::keepRecord()
{
    setAttribute(httpRecordAttribute, QVariant::fromValue(std::make_shared<const HttpRecord>(m_transfer.record())));
}

void CurlReply::takeHead()
{
    const auto &head = m_transfer.record().head;
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, head.status());
    setAttribute(QNetworkRequest::HttpReasonPhraseAttribute, head.reasonPhrase());
    setAttribute(QNetworkRequest::ConnectionEncryptedAttribute, true);
    for (const auto &[name, value] : head.fields()) {
        setRawHeader(name, hasRawHeader(name) ? rawHeader(name) + ", " + value : value);
    }
}

} // namespace Tocsin

#include "moc_curlreply.cpp"
