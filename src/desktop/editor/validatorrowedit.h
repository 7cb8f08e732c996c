// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "namedgroup.h"
#include "webhook.h"

class QLineEdit;
class QToolButton;

namespace Tocsin {

class ChipsEdit;
class ProblemLabel;

/// One line of the Response Validators table.
class ValidatorRowEdit : public NamedGroup
{
    Q_OBJECT

public:
    explicit ValidatorRowEdit(QWidget *parent = nullptr);

    void setNumber(int number); ///< from 1
    void setValidator(const ResponseValidator &validator); ///< without signals

    QLineEdit *pathEdit() const { return m_path; }
    ChipsEdit *valuesEdit() const { return m_values; }
    ProblemLabel *pathProblems() const { return m_pathProblems; }
    ProblemLabel *valuesProblems() const { return m_valuesProblems; }
    QList<QWidget *> tabStops() const;
    int buttonWidth() const;

Q_SIGNALS:
    void pathChanged(const QString &path);
    void valuesChanged(const QStringList &values);
    void removeRequested();

private:
    void updateSummary();

    QLineEdit *m_path;
    ChipsEdit *m_values;
    QToolButton *m_remove;
    ProblemLabel *m_pathProblems;
    ProblemLabel *m_valuesProblems;
};

} // namespace Tocsin
