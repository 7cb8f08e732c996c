// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>

namespace Tocsin {

class BackgroundDelivery;

/// "Pause Deliveries", or "Resume Deliveries" while they are; disabled where there is nothing to pause.
class PauseAction : public QAction
{
    Q_OBJECT

public:
    explicit PauseAction(BackgroundDelivery &delivery, QObject *parent = nullptr);

private:
    void showState();

    BackgroundDelivery &m_delivery;
};

} // namespace Tocsin
