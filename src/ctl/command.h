// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace Tocsin {

class Session;

/// What a command ends with.
enum class ExitStatus {
    Done = 0,
    Failed = 1, ///< the test or delivery failed
    WrongInput = 2 ///< the input or the call is wrong
};

/// An option of a command or of all: `--name`, or `--name VALUE`.
struct CommandOption
{
    QString name;
    QString value; ///< what to call its value; empty: it takes none
    QString description;
};

/// What stood on the command line, checked against what the command takes.
struct Arguments
{
    QStringList positional;
    QHash<QString, QString> options;

    bool has(const QString &option) const { return options.contains(option); }
    QString value(const QString &option) const { return options.value(option); }
};

/// One verb of tocsinctl.
class Command
{
public:
    Command() = default;
    virtual ~Command() = default;
    Command(const Command &) = delete;
    Command &operator=(const Command &) = delete;

    virtual QString name() const = 0; ///< one word or two, as typed
    virtual QString summary() const = 0; ///< one line, without a full stop
    /// The positional arguments as help shows them ("EXPR [FILE]"); one in brackets may be left out, and `…` after the
    /// last takes any number.
    virtual QString arguments() const { return {}; }
    virtual QList<CommandOption> options() const { return {}; }
    virtual QStringList requiredOptions() const { return {}; }

    virtual ExitStatus run(Session &session, const Arguments &arguments) = 0;
};

using Commands = std::vector<std::unique_ptr<Command>>;

std::unique_ptr<Command> makeRenderCommand();
std::unique_ptr<Command> makeJsonPathCommand();
std::unique_ptr<Command> makeTestCommand();
std::unique_ptr<Command> makeCheckCommand();
std::unique_ptr<Command> makeWebhookListCommand();
std::unique_ptr<Command> makeWebhookShowCommand();
std::unique_ptr<Command> makeWebhookImportCommand();
std::unique_ptr<Command> makeWebhookExportCommand();
std::unique_ptr<Command> makeWebhookActivateCommand();
std::unique_ptr<Command> makeWebhookDeactivateCommand();
std::unique_ptr<Command> makeWebhookDeleteCommand();
std::unique_ptr<Command> makeWebhookMuteCommand();
std::unique_ptr<Command> makeWebhookUnmuteCommand();
std::unique_ptr<Command> makeWebhookSyncCommand();
std::unique_ptr<Command> makeIntegrationListCommand();
std::unique_ptr<Command> makeIntegrationMuteCommand();
std::unique_ptr<Command> makeIntegrationUnmuteCommand();
std::unique_ptr<Command> makeSecretSetCommand();
std::unique_ptr<Command> makeSecretDeleteCommand();
std::unique_ptr<Command> makeSecretListCommand();
std::unique_ptr<Command> makeSettingListCommand();
std::unique_ptr<Command> makeSettingGetCommand();
std::unique_ptr<Command> makeSettingSetCommand();
std::unique_ptr<Command> makeReceiverCommand();
std::unique_ptr<Command> makeSchemaCommand();
std::unique_ptr<Command> makeEmitCommand();
std::unique_ptr<Command> makeServeCommand();
std::unique_ptr<Command> makeDeliveryListCommand();
std::unique_ptr<Command> makeDeliveryShowCommand();
std::unique_ptr<Command> makeDeliveryReplayCommand();

} // namespace Tocsin
