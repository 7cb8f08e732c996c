// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httpexchange.h"

namespace Tocsin {

/// What an exchange came to, by the record that CurlNetwork's replies have.
HttpOutcome outcomeOf(const HttpRecord &record, const QByteArray &body);

/// The same for a reply of any other QNetworkAccessManager, as far as it tells.
HttpOutcome outcomeOf(QNetworkReply &reply, Timeline::Clock::time_point begin);

} // namespace Tocsin
