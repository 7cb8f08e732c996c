// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhookdraft.h"

#include <QWidget>

#include <memory>

namespace Ui {
class AuthenticationEdit;
}

namespace Tocsin {

/// Authentication Type and the settings of the chosen one.
class AuthenticationEdit : public QWidget
{
    Q_OBJECT

public:
    explicit AuthenticationEdit(QWidget *parent = nullptr);
    ~AuthenticationEdit() override;

    void setDraft(WebhookDraft *draft);
    /// Shows one of the authentication's fields, of the parameter in `row`; null for another field.
    QWidget *open(WebhookDraft::Field field, int row);

private:
    QWidget *widgetOf(WebhookDraft::Field field) const;
    void bindMore(WebhookDraft *draft);
    void refresh(WebhookDraft *draft);
    void chain(); ///< the tab stops, which come and go

    std::unique_ptr<Ui::AuthenticationEdit> m_ui;
};

} // namespace Tocsin
