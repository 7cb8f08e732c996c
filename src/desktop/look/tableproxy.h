// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCollator>
#include <QSortFilterProxyModel>

namespace Tocsin {

/// Sorts a table as a person would (case and numbers aside), and shows the rows that hold every word of a search.
class TableProxy : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    /// What a row's roles are in `nameColumn`: the text that is searched, and in each column what it sorts by. Rows
    /// that are alike are sorted by name.
    struct Roles
    {
        int nameColumn = 0;
        int search = 0;
        int sort = 0;
    };

    explicit TableProxy(const Roles &roles, QObject *parent = nullptr);

    void setSearch(const QString &text);
    bool isSearching() const { return !m_words.isEmpty(); }

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    Roles m_roles;
    QStringList m_words;
    QCollator m_collator;
};

} // namespace Tocsin
