// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenparametersedit.h"

namespace Tocsin {

TokenParametersEdit::TokenParametersEdit(QWidget *parent)
    : HeadersEdit(HeaderRowEdit::Kind::TokenParameter, parent)
{
    connect(this, &HeadersEdit::rowsChanged, this, [this](const QList<HeaderRow> &rows) {
        QList<TokenParameter> parameters;
        for (const HeaderRow &row : rows) {
            parameters.append({.name = row.name, .value = row.value});
        }
        Q_EMIT parametersChanged(parameters);
    });
}

void TokenParametersEdit::setParameters(const QList<TokenParameter> &parameters)
{
    QList<HeaderRow> rows;
    for (const TokenParameter &parameter : parameters) {
        rows.append({.name = parameter.name, .value = parameter.value, .locked = {}});
    }
    setRows(rows);
}

} // namespace Tocsin

#include "moc_tokenparametersedit.cpp"
