// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tablecolumns.h"

#include "json.h"
#include "preferences.h"

#include <QEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QTableView>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

QString titleOf(const QTableView &table, int section)
{
    const auto *model = table.model();
    const QString title = model->headerData(section, Qt::Horizontal).toString();
    return title.isEmpty() ? model->headerData(section, Qt::Horizontal, Qt::AccessibleTextRole).toString() : title;
}

const Json *memberOf(const Json &document, const char *name)
{
    const auto found = document.is_object() ? document.find(name) : document.end();
    return found == document.end() ? nullptr : &*found;
}

} // namespace

TableColumns::TableColumns(QTableView *table, const QList<Column> &columns, const QList<int> &leftOut,
                           Preferences &preferences, const QString &name)
    : QObject(table)
    , m_table(table)
    , m_columns(columns)
    , m_leftOut(leftOut)
    , m_preferences(preferences)
    , m_name(name)
    , m_menu(new QMenu(tr("C&olumns"), table))
{
    auto *header = table->horizontalHeader();
    read();
    layOut();
    connect(m_menu, &QMenu::aboutToShow, this, &TableColumns::fillMenu);
    fillMenu();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, m_menu,
            [this, header](const QPoint &position) { m_menu->popup(header->viewport()->mapToGlobal(position)); });
    connect(header, &QHeaderView::sectionResized, this, &TableColumns::takeWidth);
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this] {
        m_isSorted = true;
        write();
    });
    table->viewport()->installEventFilter(this);
}

void TableColumns::setShown(int section, bool shown)
{
    m_choices[section].shown = shown;
    write();
    layOut();
}

void TableColumns::reset()
{
    m_choices.clear();
    write();
    layOut();
}

bool TableColumns::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_table->viewport()) {
        layOut();
    }
    return QObject::eventFilter(watched, event);
}

void TableColumns::fillMenu()
{
    m_menu->clear();
    for (const auto &column : std::as_const(m_columns)) {
        auto *action = m_menu->addAction(titleOf(*m_table, column.section).replace(u'&', u"&&"_s));
        action->setCheckable(true);
        action->setChecked(!m_table->isColumnHidden(column.section));
        action->setEnabled(column.canBeHidden);
        connect(action, &QAction::triggered, this,
                [this, section = column.section](bool shown) { setShown(section, shown); });
    }
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("&Reset Columns")), &QAction::triggered, this, &TableColumns::reset);
}

void TableColumns::layOut()
{
    const QScopedValueRollback layingOut(m_isLayingOut, true);
    auto *header = m_table->horizontalHeader();
    QHash<int, bool> isShown;
    int missing = -m_table->viewport()->width();
    for (const auto &column : std::as_const(m_columns)) {
        isShown[column.section] = !column.canBeHidden || m_choices.value(column.section).shown.value_or(true);
        missing += isShown[column.section] ? widthOf(column) : 0;
    }
    for (const int section : std::as_const(m_leftOut)) {
        const auto column = std::find_if(m_columns.cbegin(), m_columns.cend(),
                                         [section](const Column &one) { return one.section == section; });
        if (missing > 0 && isShown[section] && !m_choices.value(section).shown) {
            isShown[section] = false;
            missing -= widthOf(*column);
        }
    }
    const bool takesRest = std::any_of(m_columns.cbegin(), m_columns.cend(), [&](const Column &column) {
        return column.kind == Kind::TakesRest && isShown[column.section];
    });
    const auto main =
        std::find_if(m_columns.cbegin(), m_columns.cend(), [](const Column &column) { return !column.canBeHidden; });
    for (auto column = m_columns.cbegin(); column != m_columns.cend(); ++column) {
        m_table->setColumnHidden(column->section, !isShown[column->section]);
        const bool stretches = column->kind == Kind::TakesRest || (!takesRest && column == main);
        header->setSectionResizeMode(column->section,
                                     stretches                         ? QHeaderView::Stretch
                                         : column->kind == Kind::Fixed ? QHeaderView::Fixed
                                                                       : QHeaderView::Interactive);
        if (!stretches && isShown[column->section]) {
            header->resizeSection(column->section, give(*column, missing));
        }
    }
}

int TableColumns::widthOf(const Column &column) const
{
    return m_choices.value(column.section).width.value_or(column.width);
}

/// How wide a column becomes; `missing` is the room that there is too little of, below 0 what is left.
int TableColumns::give(const Column &column, int &missing) const
{
    const int width = widthOf(column);
    if (m_choices.value(column.section).width) {
        return width;
    }
    const int given = missing < 0 ? std::clamp(-missing, 0, std::max(0, column.most - width))
        : column.least > 0        ? -std::clamp(missing, 0, std::max(0, width - column.least))
                                  : 0;
    missing += given;
    return width + given;
}

void TableColumns::takeWidth(int section, int before, int width)
{
    const bool isChosen = !m_isLayingOut && before > 0 && width > 0
        && m_table->horizontalHeader()->sectionResizeMode(section) == QHeaderView::Interactive;
    if (isChosen) {
        m_choices[section].width = width;
        write();
    }
}

void TableColumns::read()
{
    const auto remembered = parseJson(m_preferences.state(m_name));
    if (!remembered) {
        return; // nothing was chosen yet
    }
    for (const auto &column : std::as_const(m_columns)) {
        const std::string key = column.key.toStdString();
        const Json *widths = memberOf(*remembered, "widths");
        const Json *width = widths ? memberOf(*widths, key.c_str()) : nullptr;
        if (width && width->is_number_integer() && column.kind == Kind::Usual) {
            m_choices[column.section].width =
                std::clamp(width->get<int>(), m_table->horizontalHeader()->minimumSectionSize(), 4000);
        }
        const Json *shown = memberOf(*remembered, "shown");
        const Json *isShown = shown ? memberOf(*shown, key.c_str()) : nullptr;
        if (isShown && isShown->is_boolean()) {
            m_choices[column.section].shown = isShown->get<bool>();
        }
        const Json *sort = memberOf(*remembered, "sort");
        const Json *isDescending = sort ? memberOf(*sort, key.c_str()) : nullptr;
        if (isDescending && isDescending->is_boolean() && m_table->isSortingEnabled()) {
            m_isSorted = true;
            m_table->sortByColumn(column.section, isDescending->get<bool>() ? Qt::DescendingOrder : Qt::AscendingOrder);
        }
    }
}

void TableColumns::write() const
{
    const auto *header = m_table->horizontalHeader();
    Json widths = Json::object();
    Json shown = Json::object();
    Json sort = Json::object();
    for (const auto &column : m_columns) {
        const std::string key = column.key.toStdString();
        const Choice choice = m_choices.value(column.section);
        if (choice.width) {
            widths[key] = *choice.width;
        }
        if (choice.shown) {
            shown[key] = *choice.shown;
        }
        if (m_isSorted && header->sortIndicatorSection() == column.section) {
            sort[key] = header->sortIndicatorOrder() == Qt::DescendingOrder;
        }
    }
    const Json chosen{{"widths", widths}, {"shown", shown}, {"sort", sort}};
    m_preferences.setState(m_name, QByteArray::fromStdString(writeJson(chosen)));
}

} // namespace Tocsin

#include "moc_tablecolumns.cpp"
