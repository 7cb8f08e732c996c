// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secretplaces.h"

#include <QHash>
#include <QSet>

namespace Tocsin {

/// Gathers the places of one text, and gives each a `what` of its own.
class SecretPlaceList
{
public:
    explicit SecretPlaceList(QLatin1StringView text); ///< what each `what` begins with

    /// `path` says where in the text: it becomes a part of a key.
    void add(const QString &path, SecretPlace place);
    bool holdsReferenceAt(qsizetype begin) const { return m_references.contains(begin); }
    QList<SecretPlace> take(); ///< in the order of the text

private:
    QString unusedWhat(const QString &path);

    QLatin1StringView m_text;
    QList<SecretPlace> m_places;
    QSet<QString> m_used;
    QHash<QString, int> m_times; ///< how often a path was added
    QSet<qsizetype> m_references;
};

/// Whether a text is long enough for a secret, without spaces, and can be kept in a keychain.
bool canBeSecret(const QString &text);

/// The end of the reference `${secret:KEY}` that begins at `begin`; of its opening, where it is none.
qsizetype endOfReference(QStringView text, qsizetype begin);

/// The end of what stands in double braces at `begin`: behind the closing ones, or the text's end.
qsizetype endOfBraces(QStringView text, qsizetype begin);

} // namespace Tocsin
