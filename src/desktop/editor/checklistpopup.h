// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <QString>
#include <QStringList>

class QCheckBox;
class QLabel;
class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace Tocsin {

struct ChecklistItem
{
    QString value;
    QString label;

    bool operator==(const ChecklistItem &) const = default;
};

/// The list that a ChecklistButton opens, over the window's content rather than in a window of its own, so that it is
/// where assistive technology looks for it. Space checks, Up and Down move, Enter and Esc close; so does whatever takes
/// the focus elsewhere. Where values can be added, a line at its top searches, and Enter adds what was typed.
class ChecklistPopup : public QFrame
{
    Q_OBJECT

public:
    ChecklistPopup(const QString &name, bool allowsAdding, QWidget *owner);

    /// What holds when nothing is checked, said below the list.
    void setEmptyText(const QString &text);

    void setItems(const QList<ChecklistItem> &items, const QStringList &checked);
    void openAt(QWidget *owner);
    void close();

Q_SIGNALS:
    void toggled(const QString &value, bool checked);
    void added(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool handleKey(QObject *watched, int key);
    void move(int step);
    void search(const QString &text);
    void submit();
    void focusMoved(QWidget *before, QWidget *now);
    void place();
    void showOwner();

    QWidget *m_owner;
    QLineEdit *m_line = nullptr;
    QLabel *m_hint;
    QLabel *m_emptyLabel;
    QScrollArea *m_scroll;
    QWidget *m_list;
    QVBoxLayout *m_layout;
    QList<QCheckBox *> m_boxes;
};

} // namespace Tocsin
