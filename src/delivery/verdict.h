// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"
#include "redaction.h"

#include <QList>

namespace Tocsin {

/// What response validators see: `status`, `headers` (lower-case names; the values of a repeated field joined by
/// commas) and `data`, the body as JSON, or as one JSON string where it is none.
struct ResponseDocument
{
    Json document;
    bool isJson = false;

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
