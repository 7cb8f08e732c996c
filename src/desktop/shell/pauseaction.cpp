// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pauseaction.h"

#include "backgrounddelivery.h"

namespace Tocsin {

PauseAction::PauseAction(BackgroundDelivery &delivery, QObject *parent)
    : QAction(parent)
    , m_delivery(delivery)
{
    connect(&m_delivery, &BackgroundDelivery::stateChanged, this, &PauseAction::showState);
    connect(this, &QAction::triggered, this, [this] {
        if (m_delivery.isPaused()) {
            m_delivery.resume();
        } else {
            m_delivery.pause();
        }
    });
    showState();
}

void PauseAction::showState()
{
    setText(m_delivery.isPaused() ? tr("&Resume Deliveries") : tr("&Pause Deliveries"));
    setEnabled(m_delivery.isOpen() && m_delivery.isEnabled());
}

} // namespace Tocsin
