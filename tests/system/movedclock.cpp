// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a process, this moves its calendar clock by as many seconds as the file TOCSIN_CLOCK_MOVED holds (a
// binary int64, which may be changed at any time). The monotonic clock is left alone, as it is where a clock is set,
// and so is time(), by which certificates are judged.
#include <cstdint>
#include <cstdlib>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

namespace {

const volatile std::int64_t *moved = nullptr;

__attribute__((constructor)) void openFile()
{
    const char *path = std::getenv("TOCSIN_CLOCK_MOVED");
    const int file = path ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) {
        return;
    }
    void *memory = ::mmap(nullptr, sizeof *moved, PROT_READ, MAP_SHARED, file, 0);
    moved = memory == MAP_FAILED ? nullptr : static_cast<const std::int64_t *>(memory);
    ::close(file);
}

} // namespace

extern "C" {

int clock_gettime(clockid_t clock, struct timespec *at) noexcept
{
    const auto result = ::syscall(SYS_clock_gettime, clock, at);
    if (result == 0 && moved && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        at->tv_sec += *moved;
    }
    return static_cast<int>(result);
}

int gettimeofday(struct timeval *at, void *) noexcept
{
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) {
        return -1;
    }
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}
}
