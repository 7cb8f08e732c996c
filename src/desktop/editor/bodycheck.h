// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "problem.h"
#include "secretplaces.h"

#include <QList>
#include <QString>

namespace Tocsin {

/// What there is to say about a body template alone. For one of 1 MiB it takes some tenths of a second.
struct BodyCheck
{
    QString bodyTemplate;
    Problems problems; ///< BodyTemplate's, field `body_template`; none where it is empty
    QList<SecretPlace> secretPlaces;
};

/// Any thread.
BodyCheck checkBody(const QString &bodyTemplate);

} // namespace Tocsin
