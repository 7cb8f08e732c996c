// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhooksmodel.h"

#include "activitystrip.h"
#include "deliverytext.h"
#include "filtersentence.h"
#include "format.h"
#include "humantime.h"
#include "icons.h"
#include "mutetext.h"
#include "webhookwords.h"

#include <algorithm>
#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

QDateTime momentOf(const Delivery &delivery)
{
    return delivery.finishedAt.value_or(delivery.createdAt);
}

} // namespace

WebhooksModel::WebhooksModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_clock.setInterval(std::chrono::seconds(30));
    connect(&m_clock, &QTimer::timeout, this, [this] { columnsChanged(When, Hours); });
    m_clock.start();
}

void WebhooksModel::setWebhooks(const QList<StoredWebhook> &webhooks)
{
    QHash<QString, const StoredWebhook *> incoming;
    for (const auto &webhook : webhooks) {
        incoming.insert(webhook.webhook.id, &webhook);
    }
    for (int row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
        if (!incoming.contains(m_rows.at(row).webhook.id)) {
            beginRemoveRows({}, row, row);
            m_rows.removeAt(row);
            endRemoveRows();
        }
    }
    for (int row = 0; row < m_rows.size(); ++row) {
        const StoredWebhook *now = incoming.take(m_rows.at(row).webhook.id);
        if (m_rows.at(row) != *now) {
            m_rows[row] = *now;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
    QList<StoredWebhook> added;
    std::copy_if(webhooks.begin(), webhooks.end(), std::back_inserter(added),
                 [&](const StoredWebhook &webhook) { return incoming.contains(webhook.webhook.id); });
    if (!added.isEmpty()) {
        const int first = static_cast<int>(m_rows.size());
        beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
        m_rows.append(added);
        endInsertRows();
    }
}

void WebhooksModel::setKnown(const QList<KnownIntegration> &known)
{
    if (m_known != known) {
        m_known = known;
        columnsChanged(Fires, Fires);
    }
}

void WebhooksModel::setActivity(const QHash<QString, WebhookActivity> &activity)
{
    if (m_activity != activity) {
        m_activity = activity;
        columnsChanged(LastDelivery, Hours);
    }
}

void WebhooksModel::setChecks(const QHash<QString, WebhookCheckResult> &checks)
{
    if (m_checks != checks) {
        m_checks = checks;
        columnsChanged(Name, Name);
    }
}

void WebhooksModel::setMutes(const QList<Mute> &mutes)
{
    QHash<QString, Mute> muted;
    for (const auto &mute : mutes) {
        if (mute.subject.kind == MuteSubject::Kind::Webhook) {
            muted.insert(mute.subject.id, mute);
        }
    }
    if (m_mutes != muted) {
        m_mutes = muted;
        columnsChanged(Status, Fires);
    }
}

void WebhooksModel::setTesting(const QString &id, bool testing)
{
    if (testing) {
        m_testing.insert(id);
    } else {
        m_testing.remove(id);
    }
    const QModelIndex changed = indexOf(id, LastResult);
    if (changed.isValid()) {
        Q_EMIT dataChanged(changed, changed);
    }
}

const StoredWebhook *WebhooksModel::at(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows.at(row) : nullptr;
}

const StoredWebhook *WebhooksModel::find(const QString &id) const
{
    return at(indexOf(id).row());
}

QModelIndex WebhooksModel::indexOf(const QString &id, Column column) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const StoredWebhook &row) { return row.webhook.id == id; });
    return found == m_rows.end() ? QModelIndex()
                                 : index(static_cast<int>(std::distance(m_rows.begin(), found)), column);
}

int WebhooksModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int WebhooksModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant WebhooksModel::data(const QModelIndex &index, int role) const
{
    const StoredWebhook *row = index.isValid() ? at(index.row()) : nullptr;
    if (!row) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return display(*row, index.column());
    case Qt::EditRole:
        return index.column() == Name ? m_typedNames.value(row->webhook.id, row->webhook.name)
                                      : display(*row, index.column());
    case Qt::DecorationRole:
        return decoration(*row, index.column());
    case Qt::ToolTipRole:
        return toolTip(*row, index.column());
    case Qt::AccessibleTextRole:
        if (index.column() == Hours) {
            return toolTip(*row, Hours);
        }
        if (index.column() == LastDelivery) {
            return deliveryInWords(*row);
        }
        if (index.column() == Name) {
            return nameInWords(*row);
        }
        return index.column() == Status ? QVariant(activityInWords(row->webhook.active, muteOf(*row)))
                                        : display(*row, index.column());
    case IdRole:
        return row->webhook.id;
    case ActiveRole:
        return row->webhook.active;
    case SortRole:
        return sortKey(*row, index.column());
    case SearchRole:
        return QStringList{row->webhook.name, toString(row->webhook.method), hostInWords(row->webhook.url),
                           firingCondition(row->webhook.filters, m_known),
                           activityInWords(row->webhook.active, muteOf(*row))}
            .join(u'\n');
    case VerdictRole:
        return row->lastInvocation ? QVariant(static_cast<int>(row->lastInvocation->verdict)) : QVariant();
    case StripRole:
        return index.column() == Hours && m_activity ? QVariant::fromValue(strip(*row)) : QVariant();
    default:
        return {};
    }
}

QVariant WebhooksModel::display(const StoredWebhook &row, int column) const
{
    switch (column) {
    case Name:
        return row.webhook.name;
    case Method:
        return toString(row.webhook.method);
    case Host:
        return hostInWords(row.webhook.url);
    case Fires:
        return firingInWords(row);
    case LastResult:
        if (m_testing.contains(row.webhook.id)) {
            return tr("Testing…");
        }
        return row.lastInvocation ? resultInWords(*row.lastInvocation) : tr("Not tested yet");
    case When:
        return row.lastInvocation ? relativeTime(row.lastInvocation->startedAt, QDateTime::currentDateTimeUtc())
                                  : QString();
    case LastDelivery:
        if (const auto delivery = lastDelivery(row)) {
            return relativeTime(momentOf(*delivery), QDateTime::currentDateTimeUtc());
        }
        return m_activity ? tr("None yet") : QString();
    default:
        return {};
    }
}

std::optional<Delivery> WebhooksModel::lastDelivery(const StoredWebhook &row) const
{
    return m_activity ? m_activity->value(row.webhook.id).last : std::nullopt;
}

QString WebhooksModel::deliveryInWords(const StoredWebhook &row) const
{
    const auto delivery = lastDelivery(row);
    const QString when = display(row, LastDelivery).toString();
    return delivery ? tr("%1, %2", "a delivery's state, and when").arg(stateInWords(*delivery), when) : when;
}

const WebhookCheckResult *WebhooksModel::finding(const StoredWebhook &row) const
{
    const auto found = m_checks.constFind(row.webhook.id);
    const bool counts = found != m_checks.constEnd() && found->version == row.version;
    return counts && found->state() != CheckState::Ok ? &*found : nullptr;
}

std::optional<Mute> WebhooksModel::muteOf(const StoredWebhook &row) const
{
    const auto found = m_mutes.constFind(row.webhook.id);
    return found == m_mutes.constEnd() ? std::nullopt : std::optional(*found);
}

QString WebhooksModel::firingInWords(const StoredWebhook &row) const
{
    const QString condition = firingCondition(row.webhook.filters, m_known);
    const auto mute = muteOf(row);
    return mute ? QString(muteInWords(*mute) % u" · "_s % condition) : condition;
}

QString WebhooksModel::nameInWords(const StoredWebhook &row) const
{
    const auto *found = finding(row);
    return found ? tr("%1, %2", "a webhook, and what its check found").arg(row.webhook.name, findingsInWords(*found))
                 : row.webhook.name;
}

ActivityStrip WebhooksModel::strip(const StoredWebhook &row) const
{
    return m_activity ? ActivityStrip(m_activity->value(row.webhook.id).spans, QDateTime::currentDateTimeUtc())
                      : ActivityStrip();
}

QVariant WebhooksModel::decoration(const StoredWebhook &row, int column) const
{
    if (column == Status) {
        if (row.webhook.active && muteOf(row)) {
            return icon(Symbol::Mute, ColorRole::Warning);
        }
        return row.webhook.active ? icon(Symbol::Active, ColorRole::Success)
                                  : icon(Symbol::Inactive, ColorRole::Inactive);
    }
    if (column == Name) {
        const auto *found = finding(row);
        return found ? QVariant(icon(found->state() == CheckState::Failed ? ColorRole::Error : ColorRole::Warning))
                     : QVariant();
    }
    if (column == LastDelivery) {
        const auto delivery = lastDelivery(row);
        return delivery ? QVariant(icon(symbolOf(delivery->state), roleOf(delivery->state))) : QVariant();
    }
    if (column == LastResult) {
        if (m_testing.contains(row.webhook.id)) {
            return icon(Symbol::Clock);
        }
        if (row.lastInvocation) {
            return icon(row.lastInvocation->verdict == Verdict::Successful ? ColorRole::Success : ColorRole::Error);
        }
    }
    return {};
}

