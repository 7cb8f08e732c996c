// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QWidget>

class QComboBox;

namespace Tocsin {

class MessageView;
class RoleLabel;
class SectionTitle;
class TlsView;

/// The OAuth exchanges before a request, one at a time, the last one first: what came of it, its request, its response
/// and its TLS.
class TokenExchangeView : public QWidget
{
    Q_OBJECT

public:
    explicit TokenExchangeView(QWidget *parent = nullptr);

    void setInvocation(const Invocation &invocation);

private:
    void showExchange(const TokenExchange &exchange);

    Invocation m_invocation;
    QComboBox *m_which;
    RoleLabel *m_summary;
    SectionTitle *m_requestTitle;
    MessageView *m_request;
    SectionTitle *m_responseTitle;
    MessageView *m_response;
    SectionTitle *m_tlsTitle;
    TlsView *m_tls;
};

} // namespace Tocsin
