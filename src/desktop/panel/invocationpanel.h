// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QWidget>

#include <memory>

namespace Ui {
class InvocationPanel;
}

namespace Tocsin {

class MessageView;
class TlsView;
class TokenExchangeView;
class TroubleshootView;
class ValidatorsView;

/// The Invocation Data: the verdict, the measured phases as bars, then request, response, validators, TLS and token
/// exchange; a failed one opens on Troubleshoot, a successful one on Response.
class InvocationPanel : public QWidget
{
    Q_OBJECT

public:
    explicit InvocationPanel(QWidget *parent = nullptr);
    ~InvocationPanel() override;

    void setInvocation(const Invocation &invocation);
    void clear();
    /// What the strip says where it is not a Test that is shown.
    void setVerdictWords(const QString &successful, const QString &failed);

Q_SIGNALS:
    /// Someone wants to change what caused the failure; `field` as in Problem::field.
    void fieldRequested(const QString &field);
    /// A validator for a value of the response's body: the path starts with `$.data`.
    void validatorRequested(const QString &jsonPath, const QString &value);
    void closeRequested();

private:
    void addPage(QWidget *page, const QString &name);
    void showResponse();
    void fitWaterfall();
    void showEmpty(bool isEmpty);

    std::unique_ptr<Ui::InvocationPanel> m_ui;
    Invocation m_invocation;
    TroubleshootView *m_troubleshoot;
    MessageView *m_request;
    MessageView *m_response;
    ValidatorsView *m_validators;
    TlsView *m_tls;
    TokenExchangeView *m_tokenExchange;
};

} // namespace Tocsin
