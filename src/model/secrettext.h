// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace Tocsin {

/// A piece of a stored text: literal, or a reference to a secret by key (`${secret:KEY}`; `$${` writes a literal `${`).
struct SecretTextPart
{
    bool isReference = false;
    QString text; ///< the literal, or the key

    bool operator==(const SecretTextPart &) const = default;
};

/// Splits a stored text. A reference that is not closed, or whose key is not 1–128 of `A-Z a-z 0-9 . _ - /`, is an
/// error with its position.
Result<std::vector<SecretTextPart>> parseSecretText(const QString &text);

/// The keys a text refers to, in order, each once; empty where the text is faulty.
QStringList secretKeys(const QString &text);

/// The key, if the whole text is exactly one reference.
std::optional<QString> soleSecretKey(const QString &text);

QString secretReference(const QString &key);
bool isSecretKey(const QString &key);

/// Replaces each reference once (a secret's own value is never expanded again). An unknown key is an error that names
/// it.
Result<QString> resolveSecretText(const QString &text,
                                  const std::function<std::optional<QString>(const QString &key)> &lookup);

} // namespace Tocsin
