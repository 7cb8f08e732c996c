// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"
#include "problem.h"

#include <QString>

#include <string>

namespace Tocsin {

/// What a body template renders to, for looking at: where a secret stands, dots.
struct Preview
{
    std::string body; ///< UTF-8; empty where `problems` has an error
    Problems problems; ///< field `body_template`
};

/// Fast enough for each keystroke; any thread.
Preview previewBody(const QString &bodyTemplate, const Json &event, const QString &webhookName = {});

} // namespace Tocsin
