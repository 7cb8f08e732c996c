// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"
#include "redaction.h"
#include "responsetext.h"

#include <QList>

namespace Tocsin {

/// What response validators see: `status`, `headers` (lower-case names; the values of a repeated field joined by
/// commas) and `data`, the body as JSON, or as one JSON string where it is none. JSON is UTF-8 (RFC 8259 §8.1): in
/// another encoding it is none.
struct ResponseDocument
{
    Json document;
    bool isJson = false;
    bool isForeignJson = false; ///< JSON but for its encoding
    ResponseText text; ///< the body, where it is no JSON

    explicit ResponseDocument(const ReceivedResponse &response);
};

/// Whether an expected value, as typed, is this JSON value: the same text, or the same JSON value (numbers by value,
/// arrays and objects deeply).
bool matchesExpected(const Json &value, const QString &expected);

/// Messages show only beginnings of long values: `redaction` is for what such a cut could hide from it.
QList<ValidatorResult> runValidators(const QList<ResponseValidator> &validators, const ReceivedResponse &response,
                                     const Redaction &redaction = {});

/// Sets validators, verdict, reason and error of an invocation whose response is complete.
void judge(Invocation &invocation, const Webhook &webhook, const Redaction &redaction = {});

} // namespace Tocsin
