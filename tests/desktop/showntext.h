// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "codeeditor.h"

#include <QAbstractButton>
#include <QLabel>
#include <QTextEdit>

namespace Tocsin {

/// Everything that the visible widgets of a page say, as one text.
inline QString shownText(const QWidget &page)
{
    QStringList texts;
    const auto widgets = page.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->isVisible()) {
            continue;
        }
        if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            texts << label->text();
        } else if (const auto *text = qobject_cast<const QTextEdit *>(widget)) {
            texts << text->toPlainText();
        } else if (const auto *code = qobject_cast<const CodeEditor *>(widget)) {
            texts << code->text();
        } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            texts << button->text();
        }
    }
    return texts.join(u'\n');
}

} // namespace Tocsin
