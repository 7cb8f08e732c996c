// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "receiver.h"

#include <QAbstractTableModel>

namespace Tocsin {

class Preferences;

/// The local receiver as the window keeps it: running or not, how it answers, and a row for each request that arrived,
/// newest first.
class LocalReceiver : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Method, Path, Size, Answered, ColumnCount };
    static constexpr int requestsKept = 500;

    /// Its port and authority are kept in the profile, so that the webhooks made for it find it again.
    LocalReceiver(const QString &profile, Preferences &preferences, QObject *parent = nullptr);

    Result<void> start();
    void stop(); ///< by a person: startFor() leaves it so, until it was started again
    /// Whether the webhook sends to this receiver.
    bool isTargetOf(const Webhook &webhook) const;
    /// Starts it where one of the webhooks sends to it, unless somebody stopped it.
    Result<void> startFor(const QList<Webhook> &webhooks);
    bool isRunning() const;
    int port() const; ///< where it listens, or did last; 0: it never did
    QString url() const; ///< empty while it does not run
    QByteArray certificateAuthority() const { return m_receiver.certificateAuthority(); }

    /// Its body has to be JSON; the error says where it is not, and only the rest then counts.
    Result<void> setAnswer(const ReceiverAnswer &answer);
    const ReceiverAnswer &answer() const { return m_answer; }
    /// One that runs begins again, at the same place.
    Result<void> setCertificate(ReceiverCertificate certificate);
    ReceiverCertificate certificate() const { return m_certificate; }

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
    void moved(int port); ///< the port that webhooks know was taken by another program

private:
    Result<void> listen(quint16 port);
    void add(const ReceivedRequest &request);

    const QString m_authorityFile;
    Preferences &m_preferences;
    Receiver m_receiver;
    QList<ReceivedRequest> m_requests;
    bool m_isStopped = false;
    ReceiverAnswer m_answer{.body = R"({"ok": true})"};
    ReceiverCertificate m_certificate = ReceiverCertificate::Right;
};

} // namespace Tocsin
