// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Tocsin {

/// A file that only its owner may read, or why it was not read.
struct OwnedFile
{
    enum class State {
        Read,
        Missing,
        NotAFile,
        ForOthersToo, ///< its mode or its access control list lets others read it
        OwnedByOthers, ///< neither by this process's user nor by root
        TooLarge, ///< more than maximumSize
        Unreadable
    };
    static constexpr qsizetype maximumSize = 1024 * 1024; ///< bytes

    State state = State::Missing;
    QByteArray content;
    QString systemMessage; ///< the system's own words, for Unreadable
};

/// Reads the whole file after looking at its owner and mode through the same descriptor. Where a platform has no modes,
/// ownership is not looked at.
OwnedFile readOwnedFile(const QString &path);

} // namespace Tocsin
