// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backgrounddelivery.h"
#include "colorroles.h"

#include <QCoreApplication>
#include <QString>

namespace Tocsin {

/// The engine's state in words: "Delivering", "3 waiting · 1,204 today", and what is to be known beside that.
class DeliveryWords
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::DeliveryWords)

public:
    explicit DeliveryWords(const BackgroundDelivery &delivery);

    ColorRole role = ColorRole::Inactive;
    QString state;
    QString figures; ///< empty: not counted yet
    QString sentence; ///< what is wrong, or what the state means

    QString line() const; ///< state and figures

private:
    void describe(BackgroundDelivery::State state);
};

} // namespace Tocsin
