// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QString>

namespace Tocsin {

/// A secret's value from standard input, without the newline that ends it. On a terminal the prompt is shown and what
/// is typed is not.
Result<QString> readSecretValue(const QString &prompt);

/// While it lives, a terminal on standard input does not show what is typed.
class HiddenTyping
{
public:
    HiddenTyping();
    ~HiddenTyping();
    HiddenTyping(const HiddenTyping &) = delete;
    HiddenTyping &operator=(const HiddenTyping &) = delete;

    bool isTerminal() const { return m_isTerminal; }

private:
    bool m_isTerminal = false;
};

} // namespace Tocsin
