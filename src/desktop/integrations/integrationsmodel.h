// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"
#include "webhook.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace Tocsin {

/// The known integrations, a row each. A refresh merges: rows that stay keep their indexes, so that selection and
/// scroll position survive.
class IntegrationsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Status, Since, Type, Id, LastEvent, Issues, Fires, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole, ///< QString
        SortRole, ///< what the column sorts by
        SearchRole ///< QString: everything of the row that a search looks at
    };

    explicit IntegrationsModel(QObject *parent = nullptr);

    void setIntegrations(const QList<IntegrationState> &integrations);
    /// Which webhooks the next Warning or Error is counted for.
    void setWebhooks(const QList<Webhook> &webhooks);

    const IntegrationState *at(int row) const; ///< nullptr where there is none; valid until the next change
    QModelIndex indexOf(const QString &id, Column column = Name) const;
    const QList<IntegrationState> &all() const { return m_rows; }
    const QList<Webhook> &webhooks() const { return m_webhooks; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString display(const IntegrationState &row, int column) const;
    QString toolTip(const IntegrationState &row, int column) const;
    QVariant sortKey(const IntegrationState &row, int column) const;
    QString firing(const IntegrationState &row) const;
    QString fired(const IntegrationState &row) const;
    void columnsChanged(Column first, Column last);

    QList<IntegrationState> m_rows;
    QList<Webhook> m_webhooks;
    QTimer m_clock;
};

} // namespace Tocsin
