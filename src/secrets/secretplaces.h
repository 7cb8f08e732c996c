// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Tocsin {

/// Why a literal that looks like a secret cannot be lifted, and stays readable.
enum class SecretObstacle {
    None,
    Number, ///< a reference stands for text
    Cut, ///< by blocks, into pieces too short to tell
    Escapes, ///< it is not sure that a reference would be escaped as often as the literal is
    Member ///< of an object that is named like a secret, while its own name says nothing: it may as well be harmless
};

/// Where a secret stands in a webhook's URL or body template: literally, or as a reference.
struct SecretPlace
{
    QString what; ///< its part of a key: `url/path`, `url/token`, `body/payload.token`; each once in a text
    QString name; ///< the parameter's or member's, as written; empty for a URL's path
    qsizetype begin = 0; ///< of what a reference takes the place of, or of the reference, in the text's code units
    qsizetype length = 0;
    QString value; ///< of a literal: what a reference would have to stand for so that the same is sent; may be empty
                   ///< where there is an obstacle
    QString key; ///< of a reference; empty for a literal
    SecretObstacle obstacle = SecretObstacle::None;

    bool isLiteral() const { return key.isEmpty(); }
    bool canBeLifted() const { return isLiteral() && obstacle == SecretObstacle::None; }
    bool operator==(const SecretPlace &) const = default;
};

/// Literals: values of query parameters that are named like secrets, and the paths of hosts whose path is the secret,
/// without a scheme word before them; of one with placeholders, the literal runs between them, of one with a reference
/// none. Each is of at least twelve characters and without spaces. References: all of them. In the order of the text.
/// Any thread; takes time and memory linear in the text, as do the others.
QList<SecretPlace> urlSecretPlaces(const QString &url);

/// The same of an OAuth token endpoint's URL; `what` begins with `oauth/url`.
QList<SecretPlace> tokenUrlSecretPlaces(const QString &url);

/// Literals: members that are named like secrets, and what stands in arrays and objects named so, under the same
/// conditions, in JSON within strings as well; comments and blocks count as the template language has it. What cannot
/// be lifted says so (SecretPlace::obstacle). References: all of them. Works on any text, finished or not.
QList<SecretPlace> bodySecretPlaces(const QString &bodyTemplate);

} // namespace Tocsin
