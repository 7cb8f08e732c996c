// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mute.h"
#include "store.h"
#include "webhookdraft.h"

#include <QWidget>

#include <memory>

namespace Ui {
class WebhookForm;
}

namespace Tocsin {

class CodeEditor;
class FormColumns;

/// The form of a webhook: widgets and nothing else, over a WebhookDraft that knows.
class WebhookForm : public QWidget
{
    Q_OBJECT

public:
    explicit WebhookForm(QWidget *parent = nullptr);
    ~WebhookForm() override;

    void setDraft(WebhookDraft *draft);
    void setKnown(const QList<KnownIntegration> &known);
    void setMute(const std::optional<Mute> &mute);

    /// Opens the section where the field is, if that is closed, and puts the focus there.
    void focusField(WebhookDraft::Field field, int row = -1);
    /// The same for somebody who is to change it: see reveal(). `position`: within the body template.
    void revealField(WebhookDraft::Field field, int row = -1, const TextPosition &position = {});
    void revealBlank(const WebhookDraft::Blank &blank);
    CodeEditor *bodyEditor() const;
    /// What the form is seen through is this high: the body takes what the other fields leave.
    void setRoom(int height);
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void schemaRequested();
    void previewRequested();

private:
    void refresh();
    void summarize();
    void bindBody();
    void bindSecrets();
    void showSecrets();
    QWidget *open(WebhookDraft::Field field, int row);

    std::unique_ptr<Ui::WebhookForm> m_ui;
    WebhookDraft *m_draft = nullptr;
    FormColumns *m_columns = nullptr;
};

} // namespace Tocsin
