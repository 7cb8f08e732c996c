// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliveriesmodel.h"

#include "deliverytext.h"
#include "fonts.h"
#include "format.h"

#include <QGuiApplication>

#include <algorithm>
#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

DeliveriesModel::DeliveriesModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_today(QDate::currentDate())
{
    m_clock.setInterval(std::chrono::seconds(30));
    connect(&m_clock, &QTimer::timeout, this, &DeliveriesModel::followDay);
    m_clock.start();
}

void DeliveriesModel::show(const QList<Delivery> &newest, bool isAll)
{
    m_isAll = isAll;
    m_isAsking = false;
    replaceRows(0, static_cast<int>(m_rows.size()), newest);
}

bool DeliveriesModel::mergeNewest(const QList<Delivery> &newest, bool isAll)
{
    if (isAll || newest.isEmpty() || m_rows.isEmpty()) {
        show(newest, isAll || newest.isEmpty());
        return true;
    }
    const qint64 oldest = newest.constLast().id.toLongLong();
    if (oldest > m_rows.constFirst().number) {
        return false;
    }
    replaceRows(0, rowFrom(oldest - 1), newest);
    return true;
}

void DeliveriesModel::append(const QList<Delivery> &older, bool isAll)
{
    m_isAll = isAll;
    m_isAsking = false;
    replaceRows(static_cast<int>(m_rows.size()), static_cast<int>(m_rows.size()), older);
}

void DeliveriesModel::mergeFrom(const QString &id, const QList<Delivery> &deliveries, bool isAll)
{
    const int first = rowFrom(id.toLongLong());
    const int end = isAll || deliveries.isEmpty() ? static_cast<int>(m_rows.size())
                                                  : rowFrom(deliveries.constLast().id.toLongLong() - 1);
    m_isAll = m_isAll || isAll || deliveries.isEmpty();
    replaceRows(first, std::max(first, end), deliveries);
}

const Delivery *DeliveriesModel::at(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows.at(row).delivery : nullptr;
}

const Delivery *DeliveriesModel::find(const QString &id) const
{
    return at(indexOf(id).row());
}

QModelIndex DeliveriesModel::indexOf(const QString &id, Column column) const
{
    const qint64 number = id.toLongLong();
    const int row = rowFrom(number);
    return row < m_rows.size() && m_rows.at(row).number == number ? index(row, column) : QModelIndex();
}

QString DeliveriesModel::lastId() const
{
    return m_rows.isEmpty() ? QString() : m_rows.constLast().delivery.id;
}

int DeliveriesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DeliveriesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DeliveriesModel::data(const QModelIndex &index, int role) const
{
    const Delivery *delivery = index.isValid() ? at(index.row()) : nullptr;
    if (!delivery) {
        return {};
    }
    const bool isState = index.column() == State;
    switch (role) {
    case Qt::DisplayRole:
        return display(*delivery, index.column());
    case Qt::ToolTipRole:
        return toolTip(*delivery, index.column());
    case Qt::DecorationRole:
        return isState ? QVariant(icon(symbolOf(delivery->state), roleOf(delivery->state))) : QVariant();
    case Qt::ForegroundRole:
        return isState && !isHighContrast(QGuiApplication::palette())
            ? QVariant(color(roleOf(delivery->state), QGuiApplication::palette()))
            : QVariant();
    case Qt::FontRole:
        return index.column() == Time ? QVariant(fixedFont()) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | (index.column() >= Http ? Qt::AlignRight : Qt::AlignLeft));
    case IdRole:
        return delivery->id;
    case StateRole:
        return static_cast<int>(delivery->state);
    default:
        return {};
    }
}

QVariant DeliveriesModel::display(const Delivery &delivery, int column) const
{
    switch (column) {
    case Time:
        return formatMoment(delivery.createdAt);
    case State:
        return stateInWords(delivery);
    case Webhook:
        return delivery.webhookName;
    case Integration:
        return delivery.integrationName;
    case Status:
        return toString(delivery.status);
    case Http:
        return httpInWords(delivery);
    case Attempts:
        return delivery.attempts;
    case Duration:
        return delivery.lastTotal ? formatDuration(*delivery.lastTotal) : QString();
    default:
        return {};
    }
}

