// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"

#include <QFileSystemWatcher>
#include <QTimer>

#include <functional>

namespace Tocsin {

/// Notices what other processes write to a database: soon by watching its log, within a second in any case by asking
/// for its data version. Lives on the database's thread.
class ChangeWatcher : public QObject
{
    Q_OBJECT

public:
    ChangeWatcher(Database &database, std::function<void()> changed);

private:
    void look();
    void watchLog();

    Database &m_database;
    std::function<void()> m_changed;
    qint64 m_dataVersion;
    QFileSystemWatcher m_files;
    QTimer m_poll;
    QTimer m_settle;
};

} // namespace Tocsin
