// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stopsignal.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace Tocsin {

namespace {

std::array<int, 2> pipeEnds{-1, -1};

/// Only async-signal-safe calls (POSIX.1-2017 §2.4.3): the byte wakes the event loop.
void wake(int)
{
    const int savedError = errno;
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(pipeEnds[1], &byte, 1);
    errno = savedError;
}

} // namespace

struct StopSignal::Private
{
    struct sigaction previousInterrupt = {};
    struct sigaction previousTerminate = {};
    std::unique_ptr<QSocketNotifier> notifier;
};

StopSignal::StopSignal(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    Q_ASSERT(pipeEnds[0] == -1);
    if (::pipe(pipeEnds.data()) != 0) {
        pipeEnds = {-1, -1};
        return;
    }
    for (const int end : pipeEnds) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    d->notifier = std::make_unique<QSocketNotifier>(pipeEnds[0], QSocketNotifier::Read);
    connect(d->notifier.get(), &QSocketNotifier::activated, this, [this] {
        std::array<char, 16> bytes{};
        while (::read(pipeEnds[0], bytes.data(), bytes.size()) > 0) { }
        Q_EMIT raised();
    });
    struct sigaction action = {};
    action.sa_handler = wake;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(SIGINT, &action, &d->previousInterrupt);
    ::sigaction(SIGTERM, &action, &d->previousTerminate);
}

StopSignal::~StopSignal()
{
    if (pipeEnds[0] == -1) {
        return;
    }
    ::sigaction(SIGINT, &d->previousInterrupt, nullptr);
    ::sigaction(SIGTERM, &d->previousTerminate, nullptr);
    d->notifier.reset();
    ::close(pipeEnds[0]);
    ::close(pipeEnds[1]);
    pipeEnds = {-1, -1};
}

void outliveFileSizeLimit()
{
    std::signal(SIGXFSZ, SIG_IGN);
}

} // namespace Tocsin
