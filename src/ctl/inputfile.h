// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"
#include "problem.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Tocsin {

class Session;

inline constexpr qint64 mebibyte = 1024 * 1024;
/// The largest file that is read, unless told otherwise.
inline constexpr qint64 maximumInputSize = 16 * mebibyte;

/// The bytes of a file, or of standard input (`-`). The error says what is wrong with it in one sentence, and `where`
/// names the file.
Result<QByteArray> readInput(const QString &path, qint64 maximumSize = maximumInputSize);

/// What messages call a file or standard input (`-`).
QString inputName(const QString &path);

/// A JSON text and what it holds.
struct JsonInput
{
    QString name; ///< for messages
    QByteArray text;
    Json value;

    /// `name:line:column: field: message`; a warning says so.
    QString describe(const Problem &problem) const;
};

/// Reads and parses; complains where that fails.
std::optional<JsonInput> readJson(Session &session, const QString &path,
                                  RepeatedMembers repeated = RepeatedMembers::LastCounts);

/// Whether an argument names a file and not a stored webhook.
bool isFileName(const QString &argument);

} // namespace Tocsin
