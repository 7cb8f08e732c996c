// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"
#include "outbox.h"

#include <optional>

namespace Tocsin {

/// The options that choose deliveries: `--state`, `--webhook` and their like.
QList<CommandOption> deliveryFilterOptions();

/// What they choose; complains where one of them is wrong. The profile's deliveries are open afterwards.
std::optional<DeliveryFilter> readDeliveryFilter(Session &session, const Arguments &arguments);

/// All that the filter chooses, newest first, page by page; false from `take` ends it. Complains where that fails.
bool forEachDelivery(Session &session, DeliveryFilter filter, const std::function<bool(const Delivery &)> &take);

} // namespace Tocsin
