// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "eventdraft.h"
#include "namedgroup.h"

class QComboBox;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace Tocsin {

/// An event's issues, a row each: status and message. Typing in the last row, which is empty, adds one.
class IssuesEdit : public NamedGroup
{
    Q_OBJECT

public:
    explicit IssuesEdit(QWidget *parent = nullptr);

    void setIssues(const QList<EventDraft::Issue> &issues);
    QList<EventDraft::Issue> issues() const;

Q_SIGNALS:
    void changed();

private:
    struct Row
    {
        QWidget *widget;
        QComboBox *status;
        QLineEdit *message;
        QToolButton *remove;
    };

    void addRow(const EventDraft::Issue &issue);
    void removeRow(const QWidget *widget);
    void rowsChanged();

    QVBoxLayout *m_layout;
    QList<Row> m_rows;
    bool m_isFilling = false;
};

} // namespace Tocsin
