// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tableproxy.h"

#include <QDateTime>

#include <algorithm>

namespace Tocsin {

TableProxy::TableProxy(const Roles &roles, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_roles(roles)
{
    // The C locale knows neither case nor numbers.
    if (m_collator.locale().language() == QLocale::C) {
        m_collator.setLocale(QLocale(QLocale::English));
    }
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_collator.setNumericMode(true);
    setDynamicSortFilter(true);
}

void TableProxy::setSearch(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (words != m_words) {
        m_words = words;
        invalidateFilter();
    }
}

bool TableProxy::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const QString text =
        sourceModel()->index(sourceRow, m_roles.nameColumn, sourceParent).data(m_roles.search).toString();
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool TableProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant one = left.data(m_roles.sort);
    const QVariant other = right.data(m_roles.sort);
    int order = 0;
    if (one.typeId() == QMetaType::QString) {
        order = m_collator.compare(one.toString(), other.toString());
    } else if (one.typeId() == QMetaType::QDateTime) {
        const QDateTime first = one.toDateTime();
        const QDateTime second = other.toDateTime();
        order = first == second ? 0 : (first < second ? -1 : 1);
    } else {
        order = one.toInt() - other.toInt();
    }
    if (order != 0) {
        return order < 0;
    }
    return m_collator.compare(left.siblingAtColumn(m_roles.nameColumn).data().toString(),
                              right.siblingAtColumn(m_roles.nameColumn).data().toString())
        < 0;
}

} // namespace Tocsin

#include "moc_tableproxy.cpp"
