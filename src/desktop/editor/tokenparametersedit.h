// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "headersedit.h"

namespace Tocsin {

/// The table of a token request's further parameters, edited as headers are.
class TokenParametersEdit : public HeadersEdit
{
    Q_OBJECT

public:
    explicit TokenParametersEdit(QWidget *parent = nullptr);

    void setParameters(const QList<TokenParameter> &parameters); ///< without parametersChanged()

Q_SIGNALS:
    void parametersChanged(const QList<Tocsin::TokenParameter> &parameters);
};

} // namespace Tocsin
