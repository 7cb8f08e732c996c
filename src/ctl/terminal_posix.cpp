// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal.h"

#include <unistd.h>

namespace Tocsin {

bool errorsGoToATerminal()
{
    return ::isatty(STDERR_FILENO) == 1;
}

bool inputComesFromATerminal()
{
    return ::isatty(STDIN_FILENO) == 1;
}

} // namespace Tocsin
