// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhookdraft.h"

#include <functional>

class QLineEdit;
class QPlainTextEdit;

namespace Tocsin {

class ProblemLabel;
class SecretEdit;

/// Keeps widgets and the fields of a draft in step, both ways. The connections live as long as the widgets.
class DraftBinder
{
public:
    using Read = std::function<QString(const WebhookDraft::Fields &)>;
    using Write = void (WebhookDraft::*)(const QString &);

    explicit DraftBinder(WebhookDraft *draft)
        : m_draft(draft)
    {
    }

    void bind(QLineEdit *edit, Write write, Read read) const;
    void bind(QPlainTextEdit *edit, Write write, Read read) const;
    void bind(SecretEdit *edit, Write write, Read read) const;
    void bind(ProblemLabel *label, WebhookDraft::Field field, QWidget *edit) const;

private:
    template <typename Widget>
    void follow(Widget *widget, std::function<void()> refresh) const;

    WebhookDraft *m_draft;
};

} // namespace Tocsin
