// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completionlist.h"

#include "colorroles.h"
#include "fonts.h"
#include "metrics.h"

#include <QAccessible>
#include <QApplication>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int typeRole = Qt::UserRole;
constexpr int remarkRole = Qt::UserRole + 1;
constexpr int mostRows = 10;
constexpr int widestList = 560;

/// The word, its type, and a sample or what it does, in three columns.
class WordDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setColumns(int word, int type)
    {
        m_wordWidth = word;
        m_typeWidth = type;
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QFontMetrics words(fixedFont());
        const int remark = option.fontMetrics.horizontalAdvance(index.data(remarkRole).toString());
        return {m_wordWidth + m_typeWidth + remark + 4 * Metrics::small,
                std::max(words.height(), option.fontMetrics.height()) + Metrics::tight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const override
    {
        QStyleOptionViewItem option(given);
        initStyleOption(&option, index);
        option.text.clear();
        option.state.setFlag(QStyle::State_Active);
        const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
        style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);

        const bool isChosen = option.state.testFlag(QStyle::State_Selected);
        const QPalette palette = isChosen ? quietSelection(option.palette) : option.palette;
        const QColor ink = palette.color(isChosen ? QPalette::HighlightedText : QPalette::Text);
        const QColor quiet = isChosen ? ink : quietText(option.palette);
        QRect rest = option.rect.adjusted(Metrics::small, 0, -Metrics::small, 0);
        const auto draw = [&](const QString &text, int width, const QFont &font, const QColor &color) {
            const QRect column =
                QStyle::visualRect(option.direction, rest, QRect(rest.topLeft(), QSize(width, rest.height())));
            painter->setFont(font);
            painter->setPen(color);
            painter->drawText(column, int(Qt::AlignVCenter | QStyle::visualAlignment(option.direction, Qt::AlignLeft)),
                              QFontMetrics(font).elidedText(text, Qt::ElideRight, width));
            const int taken = std::min(width + Metrics::small, rest.width());
            if (option.direction == Qt::RightToLeft) {
                rest.setRight(rest.right() - taken);
            } else {
                rest.setLeft(rest.left() + taken);
            }
        };
        painter->save();
        const int wordWidth = std::min(m_wordWidth, rest.width());
        draw(index.data(Qt::DisplayRole).toString(), wordWidth, fixedFont(), ink);
        const QString type = index.data(typeRole).toString();
        if (!type.isEmpty()) {
            draw(type, std::min(m_typeWidth, rest.width()), option.font, quiet);
        }
        draw(index.data(remarkRole).toString(), rest.width(), option.font, quiet);
        painter->restore();
    }

private:
    int m_wordWidth = 0;
    int m_typeWidth = 0;
};

QString remarkOf(const TemplateWord &word)
{
    return word.sample.isEmpty() ? word.description : word.sample;
}

/// All there is to know, for who does not see the columns.
QString spokenText(const TemplateWord &word)
{
    QStringList parts{word.text};
    for (const QString &part : {word.type, word.sample, word.description}) {
        if (!part.isEmpty()) {
            parts << part;
        }
    }
    return parts.join(u", "_s);
}

} // namespace

CompletionList::CompletionList(QWidget *owner)
    : QListWidget(owner->window())
    , m_owner(owner)
{
    setAccessibleName(tr("Completions"));
    setFocusPolicy(Qt::NoFocus);
    setFrameStyle(QFrame::StyledPanel | QFrame::Raised);
    setUniformItemSizes(true);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new WordDelegate(this));
    hide();
    connect(this, &QListWidget::itemPressed, this, &CompletionList::picked);
    connect(this, &QListWidget::currentRowChanged, this, &CompletionList::tellChosen);
}

