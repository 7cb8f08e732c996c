// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servicestatus.h"

#include <QByteArray>

#include <systemd/sd-daemon.h>

#include <chrono>
#include <cstdint>

namespace Tocsin {

void ServiceStatus::ready()
{
    ::sd_notify(0, "READY=1");
    uint64_t microseconds = 0;
    if (::sd_watchdog_enabled(0, &microseconds) > 0) {
        QObject::connect(&m_watchdog, &QTimer::timeout, &m_watchdog, [] { ::sd_notify(0, "WATCHDOG=1"); });
        const std::chrono::microseconds wanted(microseconds / 2); // sd_watchdog_enabled(3) recommends half
        m_watchdog.start(std::chrono::duration_cast<std::chrono::milliseconds>(wanted));
    }
}

void ServiceStatus::tell(const QString &status)
{
    const QByteArray line = "STATUS=" + QString(status).replace(u'\n', u' ').toUtf8();
    ::sd_notify(0, line.constData());
}

void ServiceStatus::stopping()
{
    ::sd_notify(0, "STOPPING=1");
}

} // namespace Tocsin
