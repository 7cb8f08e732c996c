// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenexchangetext.h"

#include <QCoreApplication>

namespace Tocsin {

namespace {

struct ExchangeWords
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::TokenExchange)
};

} // namespace

QList<TokenExchange> tokenExchanges(const Invocation &invocation)
{
    auto all = invocation.earlierTokenExchanges;
    if (invocation.tokenExchange) {
        all.append(*invocation.tokenExchange);
    }
    return all;
}

QString tokenExchangeTitle(const TokenExchange &exchange)
{
    switch (exchange.clientAuthentication.value_or(ClientAuthentication::Automatic)) {
    case ClientAuthentication::Basic:
        return ExchangeWords::tr("Token exchange (client by Basic)");
    case ClientAuthentication::BasicRaw:
        return ExchangeWords::tr("Token exchange (client by Basic, not form-encoded)");
    case ClientAuthentication::Body:
        return ExchangeWords::tr("Token exchange (client in the body)");
    case ClientAuthentication::Automatic:
        break;
    }
    return ExchangeWords::tr("Token exchange");
}

QStringList tokenExchangeOddities(const TokenExchange &exchange)
{
    QStringList oddities;
    if (exchange.isOverAtOnce) {
        oddities << ExchangeWords::tr("The server says that the token was over when it came (expires_in is 0 or less), "
                                      "so it serves for one second only.");
    }
    if (exchange.response && exchange.response->loneSurrogates > 0) {
        oddities << ExchangeWords::tr("The answer has %n escape(s) of half a character (a lone surrogate), read as "
                                      "U+FFFD.",
                                      nullptr, exchange.response->loneSurrogates);
    }
    return oddities;
}

} // namespace Tocsin
