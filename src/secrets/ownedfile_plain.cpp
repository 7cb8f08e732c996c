// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ownedfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace Tocsin {

OwnedFile::State ownedFolderState(const QString &folder)
{
    return QFileInfo(folder).isDir() ? OwnedFile::State::Read : OwnedFile::State::FolderMissing;
}

OwnedFile readOwnedFile(const QString &folder, const QString &name)
{
    if (const auto state = ownedFolderState(folder); state != OwnedFile::State::Read) {
        return {.state = state, .content = {}, .systemMessage = {}};
    }
    const QString path = QDir(folder).filePath(name);
    const QFileInfo info(path);
    if (!info.exists()) {
        return {.state = OwnedFile::State::Missing, .content = {}, .systemMessage = {}};
    }
    if (!info.isFile()) {
        return {.state = OwnedFile::State::NotAFile, .content = {}, .systemMessage = {}};
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {.state = OwnedFile::State::Unreadable, .content = {}, .systemMessage = file.errorString()};
    }
    if (file.size() > OwnedFile::maximumSize) {
        return {.state = OwnedFile::State::TooLarge, .content = {}, .systemMessage = {}};
    }
    return {.state = OwnedFile::State::Read, .content = file.readAll(), .systemMessage = {}};
}

} // namespace Tocsin
