// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace Tocsin {

/// Statuses of answers that are looked for, from the first to the last; 0 is no answer.
struct HttpStatusRange
{
    int first = 0;
    int last = 0;

    bool operator==(const HttpStatusRange &) const = default;
};

/// `503`, a class such as `5xx`, or `none` (no answer); several apart by commas. None: it is not that.
std::optional<QList<HttpStatusRange>> httpStatusesFromString(const QString &text);

} // namespace Tocsin
