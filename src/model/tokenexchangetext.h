// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

namespace Tocsin {

/// All of an invocation's token exchanges, in their order.
QList<TokenExchange> tokenExchanges(const Invocation &invocation);

/// What an exchange is called: "Token exchange (client by Basic)", after how the client showed who it is.
QString tokenExchangeTitle(const TokenExchange &exchange);

/// What was odd about an endpoint's answer, a sentence each.
QStringList tokenExchangeOddities(const TokenExchange &exchange);

} // namespace Tocsin
