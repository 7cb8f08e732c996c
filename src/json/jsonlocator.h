// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace Tocsin {

/// Where the value that `field` names (`type.http_request.url`, `[1].response_validators[0].json_path`, `$.data.id`)
/// starts in a JSON text that parseJson() has accepted; where it is not there, the innermost value around it that is.
/// `inside` is a place in that value's own text, if it is a string: the position is then that of the character in the
/// JSON text.
TextPosition locateField(QByteArrayView text, const QString &field, const TextPosition &inside = {});

/// A value's own text in a JSON text, and where it starts there.
struct LocatedText
{
    QByteArrayView text;
    TextPosition start{.line = 1, .column = 1, .offset = 0};
};

/// The items of an array that parseJson() has accepted; none where the text is not an array.
std::vector<LocatedText> locateItems(QByteArrayView text);

} // namespace Tocsin
