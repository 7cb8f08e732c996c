// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace Tocsin {

/// A target that this window runs itself: what was sent to it while it was stopped needs nothing but that it starts.
class OwnTarget : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Whether `url` is one of HTTPS at `port` of this machine; port 0: there is none.
    static bool isAt(const QString &url, int port);

    void setState(int port, bool isRunning);
    bool isStopped(const QString &url) const { return !m_isRunning && isAt(url, m_port); }

Q_SIGNALS:
    void changed();
    void startRequested();

private:
    int m_port = 0;
    bool m_isRunning = false;
};

} // namespace Tocsin
