// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"
#include "json.h"
#include "problem.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

#include <memory>

namespace Tocsin {

/// What a command works with: the options that all have, the two outputs, and the profile, opened when it is needed.
class Session
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::Session)

public:
    Session(const EngineOptions &options, bool isJson);

    bool isJson() const { return m_isJson; } ///< results are to be machine-readable

    /// Writes a result, ended by a newline if it has none, and flushes.
    void print(QByteArray text);
    void print(const QString &text) { print(text.toUtf8()); }
    void print(const Json &value, JsonFormat format = JsonFormat::Indented);
    /// False when standard output could not take what was printed.
    bool isOutputWhole() const { return m_isOutputWhole; }

    /// One line on standard error.
    void complain(const QString &line) const;
    void complain(const Error &error) const;

    Engine &engine(); ///< not necessarily open
    /// Opens the profile once; complains where that fails.
    bool openProfile();
    /// Opens the profile and its deliveries once; complains where that fails.
    bool openOutbox();
    enum class MayBeFile { No, Yes }; ///< whether a file's name could stand there as well
    /// The stored webhook; complains where there is none.
    std::optional<StoredWebhook> findWebhook(const QString &name, MayBeFile mayBeFile = MayBeFile::No);
    std::optional<QList<StoredWebhook>> allWebhooks();

private:
    EngineOptions m_options;
    bool m_isJson;
    bool m_isOutputWhole = true;
    std::unique_ptr<Engine> m_engine;
    bool m_hasOutbox = false;
};

/// The text on one line, with what would steer a terminal written as escapes.
QString onOneLine(const QString &text);
/// The text with its lines and tabs, but nothing else that would steer a terminal.
QString forTerminal(const QString &text);

} // namespace Tocsin
