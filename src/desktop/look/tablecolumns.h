// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QObject>

#include <optional>

class QMenu;
class QTableView;

namespace Tocsin {

class Preferences;

/// The columns of a table. Those that take the rest stretch over what the others leave; where there is no room, some
/// are left out. What a person chose (a width, shown or hidden, the order of the rows) is remembered, and nothing else:
/// a width that the layout gave is none. The header's context menu shows and hides each; menu() is the same for the
/// keyboard.
class TableColumns : public QObject
{
    Q_OBJECT

public:
    enum class Kind {
        Usual, ///< as wide as it is meant to be, or as a person made it
        Fixed, ///< as wide as it is meant to be
        TakesRest ///< what the others leave
    };
    struct Column
    {
        int section = 0;
        QString key; ///< by which choices are remembered
        int width = 0; ///< in pixels: for TakesRest the one below which others are left out
        Kind kind = Kind::Usual;
        bool canBeHidden = true;
        int most = 0; ///< in pixels: more than `width`, where the others leave it, before those that take the rest
        int least = 0; ///< in pixels: less than `width`, where there is no room although others are left out
    };

    /// `columns` are all of the table's, whose model is set; the first that cannot be hidden takes the rest where no
    /// other does. `leftOut`: those that can be missed, the first one first. `name` is that of the choices.
    TableColumns(QTableView *table, const QList<Column> &columns, const QList<int> &leftOut, Preferences &preferences,
                 const QString &name);

    /// Shows and hides each column, and resets them. Belongs to the table.
    QMenu *menu() const { return m_menu; }
    /// Whether a column may stand there is a person's choice from now on.
    void setShown(int section, bool shown);
    void reset(); ///< as if nothing had been chosen, the order of the rows aside

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Choice
    {
        std::optional<int> width;
        std::optional<bool> shown;
    };

    void fillMenu();
    void layOut();
    int widthOf(const Column &column) const;
    int give(const Column &column, int &missing) const;
    void takeWidth(int section, int before, int width);
    void read();
    void write() const;

    QTableView *m_table;
    QList<Column> m_columns;
    QList<int> m_leftOut;
    Preferences &m_preferences;
    QString m_name;
    QMenu *m_menu;
    QHash<int, Choice> m_choices; ///< by section
    bool m_isLayingOut = false;
    bool m_isSorted = false; ///< by a person
};

} // namespace Tocsin
