// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

#include <functional>
#include <utility>

namespace Tocsin {

/// A thread that runs a function, and ends with it. In place of QThread's own create(), which runs it within
/// std::call_once(): there ThreadSanitizer takes whatever happens for a library's business, and tells of nothing.
class FunctionThread : public QThread
{
public:
    explicit FunctionThread(std::function<void()> function)
        : m_function(std::move(function))
    {
    }

protected:
    void run() override { m_function(); }

private:
    const std::function<void()> m_function;
};

} // namespace Tocsin