QVariant WebhooksModel::toolTip(const StoredWebhook &row, int column) const
{
    switch (column) {
    case Status:
        return activityInWords(row.webhook.active, muteOf(row));
    case Name: {
        QStringList lines{row.webhook.name};
        if (const auto mute = muteOf(row)) {
            lines.append(muteInWords(*mute));
        }
        if (const auto *found = finding(row)) {
            lines.append(findingsInWords(*found));
        }
        return lines.join(u'\n');
    }
    case LastResult:
        return row.lastInvocation ? QVariant(row.lastInvocation->reason) : QVariant();
    case When:
        return row.lastInvocation ? QVariant(tr("%1, in %2")
                                                 .arg(formatExactMoment(row.lastInvocation->startedAt),
                                                      formatDuration(row.lastInvocation->total)))
                                  : QVariant();
    case LastDelivery:
        if (const auto delivery = lastDelivery(row)) {
            const QString told = tr("%1, %2", "a delivery's state, and when")
                                     .arg(stateInWords(*delivery), formatExactMoment(momentOf(*delivery)));
            return delivery->lastReason.isEmpty() ? told : told + u'\n' + delivery->lastReason.text();
        }
        return {};
    case Hours:
        return m_activity ? QVariant(strip(row).inWords()) : QVariant();
    default:
        return display(row, column);
    }
}

QVariant WebhooksModel::sortKey(const StoredWebhook &row, int column) const
{
    switch (column) {
    case Status:
        return row.webhook.active ? (muteOf(row) ? 1 : 0) : 2;
    case Fires:
        return firingCondition(row.webhook.filters, m_known);
    case LastResult:
        return row.lastInvocation ? static_cast<int>(row.lastInvocation->verdict) : -1;
    case When:
        return row.lastInvocation ? row.lastInvocation->startedAt : QDateTime();
    case LastDelivery:
        if (const auto delivery = lastDelivery(row)) {
            return momentOf(*delivery);
        }
        return QDateTime();
    case Hours: {
        const auto counted = strip(row); // by what died, then what failed, then how much there was
        return u"%1 %2 %3"_s.arg(counted.dead).arg(counted.failed).arg(counted.delivered);
    }
    default:
        return display(row, column);
    }
}

QVariant WebhooksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) {
        switch (section) {
        case Status:
            return role == Qt::AccessibleTextRole ? tr("Status") : QString();
        case Name:
            return tr("Name");
        case Method:
            return tr("Method");
        case Host:
            return tr("Host");
        case Fires:
            return tr("Fires when");
        case LastResult:
            return tr("Last result");
        case When:
            return tr("When");
        case LastDelivery:
            return tr("Last delivery");
        case Hours:
            return tr("24 hours");
        default:
            break;
        }
    }
    if (role == Qt::ToolTipRole && section == Status) {
        return tr("Status");
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    }
    return {};
}

Qt::ItemFlags WebhooksModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == Name ? flags | Qt::ItemIsEditable : flags;
}

bool WebhooksModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const StoredWebhook *row = at(index.row());
    if (!row || role != Qt::EditRole || index.column() != Name) {
        return false;
    }
    const QString name = value.toString().trimmed();
    m_typedNames.remove(row->webhook.id);
    if (name != row->webhook.name) {
        Q_EMIT renameRequested(row->webhook.id, name);
    }
    return true;
}

void WebhooksModel::keepTyped(const QString &id, const QString &name)
{
    m_typedNames.insert(id, name);
}

void WebhooksModel::columnsChanged(Column first, Column last)
{
    if (!m_rows.isEmpty()) {
        Q_EMIT dataChanged(index(0, first), index(static_cast<int>(m_rows.size()) - 1, last));
    }
}

} // namespace Tocsin

#include "moc_webhooksmodel.cpp"
