// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhookdraft.h"

#include <QWidget>

#include <memory>

namespace Ui {
class ResponseEdit;
}

namespace Tocsin {

/// How long to wait for the response, and what it has to be.
class ResponseEdit : public QWidget
{
    Q_OBJECT

public:
    explicit ResponseEdit(QWidget *parent = nullptr);
    ~ResponseEdit() override;

    void setDraft(WebhookDraft *draft);
    static bool holds(WebhookDraft::Field field); ///< whether the field is one of those here
    QWidget *widgetOf(WebhookDraft::Field field, int row) const; ///< of one of those; `row` is the validator's

private:
    std::unique_ptr<Ui::ResponseEdit> m_ui;
};

} // namespace Tocsin
