// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QVariantMap>

namespace Tocsin {

/// One window for a profile on a desktop: the first process takes a name on the session's bus, and a later one asks it
/// to come forward, as org.freedesktop.Application says it (Desktop Entry Specification 1.5, "D-Bus Activation").
/// Without a bus every process has its own window, and so has one on another desktop.
class SingleWindow : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")

public:
    /// `profile`: the folder.
    explicit SingleWindow(const QString &profile, QObject *parent = nullptr);

    /// False: another process has the window, and it was asked to show it. One that does not answer within some seconds
    /// counts for none.
    bool claim();
    void release(); ///< a process that starts from now on has a window of its own

public Q_SLOTS:
    Q_SCRIPTABLE void Activate(const QVariantMap &platformData);

Q_SIGNALS:
    void activated(); ///< somebody started the program again

private:
    QString m_service;
};

} // namespace Tocsin
