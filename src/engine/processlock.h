// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>

namespace Tocsin {

/// A lock that a file stands for, held by one holder of all processes until it is destroyed or its process ends,
/// however that ends.
class ProcessLock
{
public:
    enum class Taking {
        Taken,
        Busy, ///< another one holds it, of this process or another
        Failed ///< the file cannot be made
    };

    explicit ProcessLock(const QString &path);
    ~ProcessLock();
    Q_DISABLE_COPY_MOVE(ProcessLock)

    /// Without waiting.
    Taking take();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tocsin
