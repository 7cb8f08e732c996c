// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal.h"

namespace Tocsin {

bool errorsGoToATerminal()
{
    return false;
}

bool inputComesFromATerminal()
{
    return false;
}

} // namespace Tocsin
