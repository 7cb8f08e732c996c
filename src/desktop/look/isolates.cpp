// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolates.h"

#include <QGuiApplication>
#include <QLabel>

#include <algorithm>

namespace Tocsin {

namespace {
constexpr QChar leftToRightIsolate(0x2066);
constexpr QChar popDirectionalIsolate(0x2069);
} // namespace

QString isolated(const QString &text)
{
    return text.isEmpty() ? text : QString(leftToRightIsolate + text + popDirectionalIsolate);
}

QString leftToRight(const QString &text)
{
    return QGuiApplication::isRightToLeft() ? isolated(text) : text;
}

QString withoutIsolates(QString text)
{
    return text.remove(leftToRightIsolate).remove(popDirectionalIsolate);
}

bool hasRightToLeftLetter(const QString &text)
{
    const auto letters = text.toUcs4();
    return std::any_of(letters.cbegin(), letters.cend(), [](char32_t letter) {
        const QChar::Direction direction = QChar::direction(letter);
        return direction == QChar::DirR || direction == QChar::DirAL;
    });
}

void setMixedText(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setAccessibleName(withoutIsolates(text));
}

} // namespace Tocsin
