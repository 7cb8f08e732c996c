// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "receiver.h"

#include <QAbstractTableModel>

namespace Tocsin {

/// The local receiver as the window keeps it: running or not, how it answers, and a row for each request that arrived,
/// newest first.
class LocalReceiver : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Method, Path, Size, Answered, ColumnCount };
    static constexpr int requestsKept = 500;

    explicit LocalReceiver(QObject *parent = nullptr);

    Result<void> start();
    void stop();
    bool isRunning() const;
    QString url() const; ///< empty while it does not run
    QByteArray certificateAuthority() const { return m_receiver.certificateAuthority(); }

    /// `body` has to be JSON; the error says where it is not.
    Result<void> setAnswer(int status, const QString &body);
    int answerStatus() const { return m_status; }
    QString answerBody() const { return m_body; }

    /// A webhook that sends the documented example to this receiver; runs it first where it does not run.
    Result<Webhook> sampleWebhook();

    const ReceivedRequest *at(int row) const;
    void clear();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void runningChanged();
    void arrived();

private:
    void add(const ReceivedRequest &request);

    Receiver m_receiver;
    QList<ReceivedRequest> m_requests;
    int m_status = 200;
    QString m_body;
};

} // namespace Tocsin
