// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "headerrowedit.h"
#include "webhookdraft.h"

#include <QWidget>

class QVBoxLayout;

namespace Tocsin {

/// The Headers table, edited in place. Its last row is always empty: typing there adds one.
class HeadersEdit : public QWidget
{
    Q_OBJECT

public:
    explicit HeadersEdit(QWidget *parent = nullptr);
    HeadersEdit(HeaderRowEdit::Kind kind, QWidget *parent);

    void setRows(const QList<HeaderRow> &rows); ///< without rowsChanged()
    /// All up to the last one that is not blank; blank ones between keep their place.
    QList<HeaderRow> rows() const;
    void focusRow(int row);
    QWidget *widgetOf(int row) const; ///< the key of a row, or of the nearest one that there is
    QWidget *valueOf(int row) const; ///< the same for the value
    QList<QWidget *> tabStops() const;

Q_SIGNALS:
    void rowsChanged(const QList<Tocsin::HeaderRow> &rows);

private:
    void insertRow(int index);
    void enterRow(int row);
    void removeRow(HeaderRowEdit *edit);
    void paste(HeaderRowEdit *edit, const QString &text);
    void note();
    void keepOneEmpty();

    const HeaderRowEdit::Kind m_kind;
    QVBoxLayout *m_layout;
    QList<HeaderRowEdit *> m_edits;
};

} // namespace Tocsin
