// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>

namespace Tocsin {

/// What of a token request is shown as a mark, however short it is: too short a secret is not redacted by its value.
struct TokenSecrets
{
    bool isClientId = false;
    QString url{}; ///< the endpoint's as it is shown; empty: as it is
    QSet<QString> scopes{}; ///< values
    QSet<QString> parameters{}; ///< names
};

} // namespace Tocsin
