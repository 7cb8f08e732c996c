// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "localreceiver.h"

#include "format.h"

#include <QLocale>

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

} // namespace

LocalReceiver::LocalReceiver(QObject *parent)
    : QAbstractTableModel(parent)
    , m_body(uR"({"ok": true})"_s)
{
    connect(&m_receiver, &Receiver::received, this, &LocalReceiver::add);
}

Result<void> LocalReceiver::start()
{
    if (isRunning()) {
        return {};
    }
    m_receiver.setAnswer(m_status, m_body.toUtf8());
    const auto started = m_receiver.listen();
    if (started) {
        Q_EMIT runningChanged();
    }
    return started;
}

void LocalReceiver::stop()
{
    if (isRunning()) {
        m_receiver.close();
        Q_EMIT runningChanged();
    }
}

bool LocalReceiver::isRunning() const
{
    return m_receiver.isListening();
}

QString LocalReceiver::url() const
{
    return isRunning() ? m_receiver.url().toString() : QString();
}

Result<void> LocalReceiver::setAnswer(int status, const QString &body)
{
    const QByteArray utf8 = body.toUtf8();
    if (const auto parsed = parseJson(utf8); !parsed) {
        return parsed.error();
    }
    m_status = status;
    m_body = body;
    m_receiver.setAnswer(status, utf8);
    return {};
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
        return QString::number(request->answeredWith);
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
