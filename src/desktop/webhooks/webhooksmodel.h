// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"
#include "store.h"
#include "webhookcheck.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTimer>

#include <optional>

namespace Tocsin {

struct ActivityStrip;

/// The saved webhooks, a row each. A refresh merges: rows that stay keep their indexes, so that selection and scroll
/// position survive.
class WebhooksModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Status, Name, Method, Host, Fires, LastResult, When, LastDelivery, Hours, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole, ///< QString
        ActiveRole, ///< bool
        SortRole, ///< what the column sorts by
        SearchRole, ///< QString: everything of the row that a search looks at
        VerdictRole, ///< Verdict as int; invalid where nothing was tested
        StripRole ///< ActivityStrip; invalid while the deliveries are not known
    };

    explicit WebhooksModel(QObject *parent = nullptr);

    void setWebhooks(const QList<StoredWebhook> &webhooks);
    /// Whose names stand in the filters' words.
    void setKnown(const QList<KnownIntegration> &known);
    /// What became of the deliveries, by the webhook's id: of the last 24 hours at least, in spans of an hour.
    void setActivity(const QHash<QString, WebhookActivity> &activity);
    /// What their last checks came to, by the webhook's id; those of an older version do not count.
    void setChecks(const QHash<QString, WebhookCheckResult> &checks);
    /// Those that hold; others than webhooks' do not count.
    void setMutes(const QList<Mute> &mutes);
    /// Marks a webhook as being tested just now.
    void setTesting(const QString &id, bool testing);
    /// A name that was typed and not taken: it is what the next renaming begins with.
    void keepTyped(const QString &id, const QString &name);

    /// The webhook of a row, or of an id; nullptr where there is none. Valid until the next change.
    const StoredWebhook *at(int row) const;
    const StoredWebhook *find(const QString &id) const;
    QModelIndex indexOf(const QString &id, Column column = Name) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

Q_SIGNALS:
    /// A new name was typed; the row changes when it has been stored.
    void renameRequested(const QString &id, const QString &name);

private:
    QVariant display(const StoredWebhook &row, int column) const;
    QVariant decoration(const StoredWebhook &row, int column) const;
    QVariant toolTip(const StoredWebhook &row, int column) const;
    QVariant sortKey(const StoredWebhook &row, int column) const;
    std::optional<Delivery> lastDelivery(const StoredWebhook &row) const;
    /// Null where there is nothing wrong, or where it is not known.
    const WebhookCheckResult *finding(const StoredWebhook &row) const;
    std::optional<Mute> muteOf(const StoredWebhook &row) const;
    QString nameInWords(const StoredWebhook &row) const;
    QString firingInWords(const StoredWebhook &row) const;
    ActivityStrip strip(const StoredWebhook &row) const;
    QString deliveryInWords(const StoredWebhook &row) const;
    void columnsChanged(Column first, Column last);

    QList<StoredWebhook> m_rows;
    QList<KnownIntegration> m_known;
    std::optional<QHash<QString, WebhookActivity>> m_activity;
    QHash<QString, WebhookCheckResult> m_checks;
    QHash<QString, Mute> m_mutes; ///< by the webhook's id
    QSet<QString> m_testing;
    QHash<QString, QString> m_typedNames;
    QTimer m_clock;
};

} // namespace Tocsin
