// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <vector>

namespace Tocsin {

/// A host as a resolver would be asked for it, in lower case and ASCII (RFC 5890), without the dots that end it,
/// however it is written; as it stands where it is no host.
QString plainHost(QStringView host);

/// A path without what can be written in more than one way, and where each of its characters stands in the path as
/// written.
struct PlainPath
{
    QString text;
    std::vector<qsizetype> begins; ///< for each code unit of the text
};

/// Undoes percent-encodings, and leaves out empty, `.` and `..` segments (RFC 3986 §5.2.4). What begins at a place for
/// which `endOfHole` says where it ends (else -1) is one character that is no slash.
PlainPath plainPath(QStringView path, const std::function<qsizetype(qsizetype begin)> &endOfHole);

} // namespace Tocsin
