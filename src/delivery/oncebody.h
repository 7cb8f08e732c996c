// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace Tocsin {

/// A request's body that can be read once: because it cannot be reset, QNetworkAccessManager cannot send the request
/// again when the peer closes the connection without an answer. An empty one serves a GET.
class OnceBody : public QIODevice
{
    Q_OBJECT

public:
    explicit OnceBody(QByteArray body, QObject *parent = nullptr);

    bool isSequential() const override;
    bool reset() override; ///< always refuses
    bool atEnd() const override;
    qint64 bytesAvailable() const override;

protected:
    qint64 readData(char *data, qint64 maximumSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    const QByteArray m_body;
    qsizetype m_position = 0;
};

} // namespace Tocsin
