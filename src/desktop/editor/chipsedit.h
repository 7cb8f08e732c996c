// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QFrame>
#include <QStringList>

class QLineEdit;
class QToolButton;

namespace Tocsin {

class FlowLayout;

/// A list of short values: each a chip with a button that removes it, and a line to type the next. Enter or leaving the
/// line makes a chip of what was typed, Backspace in the empty line removes the last, pasted lines become a chip each.
/// Left and Right walk from the line through the chips; Space or Delete removes one.
class ChipsEdit : public QFrame
{
    Q_OBJECT
    Q_PROPERTY(QString label READ label WRITE setLabel)
    Q_PROPERTY(QString placeholderText READ placeholderText WRITE setPlaceholderText)
    Q_PROPERTY(QString accessibleValue READ text STORED false)
    Q_PROPERTY(int accessibleRole READ groupingRole CONSTANT STORED false)

public:
    explicit ChipsEdit(QWidget *parent = nullptr);

    /// The accessible name of the list and of its line.
    QString label() const;
    void setLabel(const QString &label);
    QString placeholderText() const { return m_placeholder; }
    void setPlaceholderText(const QString &text);
    /// White space also parts values, as in a list of OAuth scopes.
    void setSplitsAtSpaces(bool splits) { m_splitsAtSpaces = splits; }

    /// The chips, and what stands in the line though it has not been made a chip yet.
    QStringList values() const;
    /// Replaces the chips without valuesChanged(); the line is emptied.
    void setValues(const QStringList &values);

    QString text() const; ///< the values for a person
    QLineEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void valuesChanged(const QStringList &values);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    static int groupingRole() { return QAccessible::Grouping; }
    QStringList split(const QString &text) const;
    void add(const QStringList &values);
    void commit();
    void remove(const QString &value);
    void rebuild();
    void shorten();
    void noteChange();

    QLineEdit *m_edit;
    FlowLayout *m_layout;
    QStringList m_values;
    QList<QToolButton *> m_chips;
    QString m_placeholder;
    int m_lineHeight = 0;
    bool m_splitsAtSpaces = false;
};

} // namespace Tocsin
