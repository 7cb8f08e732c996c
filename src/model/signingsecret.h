// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QByteArrayList>
#include <QString>

namespace Tocsin {

/// The keys of a signing secret as it is typed or stored: one or several with spaces between, each `whsec_` and base64
/// or base64 alone (Standard Webhooks 1.0), with or without a `v1,` before it and `=` behind. What is none is an error
/// in one sentence that never tells the secret. Empty for an empty text.
Result<QByteArrayList> signingKeys(const QString &secret);

} // namespace Tocsin
