// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "integrationsmodel.h"

#include "format.h"
#include "humantime.h"
#include "integrationwords.h"
#include "mutetext.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

IntegrationsModel::IntegrationsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_clock.setInterval(std::chrono::seconds(30));
    connect(&m_clock, &QTimer::timeout, this, [this] { columnsChanged(Since, LastEvent); });
    m_clock.start();
}

void IntegrationsModel::setIntegrations(const QList<IntegrationState> &integrations)
{
    QHash<QString, const IntegrationState *> incoming;
    for (const auto &integration : integrations) {
        incoming.insert(integration.id, &integration);
    }
    for (int row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
        if (!incoming.contains(m_rows.at(row).id)) {
            beginRemoveRows({}, row, row);
            m_rows.removeAt(row);
            endRemoveRows();
        }
    }
    for (int row = 0; row < m_rows.size(); ++row) {
        const IntegrationState *now = incoming.take(m_rows.at(row).id);
        if (m_rows.at(row) != *now) {
            m_rows[row] = *now;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
    QList<IntegrationState> added;
    std::copy_if(integrations.begin(), integrations.end(), std::back_inserter(added),
                 [&](const IntegrationState &integration) { return incoming.contains(integration.id); });
    if (!added.isEmpty()) {
        const int first = static_cast<int>(m_rows.size());
        beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
        m_rows.append(added);
        endInsertRows();
    }
}

void IntegrationsModel::setWebhooks(const QList<Webhook> &webhooks)
{
    if (m_webhooks != webhooks) {
        m_webhooks = webhooks;
        columnsChanged(Fires, Fires);
    }
}

const IntegrationState *IntegrationsModel::at(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows.at(row) : nullptr;
}

QModelIndex IntegrationsModel::indexOf(const QString &id, Column column) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const IntegrationState &row) { return row.id == id; });
    return found == m_rows.end() ? QModelIndex()
                                 : index(static_cast<int>(std::distance(m_rows.begin(), found)), column);
}

int IntegrationsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int IntegrationsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant IntegrationsModel::data(const QModelIndex &index, int role) const
{
    const IntegrationState *row = index.isValid() ? at(index.row()) : nullptr;
    if (!row) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return display(*row, index.column());
    case Qt::DecorationRole:
        if (index.column() == Fires && row->mute) {
            return icon(Symbol::Mute, ColorRole::Warning);
        }
        return index.column() == Status ? QVariant(iconOf(row->status)) : QVariant();
    case Qt::ToolTipRole:
        return toolTip(*row, index.column());
    case IdRole:
        return row->id;
    case SortRole:
        return sortKey(*row, index.column());
    case SearchRole:
        return QStringList{row->name,
                           row->id,
                           row->type,
                           statusInWords(row->status),
                           issuesInWords(row->issues).join(u'\n'),
                           row->mute ? muteInWords(*row->mute) : QString()}
            .join(u'\n');
    default:
        return {};
    }
}

QString IntegrationsModel::display(const IntegrationState &row, int column) const
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QStringList issues = column == Issues ? issuesInWords(row.issues) : QStringList();
    switch (column) {
    case Name:
        return row.name;
    case Status:
        return statusInWords(row.status);
    case Since:
        return row.since ? relativeTime(*row.since, now) : QString();
    case Type:
        return row.type;
    case Id:
        return row.id;
    case LastEvent:
        return row.lastEventAt ? relativeTime(*row.lastEventAt, now) : QString();
    case Issues:
        return issues.size() < 2
            ? issues.value(0)
            : tr("%1 (and %n more)", nullptr, static_cast<int>(issues.size()) - 1).arg(issues.constFirst());
    case Fires:
        return firing(row);
    default:
        return {};
    }
}

QString IntegrationsModel::firing(const IntegrationState &row) const
{
    return row.mute ? muteInWords(*row.mute) : fired(row);
}

QString IntegrationsModel::fired(const IntegrationState &row) const
{
    const QLocale locale;
    const int warning = firedBy(m_webhooks, row.id, row.type, IntegrationStatus::Warning);
    const int error = firedBy(m_webhooks, row.id, row.type, IntegrationStatus::Error);
    return warning == error ? tr("%n webhook(s)", nullptr, error)
                            : tr("Warning %1, Error %2").arg(locale.toString(warning), locale.toString(error));
}

QString IntegrationsModel::toolTip(const IntegrationState &row, int column) const
{
    switch (column) {
    case Since:
        return row.since ? formatExactMoment(*row.since) : QString();
    case LastEvent:
        return row.lastEventAt ? formatExactMoment(*row.lastEventAt) : QString();
    case Issues:
        return issuesToShow(row.issues);
    case Fires:
        return row.mute ? QString(muteInWords(*row.mute) % u'\n' % tr("Would fire: %1").arg(fired(row)))
                        : tr("How many webhooks fire when this integration turns Warning or Error");
    default:
        return display(row, column);
    }
}

QVariant IntegrationsModel::sortKey(const IntegrationState &row, int column) const
{
    switch (column) {
    case Status: { // what is worst first
        static const QList order{IntegrationStatus::Error,        IntegrationStatus::Warning,
                                 IntegrationStatus::Initializing, IntegrationStatus::Refreshing,
                                 IntegrationStatus::Active,       IntegrationStatus::Disabled};
        return row.status ? static_cast<int>(order.indexOf(*row.status)) : static_cast<int>(order.size());
    }
    case Since:
        return row.since.value_or(QDateTime());
    case LastEvent:
        return row.lastEventAt.value_or(QDateTime());
    case Fires:
        return firedBy(m_webhooks, row.id, row.type, IntegrationStatus::Warning)
            + firedBy(m_webhooks, row.id, row.type, IntegrationStatus::Error);
    default:
        return display(row, column);
    }
}

QVariant IntegrationsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Name");
    case Status:
        return tr("Status");
    case Since:
        return tr("Since");
    case Type:
        return tr("Type");
    case Id:
        return tr("ID");
    case LastEvent:
        return tr("Last event");
    case Issues:
        return tr("Issues");
    case Fires:
        return tr("Would fire");
    default:
        return {};
    }
}

void IntegrationsModel::columnsChanged(Column first, Column last)
{
    if (!m_rows.isEmpty()) {
        Q_EMIT dataChanged(index(0, first), index(static_cast<int>(m_rows.size()) - 1, last));
    }
}

} // namespace Tocsin

#include "moc_integrationsmodel.cpp"
