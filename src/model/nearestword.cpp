// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nearestword.h"

#include <algorithm>
#include <vector>

namespace Tocsin {

qsizetype editDistance(const QString &from, const QString &to)
{
    const auto a = from.toCaseFolded();
    const auto b = to.toCaseFolded();
    const auto width = static_cast<std::size_t>(b.size()) + 1;
    std::vector<qsizetype> beforeLast(width);
    std::vector<qsizetype> last(width);
    std::vector<qsizetype> row(width);
    for (std::size_t j = 0; j < width; ++j) {
        row[j] = static_cast<qsizetype>(j);
    }
    for (qsizetype i = 1; i <= a.size(); ++i) {
        beforeLast.swap(last);
        last.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j < width; ++j) {
            const auto k = static_cast<qsizetype>(j);
            const qsizetype replaced = last[j - 1] + (a[i - 1] == b[k - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) {
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
            }
        }
    }
    return row[width - 1];
}

QString nearestWord(const QString &word, const QStringList &known)
{
    constexpr qsizetype longestWord = 256; // keeps the work on hostile input small
    if (word.size() > longestWord) {
        return {};
    }
    QString nearest;
    qsizetype best = std::max<qsizetype>(1, word.size() / 3) + 1;
    for (const auto &candidate : known) {
        const auto distance = editDistance(word, candidate);
        if (distance < best && distance < candidate.size()) {
            best = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

} // namespace Tocsin
