// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonresource.h"

#include <QFile>

namespace Tocsin {

Json readJsonResource(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("%s is not part of the program", qUtf8Printable(path));
    }
    auto document = parseJson(file.readAll());
    if (!document) {
        qFatal("%s: %s", qUtf8Printable(path), qUtf8Printable(document.error().message));
    }
    return std::move(document).value();
}

} // namespace Tocsin
