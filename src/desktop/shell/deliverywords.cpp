// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverywords.h"

#include <QLocale>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

DeliveryWords::DeliveryWords(const BackgroundDelivery &delivery)
{
    describe(delivery.state());
    if (delivery.isOpen()) {
        const QLocale locale;
        figures =
            tr("%1 waiting · %2 today")
                .arg(locale.toString(delivery.figures().waiting), locale.toString(delivery.figures().deliveredToday));
    }
    const QString trouble = delivery.trouble();
    if (!trouble.isEmpty()) {
        sentence = trouble;
        role = role == ColorRole::Success ? ColorRole::Warning : role;
    }
}

QString DeliveryWords::line() const
{
    return figures.isEmpty() ? state : state + u" · "_s + figures;
}

void DeliveryWords::describe(BackgroundDelivery::State now)
{
    using State = BackgroundDelivery::State;
    switch (now) {
    case State::Opening:
        state = tr("Opening deliveries");
        sentence = tr("The profile's deliveries are being opened.");
        break;
    case State::Unavailable:
        role = ColorRole::Error;
        state = tr("Not delivering");
        break;
    case State::Off:
        state = tr("Not delivering");
        sentence = tr("Events are kept until “Deliver while the window is open” is on, in Settings.");
        break;
    case State::Paused:
        role = ColorRole::Warning;
        state = tr("Paused");
        sentence = tr("Events are kept until deliveries are resumed.");
        break;
    case State::Offline:
        role = ColorRole::Warning;
        state = tr("Offline, retrying");
        break;
    case State::Delivering:
        role = ColorRole::Success;
        state = tr("Delivering");
        sentence = tr("What integrations report goes out to the webhooks that it fires.");
        break;
    }
}

} // namespace Tocsin
