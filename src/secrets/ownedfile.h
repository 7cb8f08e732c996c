// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Tocsin {

/// A file that only its owner may read, in a folder that only its owner may look into, or why it was not read.
struct OwnedFile
{
    enum class State {
        Read,
        FolderMissing,
        FolderWritableByOthers, ///< others may put other files into it
        FolderOwnedByOthers, ///< neither by this process's user nor by root
        FolderUnreadable,
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
    QString systemMessage; ///< the system's own words, for what is unreadable
};

/// Reads the whole file of that name after looking at owner and mode, first of the folder and then of the file, through
/// the descriptors that it is read by. What systemd makes for a service passes: root's folder, or the user's, with an
/// access control list for this user or without one. Where a platform has no modes, ownership is not looked at.
OwnedFile readOwnedFile(const QString &folder, const QString &name);
/// What of that is amiss with the folder alone; else Read.
OwnedFile::State ownedFolderState(const QString &folder);

} // namespace Tocsin
