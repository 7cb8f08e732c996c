// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"
#include "result.h"

#include <QCoreApplication>
#include <QStringList>

namespace Tocsin {

/// Finds the command among the arguments, checks the rest against what it takes, and runs it. Options may stand before
/// or after the command.
class CommandLine
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::CommandLine)

public:
    CommandLine();

    /// `arguments` without the program's name.
    ExitStatus run(const QStringList &arguments);

private:
    /// What the arguments say before it is known which command they are for.
    struct Parsed
    {
        QStringList positional;
        QList<std::pair<QString, QString>> options;
    };

    QList<CommandOption> globalOptions() const;
    /// Whether any command (or all) has the option, and with a value.
    const CommandOption *findOption(const QString &name) const;
    Result<Parsed> parse(const QStringList &arguments) const;
    Command *takeCommand(QStringList &positional) const;
    Result<Arguments> check(const Command &command, const Parsed &parsed) const;
    /// What comes after the first word of commands that have two.
    QStringList verbsAfter(const QString &word) const;
    QString unknownCommand(const QStringList &positional) const;
    QString help() const;
    QString help(const Command &command) const;

    Commands m_commands;
    QList<CommandOption> m_known; ///< every option of every command
};

} // namespace Tocsin
