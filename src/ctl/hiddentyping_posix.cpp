// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretvalue.h"

#include <termios.h>
#include <unistd.h>

namespace Tocsin {

namespace {

termios previous;

} // namespace

HiddenTyping::HiddenTyping()
    : m_isTerminal(::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &previous) == 0)
{
    if (m_isTerminal) {
        termios silent = previous;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
}

HiddenTyping::~HiddenTyping()
{
    if (m_isTerminal) {
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &previous);
    }
}

} // namespace Tocsin
