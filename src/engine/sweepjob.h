// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "enginestep.h"

#include <chrono>

namespace Tocsin {

/// Removes secrets that a Save has made and nothing refers to: what one that was killed has left. Those of a webhook
/// that is being changed, and young ones, stay. Never asks the keychain's owner; what cannot be done now, the next one
/// does.
class SweepJob : public EngineStep
{
    Q_OBJECT

public:
    /// Whoever made it may live longer than its lock: on another machine, or waiting for a keychain's owner.
    static constexpr std::chrono::hours youngestAge{1};

    using EngineStep::EngineStep;

protected:
    void begin() override;
};

} // namespace Tocsin
