// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "curltransfer.h"

#include <QNetworkReply>
#include <QPointer>

namespace Tocsin {

class CurlMulti;

/// The answer to a request of CurlNetwork. Tells of what happens as QNetworkReply does (socketStartedConnecting,
/// encrypted, requestSent, metaDataChanged, readyRead, finished), and has all that libcurl knows in httpRecordAttribute
/// in the end.
class CurlReply : public QNetworkReply
{
    Q_OBJECT

public:
    CurlReply(QNetworkAccessManager::Operation operation, const QNetworkRequest &request, CurlTransfer::Request wire,
              CurlMulti *multi, QObject *parent);
    ~CurlReply() override;

    void abort() override;
    qint64 bytesAvailable() const override;
    bool isSequential() const override { return true; }

    CurlTransfer &transfer() { return m_transfer; }
    void setEnded() { m_hasEnded = true; } ///< its record is complete
    void tell(); ///< emits what there is to be told; may be destroyed meanwhile

protected:
    qint64 readData(char *data, qint64 maximumSize) override;

private:
    void end();
    void takeHead();
    void keepRecord();

    CurlTransfer m_transfer;
    QPointer<CurlMulti> m_multi;
    qsizetype m_read = 0; ///< bytes of the body
    qsizetype m_told = 0; ///< the same
    bool m_hasEnded = false;
    bool m_isConnectTold = false;
    bool m_isEncryptedTold = false;
    bool m_isSentTold = false;
    bool m_isHeadTold = false;
};

} // namespace Tocsin
