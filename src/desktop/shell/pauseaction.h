// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAction;

namespace Tocsin {

class BackgroundDelivery;

/// Makes `action` "Pause Deliveries", or "Resume Deliveries" while they are; disabled where there is nothing to pause.
void pauseBy(QAction &action, BackgroundDelivery &delivery);

} // namespace Tocsin
