// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodycheck.h"

#include "bodytemplate.h"

namespace Tocsin {

BodyCheck checkBody(const QString &bodyTemplate)
{
    BodyCheck check{.bodyTemplate = bodyTemplate, .problems = {}, .secretPlaces = bodySecretPlaces(bodyTemplate)};
    if (!bodyTemplate.isEmpty()) { // validate() says so where it is missing
        check.problems = BodyTemplate::compile(bodyTemplate.toStdString()).problems;
    }
    return check;
}

} // namespace Tocsin
