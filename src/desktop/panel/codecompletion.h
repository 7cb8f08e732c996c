// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "templatecompletion.h"

#include <QObject>
#include <QPointer>

class QKeyEvent;

namespace Tocsin {

class CodeEditor;
class CompletionList;

/// Offers what a body template may hold inside braces, as one types or on request. Once closed with Esc it stays closed
/// for the placeholder.
class CodeCompletion : public QObject
{
    Q_OBJECT

public:
    explicit CodeCompletion(CodeEditor *editor);
    ~CodeCompletion() override;

    bool isOpen() const;
    void open(); ///< on request, whatever has been typed
    void typed(int character); ///< after it was inserted
    void follow(); ///< the text, the cursor or the view moved
    void close();
    /// Takes the keys that move in the list, choose or close it; false: the key is the editor's.
    bool takeKey(const QKeyEvent &event);
    /// Takes the place of what has been begun at the cursor; false where nothing is.
    bool write(const QString &path);

private:
    void offer(const TemplateCompletion &completion, bool onRequest);
    void acceptChosen();
    void write(const TemplateCompletion &completion, const TemplateWord &word);
    std::optional<TemplateCompletion> atCursor() const;

    CodeEditor *m_editor;
    QPointer<CompletionList> m_list; ///< of the window, so it may go first
    std::optional<std::size_t> m_dismissed; ///< the braces where it was closed by hand
};

} // namespace Tocsin
