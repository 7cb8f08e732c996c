// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pauseaction.h"

#include "backgrounddelivery.h"

#include <QAction>
#include <QCoreApplication>

namespace Tocsin {

void pauseBy(QAction &action, BackgroundDelivery &delivery)
{
    const auto show = [&action, &delivery] {
        action.setText(delivery.isPaused() ? QCoreApplication::translate("Tocsin::PauseAction", "&Resume Deliveries")
                                           : QCoreApplication::translate("Tocsin::PauseAction", "&Pause Deliveries"));
        action.setEnabled(delivery.isOpen() && delivery.isEnabled());
    };
    QObject::connect(&delivery, &BackgroundDelivery::stateChanged, &action, show);
    QObject::connect(&action, &QAction::triggered, &delivery, [&delivery] {
        if (delivery.isPaused()) {
            delivery.resume();
        } else {
            delivery.pause();
        }
    });
    show();
}

} // namespace Tocsin
