// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocationpanel.h"

#include <QWidget>

#include <memory>

namespace Ui {
class SidePanel;
}

namespace Tocsin {

class CheckView;
class PayloadSchemaView;
class PreviewPanel;
struct WebhookCheckResult;

/// The panel beside the editor: Preview, Payload Schema, Invocation Data or Check. Hidden at first; each show…() opens
/// it, Esc and its button close it. Whoever lays it out keeps its width.
class SidePanel : public QWidget
{
    Q_OBJECT

public:
    explicit SidePanel(QWidget *parent = nullptr);
    ~SidePanel() override;

    void showPreview();
    void showSchema();
    void showInvocation(const Invocation &invocation, InvocationPanel::Kind kind = InvocationPanel::Kind::Test);
    /// Opens Invocation Data as it was left.
    void showInvocation();
    void showCheck(const WebhookCheckResult &result);
    void closePanel();

    /// What the preview renders; cheap while it is not seen.
    void setBodyTemplate(const QString &bodyTemplate, const QString &webhookName);

    PreviewPanel *preview() const;
    PayloadSchemaView *schema() const;
    InvocationPanel *invocation() const;
    CheckView *check() const;

Q_SIGNALS:
    void closed();
    /// From the schema: put this placeholder into the body template.
    void insertRequested(const QString &path);
    /// From a failed invocation or check: go there.
    void mendRequested(const Tocsin::MendPlace &place);
    /// From a response: expect this value at this path.
    void validatorRequested(const QString &jsonPath, const QString &value);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void open(QWidget *page);

    std::unique_ptr<Ui::SidePanel> m_ui;
};

} // namespace Tocsin
