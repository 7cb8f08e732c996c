// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Tocsin {

/// The fewest characters (code points) of a literal that is taken for a secret because of the name it has.
inline constexpr qsizetype fewestSecretCharacters = 12;

/// Whether a member of a body is named like a secret (`routing_key`, `apiKey`, `X.Api.Token`, `token[]` …). Compared by
/// letters and digits alone, without case.
bool namesSecretMember(QStringView name);

/// The same of a query parameter of a URL, where some short names (`sig`, `code`, `key`) say so as well.
bool namesSecretParameter(QStringView name);

/// How much of a value is a scheme word and the space after it (RFC 9110 §11.4), as it is or as in a URL. Only words
/// that are known: the first word of any other value may be a part of the secret.
qsizetype schemeLength(const QString &value);

/// Where the secret begins in the path of a URL whose host is known to give out URLs that are secrets themselves
/// (Slack, Discord, Teams …): everything from there on is. -1 where host and path are no such. Both are as plainHost()
/// and plainPath() write them.
qsizetype secretPathBegin(QStringView host, QStringView path);

} // namespace Tocsin
