// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhookdraft.h"

#include <QWidget>

#include <memory>

namespace Ui {
class AdvancedEdit;
}

namespace Tocsin {

/// What most webhooks never need: certificates and signing.
class AdvancedEdit : public QWidget
{
    Q_OBJECT

public:
    explicit AdvancedEdit(QWidget *parent = nullptr);
    ~AdvancedEdit() override;

    void setDraft(WebhookDraft *draft);
    /// The widget for one of the fields here; null for another field.
    QWidget *widgetOf(WebhookDraft::Field field) const;

private:
    std::unique_ptr<Ui::AdvancedEdit> m_ui;
};

} // namespace Tocsin
