// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

namespace Tocsin {

/// What a validator found, with what was left out of it; empty where it found nothing.
QString actualText(const ValidatorResult &result);

/// What validators saw otherwise than it came; empty where all was as it came.
QString judgedOtherwiseText(const ReceivedResponse &response);

} // namespace Tocsin
