// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checklistpopup.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QPointer>

#include <optional>

namespace Tocsin {

/// A combo box of which several items can be chosen: closed it says which in words, open it is a list of check boxes.
class ChecklistButton : public QAbstractButton
{
    Q_OBJECT
    Q_PROPERTY(QString accessibleValue READ valueText WRITE setValueText STORED false)
    Q_PROPERTY(int accessibleRole READ comboBoxRole CONSTANT STORED false)
    Q_PROPERTY(bool allowsAdding READ allowsAdding WRITE setAllowsAdding)
    Q_PROPERTY(QString emptyText READ emptyText WRITE setEmptyText)

public:
    explicit ChecklistButton(QWidget *parent = nullptr);
    ~ChecklistButton() override;

    /// What is offered; chosen values that are not among them are offered as well.
    void setItems(const QList<ChecklistItem> &items);
    bool allowsAdding() const { return m_allowsAdding; }
    void setAllowsAdding(bool allows) { m_allowsAdding = allows; }
    /// Stands there while nothing is chosen.
    QString emptyText() const { return m_emptyText; }
    void setEmptyText(const QString &text);

    QStringList values() const { return m_values; }
    void setValues(const QStringList &values); ///< without valuesChanged()

    QString valueText() const;
    /// Chooses the values that a comma-separated text names by label or value; unknown ones only where they may be
    /// added. An empty text chooses none.
    void setValueText(const QString &text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void valuesChanged(const QStringList &values);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    static int comboBoxRole() { return QAccessible::ComboBox; }
    void togglePopup();
    void choose(const QStringList &values);
    QList<ChecklistItem> offered() const;
    QString labelOf(const QString &value) const;
    std::optional<QString> valueOf(const QString &text) const;
    void noteChange();

    QList<ChecklistItem> m_items;
    QStringList m_values;
    QString m_emptyText;
    bool m_allowsAdding = false;
    QPointer<ChecklistPopup> m_popup;
};

} // namespace Tocsin
