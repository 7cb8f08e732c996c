// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Times the inner loops: rendering the page's example, the same with helpers, and evaluating $.data.id, all compiled
// once. One line in for each round ("render N", "helpers N" or "jsonpath N"), one line out: nanoseconds an operation.
#include "bodytemplate.h"
#include "json.h"
#include "jsonpath.h"

#include <QFile>

#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>

using namespace Tocsin;

namespace {

QByteArray contents(const char *path)
{
    QFile file(QFile::decodeName(path));
    if (!file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "cannot read %s\n", path);
        std::exit(2);
    }
    return file.readAll();
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 5) {
        std::fprintf(stderr, "bench_core TEMPLATE EVENT ANSWER TEMPLATE_WITH_HELPERS\n");
        return 2;
    }
    const auto compilation = BodyTemplate::compile(contents(argv[1]).toStdString());
    const auto event = parseJson(contents(argv[2]));
    const auto answer = parseJson(contents(argv[3]));
    const auto withHelpers = BodyTemplate::compile(contents(argv[4]).toStdString());
    const auto path = JsonPath::compile("$.data.id");
    if (!compilation.bodyTemplate || !withHelpers.bodyTemplate || !event || !answer || !path) {
        std::fprintf(stderr, "the bench's own data does not compile\n");
        return 2;
    }

    std::size_t sink = 0;
    std::string name;
    long count = 0;
    while (std::cin >> name >> count) {
        const auto start = std::chrono::steady_clock::now();
        if (name != "jsonpath") {
            const auto &rendered = name == "render" ? *compilation.bodyTemplate : *withHelpers.bodyTemplate;
            for (long i = 0; i < count; ++i) {
                sink += rendered.render(*event).value().size();
            }
        } else {
            for (long i = 0; i < count; ++i) {
                sink += path->select(*answer).size();
            }
        }
        const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
        std::printf("%f\n", taken.count() / static_cast<double>(count));
        std::fflush(stdout);
    }
    return sink == 0 ? 1 : 0;
}
