// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "colorroles.h"
#include "problem.h"

#include <QWidget>

class QLabel;

namespace Tocsin {

/// What is wrong with the field above it: the errors beside their icon, then the warnings beside theirs; hidden where
/// there is nothing to say. The field's accessible description says the same first.
class ProblemLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemLabel(QWidget *parent = nullptr);

    /// The widget that the problems are about. What describes it already stays behind them.
    void setField(QWidget *field);
    void setProblems(const Problems &problems);
    QString text() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Part
    {
        QWidget *box = nullptr;
        QLabel *icon = nullptr;
        QLabel *text = nullptr;
    };

    Part makePart();
    static void setSentences(const Part &part, const QStringList &sentences);
    void paintRoles();
    void paintRole(const Part &part, ColorRole role);

    Part m_errors;
    Part m_warnings;
    QWidget *m_field = nullptr;
    QString m_description; ///< the field's own
};

} // namespace Tocsin
