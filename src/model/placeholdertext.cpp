// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "placeholdertext.h"

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

bool hasPlaceholders(QStringView text)
{
    return text.contains("{{"_L1);
}

QString withPlaceholdersBlanked(const QString &text)
{
    QString blanked = text;
    for (auto begin = text.indexOf("{{"_L1); begin >= 0;) {
        const auto close = text.indexOf("}}"_L1, begin + 2);
        const auto end = close < 0 ? text.size() : close + 2;
        std::fill(blanked.begin() + begin, blanked.begin() + end, u'x');
        begin = text.indexOf("{{"_L1, end);
    }
    return blanked;
}

} // namespace Tocsin
