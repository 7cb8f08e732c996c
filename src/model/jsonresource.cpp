// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonresource.h"

#include <QFile>

namespace Tocsin {

QByteArray readTextResource(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("%s is not part of the program", qUtf8Printable(path));
    }
    return file.readAll();
}

Json readJsonResource(const QString &path)
{
    auto document = parseJson(readTextResource(path));
    if (!document) {
        qFatal("%s: %s", qUtf8Printable(path), qUtf8Printable(document.error().message));
    }
    return std::move(document).value();
}

} // namespace Tocsin
