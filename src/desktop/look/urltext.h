// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStyledItemDelegate>

class QFontMetrics;
class QLineEdit;

namespace Tocsin {

/// A URL, or a host with its port alone, in at most `width` pixels: what gives way first is the path's middle, then the
/// query, the path, the scheme and the user information; the host stands as long as there is room for it, and its end,
/// which says whose it is, at any rate. A text that was not meant as a URL is shortened at its end. Placeholders and
/// references to secrets may stand anywhere.
QString elidedUrl(const QString &url, const QFontMetrics &metrics, int width);

/// Shortens what it shows as elidedUrl() does.
class UrlDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// Once the focus has gone elsewhere, a text that is too long shows its beginning, which is where a URL has its host.
void showBeginningAfterwards(QLineEdit *edit);

} // namespace Tocsin
