// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QLibrary>

#include <optional>

namespace Tocsin {

/// A shared library that stays loaded from its first use on. Any thread.
class LateLibrary
{
public:
    LateLibrary(const QString &name, int version);

    const std::optional<Error> &error() const { return m_error; }

    /// Ends the program where the library has no such function: it is another one than Tocsin was built with.
    template <typename Function>
    Function function(const char *name)
    {
        return reinterpret_cast<Function>(address(name));
    }

private:
    QFunctionPointer address(const char *name);

    QLibrary m_library;
    std::optional<Error> m_error;
};

LateLibrary &crypto();
LateLibrary &httpDaemon();

} // namespace Tocsin

// Defines a function of a library: it calls the library's own, which it looks up once.
#define TOCSIN_LATE_FUNCTION(library, result, name, parameters, arguments)                                             \
    extern "C" __attribute__((visibility("hidden"))) result name parameters                                            \
    {                                                                                                                  \
        static const auto real = library.function<decltype(&name)>(#name);                                             \
        return real arguments;                                                                                         \
    }
