// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"
#include "redaction.h"
#include "responsetext.h"

#include <QList>

namespace Tocsin {

/// What response validators see: `status`, `headers` (lower-case names; the values of a repeated field joined by
/// commas) and `data`, the body as JSON, or as one JSON string where it is none, without one line end at its end. JSON
/// is UTF-8 (RFC 8259 §8.1): in another encoding it is none.
struct ResponseDocument
{
    Json document;
    bool isJson = false;
    bool isForeignJson = false; ///< JSON but for its encoding
    int loneSurrogates = 0; ///< escapes that are no character, and stand here as U+FFFD
    ResponseText text; ///< the body, where it is no JSON

    explicit ResponseDocument(const ReceivedResponse &response);
};

/// Whether an expected value, as typed, is this JSON value: the same text, or the same JSON value (numbers as their
/// digits say, arrays and objects deeply).
bool matchesExpected(const Json &value, const QString &expected);

/// How many steps all validators of a response may take together: enough for any that look at each value of a response
/// a few times. Beyond, a validator fails, saying so; RFC 9535 has queries whose work grows with the response's size
/// squared, and faster.
inline constexpr std::uint64_t mostJudgingSteps = 10'000'000;

/// Results and messages have only beginnings of long values: `redaction` is for what such a cut could hide from it.
QList<ValidatorResult> runValidators(const QList<ResponseValidator> &validators, const ReceivedResponse &response,
                                     const Redaction &redaction = {});

/// Sets validators, verdict, reason and error of an invocation whose response is complete.
void judge(Invocation &invocation, const Webhook &webhook, const Redaction &redaction = {});

} // namespace Tocsin