void CompletionList::setWords(const QList<TemplateWord> &words)
{
    if (words == m_words) {
        return;
    }
    const TemplateWord *before = chosen();
    const QString kept = before && isVisible() && m_isMoved ? before->text : QString();
    m_words = words;
    const QSignalBlocker blocker(this);
    ensurePolished(); // its font counts below
    clear();
    int wordWidth = 0;
    int typeWidth = 0;
    int row = 0;
    for (const TemplateWord &word : m_words) {
        auto *item = new QListWidgetItem(word.text, this);
        item->setData(typeRole, word.type);
        item->setData(remarkRole, remarkOf(word).simplified());
        item->setData(Qt::ToolTipRole, word.description);
        item->setData(Qt::AccessibleTextRole, spokenText(word));
        wordWidth = std::max(wordWidth, QFontMetrics(fixedFont()).horizontalAdvance(word.text));
        typeWidth = std::max(typeWidth, fontMetrics().size(Qt::TextSingleLine, word.type).width() + 1);
        if (word.text == kept) {
            row = count() - 1;
        }
    }
    static_cast<WordDelegate *>(itemDelegate())->setColumns(wordWidth, typeWidth);
    setCurrentRow(row);
    tellChosen();
}

const TemplateWord *CompletionList::chosen() const
{
    return currentRow() >= 0 && currentRow() < m_words.size() ? &m_words.at(currentRow()) : nullptr;
}

void CompletionList::move(int steps)
{
    m_isMoved = true;
    setCurrentRow(std::clamp(currentRow() + steps, 0, count() - 1));
}

int CompletionList::pageStep() const
{
    return std::max(1, std::min(count(), mostRows) - 1);
}

void CompletionList::showAt(const QRect &globalLine)
{
    const QWidget *window = parentWidget();
    const int rowHeight = std::max(sizeHintForRow(0), 1);
    const int frame = 2 * frameWidth();
    const bool scrolls = count() > mostRows;
    const int wanted = sizeHintForColumn(0) + frame + (scrolls ? verticalScrollBar()->sizeHint().width() : 0);
    QSize size(std::min({wanted, widestList, window->width()}), rowHeight * std::min(count(), mostRows) + frame);
    const QRect line(window->mapFromGlobal(globalLine.topLeft()), globalLine.size());
    const int below = window->height() - line.bottom() - 1;
    const bool goesBelow = size.height() <= below || below >= line.top();
    size.setHeight(std::min(size.height(), goesBelow ? below : line.top()));
    const int x = std::clamp(line.left(), 0, window->width() - size.width());
    setGeometry({QPoint(x, goesBelow ? line.bottom() + 1 : line.top() - size.height()), size});
    const bool isNew = !isVisible();
    m_isMoved = m_isMoved && !isNew;
    for (QWidget *around = m_owner; around != window; around = around->parentWidget()) {
        around->installEventFilter(this);
    }
    show();
    raise();
    scrollTo(currentIndex());
    if (isNew) {
        tellChosen();
    }
}

bool CompletionList::eventFilter(QObject *watched, QEvent *event)
{
    // Its own scroll bars are watched by the base class.
    const auto *widget = qobject_cast<QWidget *>(watched);
    if (isVisible() && widget && (widget == m_owner || widget->isAncestorOf(m_owner))) {
        if (event->type() == QEvent::Hide) {
            hide();
        } else if (event->type() == QEvent::Move || event->type() == QEvent::Resize) {
            Q_EMIT displaced();
        }
    }
    return QListWidget::eventFilter(watched, event);
}

/// To a screen reader a word that is not shown would still have the focus. Later: the mouse may be on the word just
/// now.
void CompletionList::hideEvent(QHideEvent *event)
{
    QListWidget::hideEvent(event);
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (!isVisible()) {
                const QSignalBlocker blocker(this);
                clear();
                m_words.clear();
            }
        },
        Qt::QueuedConnection);
}

/// The focus stays where one types; to a screen reader it is on the word.
void CompletionList::tellChosen()
{
    if (!QAccessible::isActive() || !isVisible() || currentRow() < 0) {
        return;
    }
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(currentRow());
    QAccessible::updateAccessibility(&event);
}

} // namespace Tocsin

#include "moc_completionlist.cpp"
