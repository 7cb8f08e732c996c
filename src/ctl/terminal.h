// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Tocsin {

/// One line on standard error that tells how far something has come, where a person sees it: nothing is written unless
/// standard error is a terminal. It is gone when this is.
class ProgressLine
{
public:
    ProgressLine();
    ~ProgressLine();
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    void show(const QString &text); ///< in place of what stood there

private:
    bool m_isTerminal;
    bool m_isShown = false;
};

/// Whether standard error is a terminal.
bool errorsGoToATerminal();
/// Whether standard input is one: somebody can be asked.
bool inputComesFromATerminal();
/// Asks on standard error, and waits for a line on standard input: whether it says yes.
bool saysYes(const QString &question);

} // namespace Tocsin
