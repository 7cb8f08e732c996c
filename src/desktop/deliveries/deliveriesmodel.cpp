// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliveriesmodel.h"

#include "deliverytext.h"
#include "fonts.h"
#include "format.h"

#include <QGuiApplication>

#include <algorithm>
#include <chrono>
#include <functional>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr qsizetype mostRead = 4000; // deliveries that are kept though nobody sees them
constexpr int mostRuns = 300; // of rows that come or go; each costs as much as there are rows

QList<qint64> numbersOf(const QList<Delivery> &deliveries)
{
    QList<qint64> numbers;
    numbers.reserve(deliveries.size());
    for (const auto &delivery : deliveries) {
        numbers.append(delivery.id.toLongLong());
    }
    return numbers;
}

/// How many times rows come or go when `ids` stand in place of those from `first` to before `end`.
int runsOfChanges(const QList<qint64> &rows, int first, int end, const QList<qint64> &ids)
{
    enum class Step { Same, Gone, Added };
    int runs = 0;
    Step last = Step::Same;
    qsizetype row = first;
    qsizetype next = 0;
    while (row < end || next < ids.size()) {
        Step step = Step::Same;
        if (next == ids.size() || (row < end && rows.at(row) > ids.at(next))) {
            step = Step::Gone;
        } else if (row == end || ids.at(next) > rows.at(row)) {
            step = Step::Added;
        }
        row += step == Step::Added ? 0 : 1;
        next += step == Step::Gone ? 0 : 1;
        runs += step != Step::Same && step != last ? 1 : 0;
        last = step;
    }
    return runs;
}

} // namespace

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
    takeRead(newest);
    setIds(numbersOf(newest), isAll);
}

bool DeliveriesModel::mergeNewest(const QList<Delivery> &newest, bool isAll)
{
    if (isAll || newest.isEmpty() || m_ids.isEmpty()) {
        show(newest, isAll || newest.isEmpty());
        return true;
    }
    const qint64 oldest = newest.constLast().id.toLongLong();
    const bool isGapless = oldest <= m_ids.constFirst();
    takeRead(newest);
    replaceRows(0, rowFrom(oldest - 1), numbersOf(newest));
    return isGapless;
}

void DeliveriesModel::setIds(const QList<qint64> &ids, bool isAll)
{
    m_isAll = isAll;
    m_isAsking = false;
    replaceRows(0, static_cast<int>(m_ids.size()), ids);
}

void DeliveriesModel::append(const QList<qint64> &older, bool isAll)
{
    m_isAll = isAll;
    m_isAsking = false;
    replaceRows(static_cast<int>(m_ids.size()), static_cast<int>(m_ids.size()), older);
}

void DeliveriesModel::mergeFrom(const QString &id, const QList<Delivery> &deliveries, bool isAll)
{
    const int first = rowFrom(id.toLongLong());
    const int end = isAll || deliveries.isEmpty() ? static_cast<int>(m_ids.size())
                                                  : rowFrom(deliveries.constLast().id.toLongLong() - 1);
    m_isAll = m_isAll || isAll || deliveries.isEmpty();
    takeRead(deliveries);
    replaceRows(first, std::max(first, end), numbersOf(deliveries));
}

void DeliveriesModel::forgetBeyond(int first, int last)
{
    if (m_read.size() <= mostRead || m_ids.isEmpty()) {
        return;
    }
    const auto lastRow = static_cast<int>(m_ids.size()) - 1;
    const qint64 newest = m_ids.at(std::clamp(first, 0, lastRow));
    const qint64 oldest = m_ids.at(std::clamp(last, 0, lastRow));
    m_read.removeIf([newest, oldest](auto it) { return it.key() > newest || it.key() < oldest; });
}

const Delivery *DeliveriesModel::at(int row) const
{
    if (row < 0 || row >= m_ids.size()) {
        return nullptr;
    }
    const auto found = m_read.constFind(m_ids.at(row));
    return found == m_read.constEnd() ? nullptr : &*found;
}

const Delivery *DeliveriesModel::find(const QString &id) const
{
    return at(indexOf(id).row());
}

