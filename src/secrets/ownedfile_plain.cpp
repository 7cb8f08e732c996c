// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ownedfile.h"

#include <QFile>
#include <QFileInfo>

namespace Tocsin {

OwnedFile readOwnedFile(const QString &path)
{
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
