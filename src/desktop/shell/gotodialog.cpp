// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gotodialog.h"

#include "colorroles.h"
#include "metrics.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr int placeRole = Qt::UserRole;
constexpr int detailRole = Qt::UserRole + 1;
constexpr int lastPlace = -1; // for the number of one
constexpr int dialogWidth = 520;
constexpr int rowsShown = 10;
constexpr qsizetype mostFound = 200; // who does not see it among these types more

/// Name at the left, detail at the right; the name gives way.
class PlaceDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const bool isChosen = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        painter->setPen(isChosen ? quietSelection(option.palette).color(QPalette::HighlightedText)
                                 : quietText(option.palette));
        painter->drawText(
            option.rect.adjusted(Metrics::small, 0, -Metrics::small, 0),
            static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignRight | Qt::AlignVCenter)),
            index.data(detailRole).toString());
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {dialogWidth / 2, option.fontMetrics.height() + Metrics::medium};
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const int taken = option->decorationSize.width() + Metrics::huge
            + option->fontMetrics.horizontalAdvance(index.data(detailRole).toString());
        option->text =
            option->fontMetrics.elidedText(option->text, Qt::ElideRight, option->rect.width() - taken - Metrics::large);
    }
};

/// What has no icon stands in line with what has one.
QIcon placeIcon(const QIcon &icon)
{
    if (!icon.isNull()) {
        return icon;
    }
    QPixmap blank(Metrics::icon, Metrics::icon);
    blank.fill(Qt::transparent);
    return blank;
}

} // namespace

GoToDialog::GoToDialog(const QList<Place> &places, QWidget *parent)
    : QDialog(parent)
    , m_places(places)
    , m_lineEdit(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_model(new QStandardItemModel(this))
{
    setWindowTitle(tr("Go to anything"));
    m_lineEdit->setPlaceholderText(tr("A webhook, an integration, deliveries, a setting or a command"));
    m_lineEdit->setAccessibleName(tr("Go to anything"));
    m_lineEdit->installEventFilter(this);
    m_list->setAccessibleName(tr("Places"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PlaceDelegate(m_list));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({Metrics::icon, Metrics::icon});
    m_list->setFixedHeight(rowsShown * (fontMetrics().height() + Metrics::medium) + 2 * m_list->frameWidth());

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::medium, Metrics::medium, Metrics::medium, Metrics::medium);
    layout->setSpacing(Metrics::small);
    layout->addWidget(m_lineEdit);
    layout->addWidget(m_list);
    setFixedWidth(dialogWidth);

    connect(m_lineEdit, &QLineEdit::textChanged, this, &GoToDialog::search);
    connect(m_lineEdit, &QLineEdit::returnPressed, this, &GoToDialog::accept);
    connect(m_list, &QListView::clicked, this, &GoToDialog::accept);
    connect(m_list, &QListView::activated, this, &GoToDialog::accept);
    search({});
}

int GoToDialog::matchQuality(const QString &name, const QString &typed)
{
    if (typed.isEmpty()) {
        return 1;
    }
    const QString text = name.toCaseFolded();
    const QString wanted = typed.toCaseFolded();
    const qsizetype whole = text.indexOf(wanted);
    if (whole == 0) {
        return 1000;
    }
    if (whole > 0) {
        return text.at(whole - 1).isLetterOrNumber() ? 600 : 800;
    }
    qsizetype position = -1;
    int gaps = 0;
    for (const QChar letter : wanted) {
        const qsizetype next = text.indexOf(letter, position + 1);
        if (next < 0) {
            return 0;
        }
        gaps += next != position + 1;
        position = next;
    }
    return std::max(2, 400 - 10 * gaps);
}

void GoToDialog::search(const QString &typed)
{
    QList<std::pair<int, int>> found; // quality, place
    for (int i = 0; i < m_places.size(); ++i) {
        if (const int quality = matchQuality(m_places.at(i).name, typed.trimmed())) {
            found.append({quality, i});
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto &one, const auto &other) { return one.first > other.first; });
    m_model->clear();
    found.resize(std::min(found.size(), mostFound));
    for (const auto &[quality, place] : std::as_const(found)) {
        append(m_places.at(place), place);
    }
    if (m_last && !typed.trimmed().isEmpty()) {
        append(m_last(typed.trimmed()), lastPlace);
    }
    m_list->setCurrentIndex(m_model->index(0, 0));
}

void GoToDialog::append(const Place &place, int number)
{
    auto *item = new QStandardItem(placeIcon(place.icon), place.name);
    item->setData(number, placeRole);
    item->setData(place.detail, detailRole);
    m_model->appendRow(item);
}

void GoToDialog::accept()
{
    const QModelIndex chosen = m_list->currentIndex();
    if (!chosen.isValid()) {
        return;
    }
    const int place = chosen.data(placeRole).toInt();
    const auto go = place == lastPlace ? m_last(m_lineEdit->text().trimmed()).go : m_places.at(place).go;
    QDialog::accept();
    go();
}

bool GoToDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QCoreApplication::sendEvent(m_list, event);
            return true;
        default:
            break;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace Tocsin

#include "moc_gotodialog.cpp"
