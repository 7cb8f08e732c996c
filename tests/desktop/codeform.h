// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "codeeditor.h"
#include "completionlist.h"
#include "findbar.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace Tocsin {

/// A code editor between two lines to type in.
struct Form : QWidget
{
    QLineEdit before;
    CodeEditor editor;
    QLineEdit after;

    Form()
    {
        auto *layout = new QVBoxLayout(this);
        layout->addWidget(&before);
        layout->addWidget(&editor);
        layout->addWidget(&after);
        editor.setLanguage(CodeLanguage::BodyTemplate);
        resize(500, 400);
        show();
        editor.setFocus();
    }

    /// The list of completions, if it is shown.
    CompletionList *list() const
    {
        auto *list = findChild<CompletionList *>();
        return list && list->isVisible() ? list : nullptr;
    }

    /// The bar that finds text, if it is shown.
    QLineEdit *findLine() const
    {
        auto *bar = findChild<FindBar *>();
        return bar && bar->isVisible() ? bar->findChild<QLineEdit *>() : nullptr;
    }
    QString count() const { return findChild<FindBar *>()->findChild<QLabel *>()->text(); }
};

} // namespace Tocsin
