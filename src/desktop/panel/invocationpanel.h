// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mendplace.h"

#include <QWidget>

#include <memory>

namespace Ui {
class InvocationPanel;
}

namespace Tocsin {

class MessageView;
class OwnTarget;
class TlsView;
class TokenExchangeView;
class TroubleshootView;
class ValidatorsView;
class Veil;

/// The Invocation Data: the verdict, the measured phases as bars, then request, response, validators, TLS and token
/// exchange; a failed one opens on Troubleshoot, a successful one on Response.
class InvocationPanel : public QWidget
{
    Q_OBJECT

public:
    explicit InvocationPanel(QWidget *parent = nullptr);
    ~InvocationPanel() override;

    void setInvocation(const Invocation &invocation);
    /// Shows nothing but `words`; empty: that there is nothing yet.
    void clear(const QString &words = {});
    /// Dims what is shown while it counts no longer, since another one is under way.
    void setOutdated(bool isOutdated);
    /// What is shown, in the strip's words; a test unless said.
    enum class Kind { Test, Attempt };
    void setKind(Kind kind);
    void setOwnTarget(OwnTarget *target);

Q_SIGNALS:
    /// Someone wants to change what caused the failure.
    void mendRequested(const Tocsin::MendPlace &place);
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
    Veil *m_veil;
    QString m_nothingYet; ///< what is said where there is nothing
};

} // namespace Tocsin
