// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "problem.h"

#include <QWidget>

class QLabel;

namespace Tocsin {

/// What is wrong with the field above it: an icon and the sentences, hidden where there is nothing to say. The field's
/// accessible description says the same.
class ProblemLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemLabel(QWidget *parent = nullptr);

    /// The widget that the problems are about.
    void setField(QWidget *field) { m_field = field; }
    void setProblems(const Problems &problems);
    QString text() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintRole();

    QLabel *m_icon;
    QLabel *m_text;
    QWidget *m_field = nullptr;
    Severity m_severity = Severity::Error;
};

} // namespace Tocsin
