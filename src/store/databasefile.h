// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QString>

namespace Tocsin {

/// What stood at a database's place before it was opened.
enum class DatabaseFile { Empty, Filled };

/// Sees to it that `folder` is a folder (made for its owner only) and that `path`, in it, is a file (made for its owner
/// only) that may be written to; or says why not, and changes nothing.
Result<DatabaseFile> prepareDatabaseFile(const QString &folder, const QString &path);

} // namespace Tocsin
