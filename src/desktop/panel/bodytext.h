// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "codestyles.h"

#include <QByteArray>
#include <QString>

namespace Tocsin {

/// A body as the code view shows it.
struct BodyText
{
    enum class Kind { Empty, JsonText, Text, Binary };

    Kind kind = Kind::Empty;
    QString raw; ///< as it came, decoded; a hex dump for Binary
    QString pretty; ///< laid out, for Json; else empty
    CodeLanguage language = CodeLanguage::Text;
    QString encoding; ///< in which a Text was read, where that is not UTF-8
    bool isShortened = false; ///< `raw` shows only the beginning, since the whole would be too slow to show
};

/// `contentType` as its header says it, or empty. What is no text in the charset that it names, or holds control
/// characters, is Binary. JSON is UTF-8, whatever charset is named. A JSON body that was cut off (`isCut`) counts as
/// Json where its type says so.
BodyText bodyText(const QByteArray &body, const QString &contentType, bool isCut);

/// The word for a kind: "JSON", "text", "binary".
QString toString(BodyText::Kind kind);

/// Lines of `offset  16 bytes in hex  the same as ASCII`.
QString hexDump(QByteArrayView bytes);

} // namespace Tocsin
