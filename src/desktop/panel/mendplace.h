// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"
#include "result.h"

#include <QString>

#include <optional>

namespace Tocsin {

/// Where somebody goes to change what made an invocation fail: a value. What shows an invocation says it, whoever
/// passes it on adds what they know, and the window alone knows the way.
struct MendPlace
{
    QString webhookId{}; ///< empty: of the form that is open
    QString field{}; ///< as in Problem::field
    TextPosition position{}; ///< in the field's text; invalid: none in particular
    std::optional<Invocation> invocation{}; ///< what failed, to be read beside the field
    QString deliveryId{}; ///< of which it was an attempt; empty: it was a test

    bool operator==(const MendPlace &) const = default;
};

} // namespace Tocsin
