// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFloat16> // QCOMPARE of a Json asks whether it converts
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTest>

namespace Tocsin {

/// How a run of tocsinctl ended.
struct CtlRun
{
    int exitCode = -1; ///< -1: it did not end by itself
    QByteArray out;
    QByteArray err;

    /// Each problem is one line.
    QList<QByteArray> problems() const
    {
        QList<QByteArray> lines = err.split('\n');
        lines.removeLast(); // after the last newline, or the whole of an err without one
        return lines;
    }
    Json json() const
    {
        const auto value = parseJson(out);
        return value ? *value : Json();
    }
};

inline QString ctlProgram()
{
    return qEnvironmentVariable("TOCSIN_BIN") + QStringLiteral("/tocsinctl");
}

inline CtlRun runCtl(const QStringList &arguments, const QByteArray &input = {}, const QString &folder = {})
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(ctlProgram(), arguments);
    process.write(input);
    process.closeWriteChannel();
    CtlRun run;
    if (process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit) {
        run.exitCode = process.exitCode();
    }
    run.out = process.readAllStandardOutput();
    run.err = process.readAllStandardError();
    return run;
}

inline void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    QCOMPARE(file.write(bytes), bytes.size());
}

inline void writeJsonFile(const QString &path, const Json &value)
{
    writeFile(path, QByteArray::fromStdString(writeJson(value, JsonFormat::Indented)));
}

inline QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline Json sampleDocument(const char *name = "sample")
{
    Json request = {{"method", "POST"}, {"url", "https://localhost:1/hook"}};
    request["headers"] = {{"X-Team", "ops"}};
    Json document = {{"name", name}};
    document["type"]["http_request"] = request;
    document["body_template"] = "{\"id\": \"{{data.id}}\"}";
    document["timeout_in_sec"] = 5;
    document["response_validators"][0]["json_path"] = "$.data.ok";
    document["response_validators"][0]["expected_values"] = {"true"};
    return document;
}

inline Json sampleEvent(const std::string &id)
{
    Json event = {{"event_type", "IntegrationStatusChanged"}, {"event_time", 1696263265.851898}};
    event["data"] = {{"id", id}, {"name", "db"}, {"type", "mysql"}, {"status", "Error"}, {"issues", Json::array()}};
    return event;
}

} // namespace Tocsin
