// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage.h"

#include <functional>

namespace Tocsin {

/// A page of the window in one of its states.
struct Scene
{
    const char *name; ///< of the picture's file
    Stage::Profile profile;
    std::function<void(Stage &stage)> show;
};

QList<Scene> scenes();
/// What is looked at: the window, or the dialog over it.
QWidget *shownWindow(Stage &stage);

} // namespace Tocsin
