// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTimer>

namespace Tocsin {

/// Tells the service manager that started this process how it does (sd_notify(3)): that it is ready, that it lives
/// (as often as a watchdog wants to hear it, from the event loop of this thread), what it does, that it stops. Where
/// there is no such manager, nothing happens.
class ServiceStatus
{
public:
    void ready();
    void tell(const QString &status); ///< one line
    void stopping();

private:
    QTimer m_watchdog;
};

} // namespace Tocsin
