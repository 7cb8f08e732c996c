// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "delivery.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QTimer>

namespace Tocsin {

/// All deliveries of a query, a row each, the newest first. Their ids are all known, so that the rows are as many as
/// there are; what stands in a row is read when it is seen, and forgotten when it is not. What is read anew is merged:
/// rows that stay keep their indexes, so that selection and current row survive.
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
    /// Puts the newest ones in. False where there may be others between them and those that were there.
    bool mergeNewest(const QList<Delivery> &newest, bool isAll);
    /// The rows there are, by their ids, the newest first; `isAll`: there are no older ones.
    void setIds(const QList<qint64> &ids, bool isAll);
    /// The ids that come after the last row.
    void append(const QList<qint64> &older, bool isAll);
    /// What there is now from the row with this id on, down to the last of `deliveries`; `isAll`: to the end.
    void mergeFrom(const QString &id, const QList<Delivery> &deliveries, bool isAll);
    /// What is not between these rows may be forgotten.
    void forgetBeyond(int first, int last);

    /// The delivery of a row, or of an id; nullptr where there is none, or it has not been read. Valid until the next
    /// change.
    const Delivery *at(int row) const;
    const Delivery *find(const QString &id) const;
    QModelIndex indexOf(const QString &id, Column column = Time) const;
    /// What a row with it shows in a column.
    QVariant display(const Delivery &delivery, int column) const;
    QString idAt(int row) const; ///< empty: there is no such row
    QString lastId() const; ///< empty: no rows
    bool isAll() const { return m_isAll; } ///< whether there are no older ones than the last row

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void olderWanted(); ///< append() is awaited

private:
    QVariant toolTip(const Delivery &delivery, int column) const;
    /// The first row whose number is not greater.
    int rowFrom(qint64 number) const;
    /// Puts `ids` in place of the rows from `first` to before `end`.
    void replaceRows(int first, int end, const QList<qint64> &ids);
    /// Takes what stands in rows that are there or are about to come.
    void takeRead(const QList<Delivery> &deliveries);
    void followDay();

    QList<qint64> m_ids; ///< a row each
    QHash<qint64, Delivery> m_read; ///< by id; of some rows
    bool m_isAll = true;
    bool m_isAsking = false;
    QDate m_today;
    QTimer m_clock;
};

} // namespace Tocsin
