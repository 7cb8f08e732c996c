// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "changewatcher.h"

#include <QFileInfo>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

ChangeWatcher::ChangeWatcher(Database &database, std::function<void()> changed)
    : m_database(database)
    , m_changed(std::move(changed))
    , m_dataVersion(database.dataVersion())
{
    m_poll.setInterval(800ms);
    connect(&m_poll, &QTimer::timeout, this, &ChangeWatcher::look);
    m_poll.start();
    // The log is written before the commit shows: look a moment after it.
    m_settle.setInterval(20ms);
    m_settle.setSingleShot(true);
    connect(&m_settle, &QTimer::timeout, this, &ChangeWatcher::look);
    connect(&m_files, &QFileSystemWatcher::fileChanged, this, [this](const QString &log) {
        m_files.removePath(log); // until that look: a busy log would wake this thread at each of its pages
        m_settle.start();
    });
    watchLog();
}

void ChangeWatcher::watchLog()
{
    const QString log = m_database.path() % u"-wal"_s; // not there before the first write
    if (m_files.files().isEmpty() && QFileInfo::exists(log)) {
        m_files.addPath(log);
    }
}

void ChangeWatcher::look()
{
    watchLog();
    const qint64 version = m_database.dataVersion();
    if (version != m_dataVersion) {
        m_dataVersion = version;
        m_changed();
    }
}

} // namespace Tocsin

#include "moc_changewatcher.cpp"
