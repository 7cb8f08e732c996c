// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QStringList>

namespace Tocsin {

/// What there is to say about a failed invocation, in the order in which one reads it.
struct Troubleshooting
{
    QString what; ///< one sentence
    QStringList evidence; ///< sentences: what was seen
    QString detail; ///< the same in the raw words of the system or of a library; may be empty
    QString quote; ///< the beginning of what the target (or the token endpoint) said; may be empty
    QStringList causes; ///< most likely first
    QString hint; ///< what to do
    QString field; ///< where to change it; may be empty
    TextPosition position{}; ///< in that field's text; may be invalid
};

Troubleshooting troubleshoot(const Invocation &invocation);

} // namespace Tocsin
