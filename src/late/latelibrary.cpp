// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "latelibrary.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

LateLibrary::LateLibrary(const QString &name, int version)
    : m_library(name, version)
{
    m_library.setLoadHints(QLibrary::PreventUnloadHint);
    if (!m_library.load()) {
        const QString file = "lib"_L1 % name % ".so."_L1 % QString::number(version);
        m_error = Error{.message = QCoreApplication::translate("Tocsin::LateLibrary",
                                                               "The library %1, which this needs, cannot be loaded.")
                                       .arg(file),
                        .where = file};
    }
}

QFunctionPointer LateLibrary::address(const char *name)
{
    const auto found = m_library.resolve(name);
    if (!found) {
        qFatal("%s has no function %s.", qPrintable(m_library.fileName()), name);
    }
    return found;
}

LateLibrary &crypto()
{
    static LateLibrary library(u"crypto"_s, 3);
    return library;
}

LateLibrary &httpDaemon()
{
    static LateLibrary library(u"microhttpd"_s, 12);
    return library;
}

} // namespace Tocsin