QModelIndex DeliveriesModel::indexOf(const QString &id, Column column) const
{
    const qint64 number = id.toLongLong();
    const int row = rowFrom(number);
    return row < m_ids.size() && m_ids.at(row) == number ? index(row, column) : QModelIndex();
}

QString DeliveriesModel::idAt(int row) const
{
    return row < 0 || row >= m_ids.size() ? QString() : QString::number(m_ids.at(row));
}

QString DeliveriesModel::lastId() const
{
    return idAt(static_cast<int>(m_ids.size()) - 1);
}

int DeliveriesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int DeliveriesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DeliveriesModel::data(const QModelIndex &index, int role) const
{
    if (index.isValid() && role == IdRole) {
        return idAt(index.row());
    }
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
        QStringList lines{holdingInWords(delivery)};
        if (!delivery.lastReason.isEmpty()) {
            lines.append(delivery.lastReason);
        }
        if (delivery.nextAttemptAt) {
            lines.append((delivery.heldBy ? tr("Until: %1") : tr("Next attempt: %1"))
                             .arg(formatExactMoment(*delivery.nextAttemptAt)));
        } else if (delivery.finishedAt) {
            lines.append(formatExactMoment(*delivery.finishedAt));
        }
        if (delivery.expiresAt) {
            lines.append(tr("Expires: %1").arg(formatExactMoment(*delivery.expiresAt)));
        }
        return lines.join(u'\n');
    }
    case Integration:
        return tr("%1 (%2, %3)").arg(delivery.integrationName, delivery.integrationType, delivery.integrationId);
    case Http:
        return delivery.lastReason.text();
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
    const auto found = std::lower_bound(m_ids.begin(), m_ids.end(), number, std::greater<>());
    return static_cast<int>(std::distance(m_ids.begin(), found));
}

void DeliveriesModel::replaceRows(int first, int end, const QList<qint64> &ids)
{
    if (runsOfChanges(m_ids, first, end, ids) > mostRuns) { // another query's: what stays is not worth the search
        beginResetModel();
        m_ids = m_ids.first(first) + ids + m_ids.sliced(end);
        endResetModel();
        return;
    }
    qsizetype next = 0;
    int row = first;
    while (row < end || next < ids.size()) {
        int gone = row;
        while (gone < end && (next == ids.size() || m_ids.at(gone) > ids.at(next))) {
            ++gone;
        }
        if (gone > row) {
            beginRemoveRows({}, row, gone - 1);
            m_ids.remove(row, gone - row);
            endRemoveRows();
            end -= gone - row;
            continue;
        }
        qsizetype added = next;
        while (added < ids.size() && (row == end || ids.at(added) > m_ids.at(row))) {
            ++added;
        }
        if (added > next) {
            const int count = static_cast<int>(added - next);
            beginInsertRows({}, row, row + count - 1);
            m_ids.insert(row, count, 0);
            std::copy(ids.begin() + next, ids.begin() + added, m_ids.begin() + row);
            endInsertRows();
            next = added;
            row += count;
            end += count;
            continue;
        }
        ++row;
        ++next;
    }
}

void DeliveriesModel::takeRead(const QList<Delivery> &deliveries)
{
    int first = -1; // of the rows that changed and stand together
    int last = -1;
    const auto tell = [&] {
        if (first >= 0) {
            Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
        }
    };
    for (const auto &delivery : deliveries) {
        const qint64 number = delivery.id.toLongLong();
        const auto known = m_read.constFind(number);
        if (known != m_read.constEnd() && *known == delivery) {
            continue;
        }
        m_read.insert(number, delivery);
        const int row = rowFrom(number);
        if (row == m_ids.size() || m_ids.at(row) != number) {
            continue; // it is about to come
        }
        if (row != last + 1 || first < 0) {
            tell();
            first = row;
        }
        last = row;
    }
    tell();
}

void DeliveriesModel::followDay()
{
    const QDate today = QDate::currentDate();
    if (std::exchange(m_today, today) != today && !m_ids.isEmpty()) {
        Q_EMIT dataChanged(index(0, Time), index(static_cast<int>(m_ids.size()) - 1, State));
    }
}

} // namespace Tocsin

#include "moc_deliveriesmodel.cpp"
