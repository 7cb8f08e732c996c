// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "urltext.h"

#include <QApplication>
#include <QFocusEvent>
#include <QFontMetrics>
#include <QLineEdit>
#include <QStyle>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct UrlParts
{
    QString scheme; ///< with its "://"
    QString userInfo; ///< with its "@"
    QString authority; ///< host and port
    QString path;
    QString query; ///< from its "?" or "#" on
};

/// Where the first of `ends` stands outside of placeholders; the text's end where there is none.
qsizetype endOf(QStringView text, QStringView ends)
{
    int depth = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'{') {
            ++depth;
        } else if (text[i] == u'}') {
            depth = std::max(0, depth - 1);
        } else if (depth == 0 && ends.contains(text[i])) {
            return i;
        }
    }
    return text.size();
}

UrlParts partsOf(const QString &url)
{
    UrlParts parts;
    const qsizetype scheme = url.indexOf("://"_L1);
    const qsizetype begin = scheme < 0 ? 0 : scheme + 3;
    parts.scheme = url.first(begin);
    const QStringView rest = QStringView(url).sliced(begin);
    const qsizetype authorityEnd = endOf(rest, u"/?#");
    const QStringView authority = rest.first(authorityEnd);
    const qsizetype at = authority.lastIndexOf(u'@');
    parts.userInfo = authority.first(at + 1).toString();
    parts.authority = authority.sliced(at + 1).toString();
    const QStringView target = rest.sliced(authorityEnd);
    const qsizetype pathEnd = endOf(target, u"?#");
    parts.path = target.first(pathEnd).toString();
    parts.query = target.sliced(pathEnd).toString();
    return parts;
}

/// From the fullest to the barest; each begins with the host, or with what stands before it.
QStringList shapesOf(const UrlParts &parts)
{
    const QString shortUser = parts.userInfo.isEmpty() ? QString() : u"…@"_s;
    const QString host = parts.scheme + shortUser + parts.authority;
    const QString shortQuery = parts.query.isEmpty() ? QString() : parts.query.first(1) + u'…';
    const qsizetype slash = parts.path.lastIndexOf(u'/');
    QStringList shapes;
    if (!shortUser.isEmpty()) {
        shapes << host + parts.path + parts.query;
    }
    if (slash > 0) {
        const QString last = u"/…"_s + parts.path.sliced(slash);
        shapes << host + last + parts.query << host + parts.path + shortQuery << host + last + shortQuery;
    } else {
        shapes << host + parts.path + shortQuery;
    }
    const QString some = parts.path.size() > 1 || !parts.query.isEmpty() ? u"/…"_s : QString();
    shapes << host + some << shortUser + parts.authority + some << parts.authority + some << parts.authority;
    return shapes;
}

} // namespace

QString elidedUrl(const QString &url, const QFontMetrics &metrics, int width)
{
    const auto fits = [&metrics, width](const QString &text) {
        return metrics.horizontalAdvance(text) <= width;
    };
    const UrlParts parts = partsOf(url);
    if (fits(url)) {
        return url;
    }
    const bool isProse = parts.scheme.isEmpty() && url.contains(u' ');
    if (isProse || parts.authority.isEmpty()) {
        return metrics.elidedText(url, Qt::ElideRight, width);
    }
    const QStringList shapes = shapesOf(parts);
    const auto shape = std::find_if(shapes.cbegin(), shapes.cend(), fits);
    return shape == shapes.cend() ? metrics.elidedText(parts.authority, Qt::ElideLeft, width) : *shape;
}

void UrlDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem own(option);
    initStyleOption(&own, index);
    const QWidget *view = own.widget;
    const QStyle *style = view ? view->style() : QApplication::style();
    const QRect place = style->subElementRect(QStyle::SE_ItemViewItemText, &own, view);
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &own, view) + 1; // as the style draws a text
    own.text = elidedUrl(own.text, own.fontMetrics, place.width() - 2 * margin);
    style->drawControl(QStyle::CE_ItemViewItem, &own, painter, view);
}

namespace {

class BeginningShower : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::FocusOut) {
            const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
            if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason) { // it comes back
                static_cast<QLineEdit *>(watched)->setCursorPosition(0);
            }
        }
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

void showBeginningAfterwards(QLineEdit *edit)
{
    edit->installEventFilter(new BeginningShower(edit));
}

} // namespace Tocsin

#include "moc_urltext.cpp"
