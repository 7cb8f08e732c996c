// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhookdraft.h"

#include <QWidget>

class QVBoxLayout;

namespace Tocsin {

class ProblemLabel;
class SecretEdit;

/// One line for each secret that URL and body template refer to: its name, and a SecretEdit for its value.
class SecretsEdit : public QWidget
{
    Q_OBJECT

public:
    explicit SecretsEdit(QWidget *parent = nullptr);

    /// Without typed(). A line whose secret stays keeps its focus and what is typed there.
    void setRows(const QList<SecretRow> &rows);
    /// Into the first line that asks for a value, or else the first one.
    QWidget *firstMissing() const; ///< the line of the first secret that is asked for; null: there are no lines
    QList<QWidget *> tabStops() const;
    ProblemLabel *problems() const { return m_problems; } ///< below the lines

Q_SIGNALS:
    /// The value that is to take the place of the secret `key` refers to; empty: none.
    void typed(const QString &key, const QString &value);

private:
    struct Line
    {
        SecretRow row;
        QWidget *widget = nullptr;
        SecretEdit *edit = nullptr;
    };
    Line makeLine(const SecretRow &row);

    QVBoxLayout *m_layout;
    ProblemLabel *m_problems;
    QList<Line> m_lines;
};

} // namespace Tocsin
