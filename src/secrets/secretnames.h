// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Tocsin {

/// The fewest characters (code points) of a literal that is taken for a secret because of the name it has.
inline constexpr qsizetype fewestSecretCharacters = 12;

/// Whether a member of a body is named like a secret (`routing_key`, `apiKey`, `X-Api-Token` …). Compared without case,
/// `-` and `_`.
bool namesSecretMember(QStringView name);

/// The same of a query parameter of a URL, where some short names (`sig`, `code`, `key`) say so as well.
bool namesSecretParameter(QStringView name);

/// Where the secret begins in the path of a URL whose host is known to give out URLs that are secrets themselves
/// (Slack, Discord, Teams …): everything from there on is. -1 where host and path are no such.
qsizetype secretPathBegin(QStringView host, QStringView path);

} // namespace Tocsin
