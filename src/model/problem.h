// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QList>
#include <QString>

namespace Tocsin {

enum class Severity { Error, Warning };

/// One thing wrong with a webhook. `field` is a path into the document as it is written there: `name`,
/// `type.http_request.url`, `type.http_request.headers.X-Key`, `response_validators[1].json_path`; the position points
/// into the field's text where that has lines (`body_template`). `message` is a sentence for a person.
struct Problem
{
    Severity severity = Severity::Error;
    QString field;
    QString message;
    TextPosition position;

    bool operator==(const Problem &) const = default;
};

using Problems = QList<Problem>;

/// True where at least one of them is an error (warnings do not keep a webhook from being saved).
bool hasErrors(const Problems &problems);

/// The problems in the order of the form's fields; those of one field keep their order.
Problems inFormOrder(Problems problems);

} // namespace Tocsin
