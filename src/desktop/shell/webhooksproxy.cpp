// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhooksproxy.h"

#include "webhooksmodel.h"

#include <algorithm>

namespace Tocsin {

WebhooksProxy::WebhooksProxy(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    // The C locale knows neither case nor numbers.
    if (m_collator.locale().language() == QLocale::C) {
        m_collator.setLocale(QLocale(QLocale::English));
    }
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_collator.setNumericMode(true);
    setDynamicSortFilter(true);
}

void WebhooksProxy::setSearch(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (words != m_words) {
        m_words = words;
        invalidateFilter();
    }
}

bool WebhooksProxy::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const QString text =
        sourceModel()->index(sourceRow, WebhooksModel::Name, sourceParent).data(WebhooksModel::SearchRole).toString();
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool WebhooksProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant one = left.data(WebhooksModel::SortRole);
    const QVariant other = right.data(WebhooksModel::SortRole);
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
    return m_collator.compare(left.siblingAtColumn(WebhooksModel::Name).data().toString(),
                              right.siblingAtColumn(WebhooksModel::Name).data().toString())
        < 0;
}

} // namespace Tocsin
