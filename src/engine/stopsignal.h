// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace Tocsin {

/// Turns the operating system's wish that the program ends (SIGINT, SIGTERM) into a Qt signal; while it lives, those do
/// not end the process. One at a time. Where there are no such signals, nothing is emitted.
class StopSignal : public QObject
{
    Q_OBJECT

public:
    explicit StopSignal(QObject *parent = nullptr);
    ~StopSignal() override;

Q_SIGNALS:
    void raised();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Lets a write beyond the process's limit on file sizes fail as one to a full disk does; else it would end the process
/// (SIGXFSZ). To be called before anything is written.
void outliveFileSizeLimit();

} // namespace Tocsin
