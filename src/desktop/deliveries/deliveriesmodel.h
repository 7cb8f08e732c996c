// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "delivery.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace Tocsin {

/// The deliveries that were read so far, a row each, the newest first; older ones are asked for as one scrolls. What is
/// read anew is merged: rows that stay keep their indexes, so that selection and current row survive.
class DeliveriesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, State, Webhook, Integration, Status, Http, Attempts, Duration, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole, ///< QString
        StateRole ///< DeliveryState as int
    };

    explicit DeliveriesModel(QObject *parent = nullptr);

    /// Shows these and nothing else; `isAll`: there are no older ones.
    void show(const QList<Delivery> &newest, bool isAll);
    /// Puts the newest ones in. False, and nothing changes, where there may be others between them and the first row.
    bool mergeNewest(const QList<Delivery> &newest, bool isAll);
    /// The ones that come after the last row.
    void append(const QList<Delivery> &older, bool isAll);
    /// What there is now from the row with this id on, down to the last of `deliveries`; `isAll`: to the end.
    void mergeFrom(const QString &id, const QList<Delivery> &deliveries, bool isAll);

    /// The delivery of a row, or of an id; nullptr where there is none. Valid until the next change.
    const Delivery *at(int row) const;
    const Delivery *find(const QString &id) const;
    QModelIndex indexOf(const QString &id, Column column = Time) const;
    QString lastId() const; ///< empty: no rows

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void olderWanted(); ///< append() is awaited

private:
    struct Row
    {
        qint64 number; ///< the id
        Delivery delivery;
    };

    QVariant display(const Delivery &delivery, int column) const;
    QVariant toolTip(const Delivery &delivery, int column) const;
    /// The first row whose number is not greater.
    int rowFrom(qint64 number) const;
    /// Puts `deliveries` in place of the rows from `first` to before `end`.
    void replaceRows(int first, int end, const QList<Delivery> &deliveries);
    void followDay();

    QList<Row> m_rows;
    bool m_isAll = true;
    bool m_isAsking = false;
    QDate m_today;
    QTimer m_clock;
};

} // namespace Tocsin
