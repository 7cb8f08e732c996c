// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a program with GLib's event loop, this times how long its first thread works between two looks at what
// has happened: so long may a key press have to wait. At the program's end, the longest five are written, in
// milliseconds and the longest first, to a new file in the folder TOCSIN_LOOP_TIMES. What comes before the loop is not
// timed.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

#include <dlfcn.h>
#include <sys/syscall.h>
#include <unistd.h>

extern "C" {
// As GLib declares them; so that this needs no headers of GLib's.
using PollFunction = int (*)(void *descriptors, unsigned count, int timeout);
struct _GMainContext;
PollFunction g_main_context_get_poll_func(_GMainContext *context);
void g_main_context_set_poll_func(_GMainContext *context, PollFunction function);
}

namespace {

using Clock = std::chrono::steady_clock;

PollFunction wait = nullptr;
Clock::time_point began; // of the work that is under way
std::array<double, 5> longest{}; // milliseconds

int timedWait(void *descriptors, unsigned count, int timeout)
{
    if (began != Clock::time_point()) {
        const double worked = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
        if (worked > longest.back()) {
            longest.back() = worked;
            std::sort(longest.begin(), longest.end(), std::greater<>());
        }
    }
    const int result = wait(descriptors, count, timeout);
    began = Clock::now();
    return result;
}

__attribute__((destructor)) void write()
{
    const char *folder = std::getenv("TOCSIN_LOOP_TIMES");
    if (!folder || !wait) {
        return;
    }
    const std::string path = std::string(folder) + '/' + std::to_string(::getpid());
    if (std::FILE *file = std::fopen(path.c_str(), "w")) {
        for (const double worked : longest) {
            std::fprintf(file, "%.1f\n", worked);
        }
        std::fclose(file);
    }
}

} // namespace

extern "C" int g_main_context_iteration(_GMainContext *context, int mayBlock)
{
    static const auto iterate =
        reinterpret_cast<decltype(&g_main_context_iteration)>(::dlsym(RTLD_NEXT, "g_main_context_iteration"));
    if (!wait && ::syscall(SYS_gettid) == ::getpid()) {
        wait = g_main_context_get_poll_func(context);
        g_main_context_set_poll_func(context, timedWait);
    }
    return iterate(context, mayBlock);
}