QVariant DeliveriesModel::toolTip(const Delivery &delivery, int column) const
{
    switch (column) {
    case Time:
        return formatExactMoment(delivery.createdAt);
    case State: {
        QStringList lines{stateInWords(delivery)};
        if (!delivery.lastReason.isEmpty()) {
            lines.append(delivery.lastReason);
        }
        if (delivery.nextAttemptAt) {
            lines.append(tr("Next attempt: %1").arg(formatExactMoment(*delivery.nextAttemptAt)));
        } else if (delivery.finishedAt) {
            lines.append(formatExactMoment(*delivery.finishedAt));
        }
        return lines.join(u'\n');
    }
    case Integration:
        return tr("%1 (%2, %3)").arg(delivery.integrationName, delivery.integrationType, delivery.integrationId);
    case Http:
        return delivery.lastReason;
    case Duration:
        return delivery.lastTotal ? formatExactDuration(*delivery.lastTotal) : QString();
    default:
        return display(delivery, column);
    }
}

QVariant DeliveriesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(Qt::AlignVCenter | (section >= Http ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::ToolTipRole && section == Time) {
        return tr("When the event was accepted");
    }
    if (role == Qt::ToolTipRole && section == Duration) {
        return tr("How long the last attempt took");
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Time:
        return tr("Time");
    case State:
        return tr("State");
    case Webhook:
        return tr("Webhook");
    case Integration:
        return tr("Integration");
    case Status:
        return tr("Status");
    case Http:
        return tr("HTTP");
    case Attempts:
        return tr("Attempts");
    default:
        return tr("Duration");
    }
}

bool DeliveriesModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_isAll && !m_isAsking;
}

void DeliveriesModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent)) {
        m_isAsking = true;
        Q_EMIT olderWanted();
    }
}

int DeliveriesModel::rowFrom(qint64 number) const
{
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), number,
                                        [](const Row &row, qint64 wanted) { return row.number > wanted; });
    return static_cast<int>(std::distance(m_rows.begin(), found));
}

void DeliveriesModel::replaceRows(int first, int end, const QList<Delivery> &deliveries)
{
    QList<Row> incoming;
    incoming.reserve(deliveries.size());
    for (const auto &delivery : deliveries) {
        incoming.append({.number = delivery.id.toLongLong(), .delivery = delivery});
    }
    const auto isBefore = [](const Row &one, const Row &other) {
        return one.number > other.number;
    };
    qsizetype next = 0;
    int row = first;
    while (row < end || next < incoming.size()) {
        int gone = row;
        while (gone < end && (next == incoming.size() || isBefore(m_rows.at(gone), incoming.at(next)))) {
            ++gone;
        }
        if (gone > row) {
            beginRemoveRows({}, row, gone - 1);
            m_rows.remove(row, gone - row);
            endRemoveRows();
            end -= gone - row;
            continue;
        }
        qsizetype added = next;
        while (added < incoming.size() && (row == end || isBefore(incoming.at(added), m_rows.at(row)))) {
            ++added;
        }
        if (added > next) {
            const int count = static_cast<int>(added - next);
            beginInsertRows({}, row, row + count - 1);
            m_rows.insert(row, count, Row{});
            std::copy(incoming.begin() + next, incoming.begin() + added, m_rows.begin() + row);
            endInsertRows();
            next = added;
            row += count;
            end += count;
            continue;
        }
        if (m_rows.at(row).delivery != incoming.at(next).delivery) {
            m_rows[row].delivery = incoming.at(next).delivery;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
        ++row;
        ++next;
    }
}

void DeliveriesModel::followDay()
{
    const QDate today = QDate::currentDate();
    if (std::exchange(m_today, today) != today && !m_rows.isEmpty()) {
        Q_EMIT dataChanged(index(0, Time), index(static_cast<int>(m_rows.size()) - 1, State));
    }
}

} // namespace Tocsin
