// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "localreceiver.h"

#include "format.h"
#include "keptauthority.h"
#include "owntarget.h"
#include "preferences.h"

#include <QHostAddress>
#include <QLocale>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

const QString exampleBody = uR"({
  "event_type": "{{event_type}}",
  "event_time": "{{event_time}}",
  "data": {
    "id": "{{data.id}}",
    "name": "{{data.name}}",
    "type": "{{data.type}}",
    "status": "{{data.status}}",
    "issues": [
      { "status": "{{data.issues.status}}", "message": "{{data.issues.message}}" }
    ]
  }
}
)"_s;

/// 200 · 200, cut off · reset
QString answeredInWords(const ReceivedRequest &request)
{
    switch (request.manner) {
    case ReceiverAnswer::Manner::Reset:
        return LocalReceiver::tr("reset", "the connection, instead of an answer");
    case ReceiverAnswer::Manner::CutOff:
        return LocalReceiver::tr("%1, cut off", "an HTTP status").arg(request.answeredWith);
    case ReceiverAnswer::Manner::AtOnce:
    case ReceiverAnswer::Manner::Late:
    case ReceiverAnswer::Manner::Dripping:
        break;
    }
    return QString::number(request.answeredWith);
}

} // namespace

LocalReceiver::LocalReceiver(const QString &profile, Preferences &preferences, QObject *parent)
    : QAbstractTableModel(parent)
    , m_authorityFile(profile + u"/receiver.pem"_s)
    , m_preferences(preferences)
{
    connect(&m_receiver, &Receiver::received, this, &LocalReceiver::add);
}

Result<void> LocalReceiver::start()
{
    if (isRunning()) {
        return {};
    }
    m_receiver.setAnswer(m_answer);
    const quint16 port = m_preferences.receiverPort();
    auto started = listen(port);
    const bool isTaken = !started && port != 0;
    if (isTaken) {
        started = listen(0);
    }
    if (!started) {
        return started;
    }
    m_isStopped = false;
    m_preferences.setReceiverPort(static_cast<quint16>(m_receiver.url().port()));
    Q_EMIT runningChanged();
    if (isTaken) {
        Q_EMIT moved(port);
    }
    return {};
}

Result<void> LocalReceiver::listen(quint16 port)
{
    const auto authority = keptAuthority(m_authorityFile, tr("Tocsin local receiver"));
    return authority ? m_receiver.listen(QHostAddress::LocalHost, port, &*authority, m_certificate)
                     : Result<void>(authority.error());
}

bool LocalReceiver::isTargetOf(const Webhook &webhook) const
{
    return OwnTarget::isAt(webhook.url, port());
}

Result<void> LocalReceiver::startFor(const QList<Webhook> &webhooks)
{
    const bool isWanted = !isRunning() && !m_isStopped
        && std::any_of(webhooks.begin(), webhooks.end(),
                       [this](const Webhook &webhook) { return isTargetOf(webhook); });
    return isWanted ? start() : Result<void>();
}

void LocalReceiver::stop()
{
    m_isStopped = true;
    if (isRunning()) {
        m_receiver.close();
        Q_EMIT runningChanged();
    }
}

bool LocalReceiver::isRunning() const
{
    return m_receiver.isListening();
}

int LocalReceiver::port() const
{
    return m_preferences.receiverPort();
}

QString LocalReceiver::url() const
{
    return isRunning() ? m_receiver.url().toString() : QString();
}

Result<void> LocalReceiver::setAnswer(const ReceiverAnswer &answer)
{
    const auto parsed = parseJson(answer.body);
    const QByteArray body = parsed ? answer.body : m_answer.body;
    m_answer = answer;
    m_answer.body = body;
    m_receiver.setAnswer(m_answer);
    return parsed ? Result<void>() : Result<void>(parsed.error());
}

Result<void> LocalReceiver::setCertificate(ReceiverCertificate certificate)
{
    m_certificate = certificate;
    if (!isRunning()) {
        return {};
    }
    const auto port = static_cast<quint16>(m_receiver.url().port());
    m_receiver.close();
    auto started = listen(port);
    if (!started) {
        Q_EMIT runningChanged();
    }
    return started;
}

Result<Webhook> LocalReceiver::sampleWebhook()
{
    if (const auto started = start(); !started) {
        return started.error();
    }
    Webhook webhook;
    webhook.name = tr("Local receiver", "a webhook's name: only A to Z, digits, spaces, - and _");
    webhook.url = url();
    webhook.caCertificates = QString::fromUtf8(certificateAuthority());
    webhook.bodyTemplate = exampleBody;
    return webhook;
}

const ReceivedRequest *LocalReceiver::at(int row) const
{
    return row >= 0 && row < m_requests.size() ? &m_requests.at(row) : nullptr;
}

void LocalReceiver::clear()
{
    beginResetModel();
    m_requests.clear();
    endResetModel();
}

void LocalReceiver::add(const ReceivedRequest &request)
{
    if (m_requests.size() == requestsKept) {
        beginRemoveRows({}, requestsKept - 1, requestsKept - 1);
        m_requests.removeLast();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_requests.prepend(request);
    endInsertRows();
    Q_EMIT arrived();
}

int LocalReceiver::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_requests.size());
}

int LocalReceiver::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LocalReceiver::data(const QModelIndex &index, int role) const
{
    const ReceivedRequest *request = index.isValid() ? at(index.row()) : nullptr;
    if (!request) {
        return {};
    }
    if (role == Qt::TextAlignmentRole && (index.column() == Size || index.column() == Answered)) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && index.column() == Time) {
        return formatExactMoment(request->at);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    switch (index.column()) {
    case Time:
        return QLocale().toString(request->at.toLocalTime().time(), u"HH:mm:ss"_s);
    case Method:
        return request->method;
    case Path:
        return request->target;
    case Size:
        return formatSize(request->body.size());
    case Answered:
        return answeredInWords(*request);
    default:
        return {};
    }
}

QVariant LocalReceiver::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant((section == Size || section == Answered ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Time:
        return tr("Time");
    case Method:
        return tr("Method");
    case Path:
        return tr("Path");
    case Size:
        return tr("Size");
    case Answered:
        return tr("Answered");
    default:
        return {};
    }
}

} // namespace Tocsin

#include "moc_localreceiver.cpp"
