// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QByteArrayView>
#include <QString>

#include <nlohmann/json.hpp>

#include <string>

namespace Tocsin {

/// The one JSON type: member order and integers up to 64 bits (signed and unsigned) survive a round trip; other numbers
/// are doubles. Its strings are UTF-8.
using Json = nlohmann::ordered_json;

/// How deep arrays and objects may nest in a text that is parsed.
inline constexpr int maximumJsonDepth = 512;

/// Parses one JSON text (RFC 8259). The error names the place (line and column) and says what was expected there;
/// what is not UTF-8, holds a lone surrogate or nests too deeply is refused. Any thread.
Result<Json> parseJson(QByteArrayView text);

enum class JsonFormat { Compact, Indented };
/// Writes JSON text; Indented uses two spaces. Strings that are not UTF-8 have the offending bytes replaced by U+FFFD.
std::string writeJson(const Json &value, JsonFormat format = JsonFormat::Compact);

QString toQString(const std::string &utf8);
Json toJson(const QString &text);

} // namespace Tocsin
