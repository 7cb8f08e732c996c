// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <QByteArray>

namespace Tocsin {

/// A digest (BLAKE2b, 256 bits) of what an event says, its own `id` aside. White space, the order of members and how a
/// text is escaped do not count. Numbers count as they are written, since bodies show them so: 1.0 is not 1. Any
/// thread.
QByteArray eventContentDigest(const Json &event);

} // namespace Tocsin
