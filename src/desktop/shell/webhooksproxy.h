// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCollator>
#include <QSortFilterProxyModel>

namespace Tocsin {

/// Sorts the webhooks as a person would (case and numbers aside), and shows those that hold every word of a search.
class WebhooksProxy : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit WebhooksProxy(QObject *parent = nullptr);

    void setSearch(const QString &text);
    bool isSearching() const { return !m_words.isEmpty(); }

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QStringList m_words;
    QCollator m_collator;
};

} // namespace Tocsin
