// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "draftbinder.h"

#include "problemlabel.h"
#include "secretedit.h"

#include <QLineEdit>
#include <QPlainTextEdit>

namespace Tocsin {

template <typename Widget>
void DraftBinder::follow(Widget *widget, std::function<void()> refresh) const
{
    refresh();
    QObject::connect(m_draft, &WebhookDraft::loaded, widget, std::move(refresh));
}

void DraftBinder::bind(QLineEdit *edit, Write write, Read read) const
{
    follow(edit, [edit, draft = m_draft, read] {
        if (const QString text = read(draft->fields()); text != edit->text()) {
            edit->setText(text);
            edit->setCursorPosition(0); // a long one shows its beginning
        }
    });
    QObject::connect(edit, &QLineEdit::textChanged, m_draft, write);
}

void DraftBinder::bind(QPlainTextEdit *edit, Write write, Read read) const
{
    follow(edit, [edit, draft = m_draft, read] {
        if (const QString text = read(draft->fields()); text != edit->toPlainText()) {
            edit->setPlainText(text);
        }
    });
    QObject::connect(edit, &QPlainTextEdit::textChanged, m_draft,
                     [edit, draft = m_draft, write] { (draft->*write)(edit->toPlainText()); });
}

void DraftBinder::bind(SecretEdit *edit, Write write, Read read) const
{
    follow(edit, [edit, draft = m_draft, read] { edit->setValue(read(draft->fields())); });
    QObject::connect(edit, &SecretEdit::valueChanged, m_draft, write);
}

void DraftBinder::bind(ProblemLabel *label, WebhookDraft::Field field, QWidget *edit) const
{
    label->setField(edit);
    QObject::connect(m_draft, &WebhookDraft::problemsChanged, label,
                     [label, draft = m_draft, field] { label->setProblems(draft->shownProblems(field)); });
}

} // namespace Tocsin
