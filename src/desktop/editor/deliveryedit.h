// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhookdraft.h"

#include <QWidget>

#include <memory>

namespace Ui {
class DeliveryEdit;
}

namespace Tocsin {

/// The rules of delivery: how often, how fast, how long, and which statuses at all.
class DeliveryEdit : public QWidget
{
    Q_OBJECT

public:
    explicit DeliveryEdit(QWidget *parent = nullptr);
    ~DeliveryEdit() override;

    void setDraft(WebhookDraft *draft);
    /// The widget for one of the fields here; null for another field.
    QWidget *widgetOf(WebhookDraft::Field field) const;

private:
    void describeFields();

    std::unique_ptr<Ui::DeliveryEdit> m_ui;
};

} // namespace Tocsin
