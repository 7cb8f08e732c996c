// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include "session.h"
#include "shownname.h"

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

Commands makeCommands()
{
    Commands commands;
    for (const auto make : {makeRenderCommand,
                            makeJsonPathCommand,
                            makeTestCommand,
                            makeCheckCommand,
                            makeWebhookListCommand,
                            makeWebhookShowCommand,
                            makeWebhookImportCommand,
                            makeWebhookExportCommand,
                            makeWebhookActivateCommand,
                            makeWebhookDeactivateCommand,
                            makeWebhookDeleteCommand,
                            makeWebhookMuteCommand,
                            makeWebhookUnmuteCommand,
                            makeWebhookSyncCommand,
                            makeIntegrationListCommand,
                            makeIntegrationMuteCommand,
                            makeIntegrationUnmuteCommand,
                            makeSecretSetCommand,
                            makeSecretDeleteCommand,
                            makeSecretListCommand,
                            makeSettingListCommand,
                            makeSettingGetCommand,
                            makeSettingSetCommand,
                            makeEmitCommand,
                            makeServeCommand,
                            makeDeliveryListCommand,
                            makeDeliveryShowCommand,
                            makeDeliveryReplayCommand,
                            makeReceiverCommand,
                            makeSchemaCommand}) {
        commands.push_back(make());
    }
    return commands;
}

QString spelling(const CommandOption &option)
{
    return option.value.isEmpty() ? "--"_L1 + option.name : u"--%1 %2"_s.arg(option.name, option.value);
}

QString optionTable(const QList<CommandOption> &options)
{
    QString text;
    for (const CommandOption &option : options) {
        text += u"  %1 %2\n"_s.arg(spelling(option), -26).arg(option.description);
    }
    return text;
}

} // namespace

CommandLine::CommandLine()
    : m_commands(makeCommands())
    , m_known(globalOptions())
{
    for (const auto &command : m_commands) {
        m_known += command->options();
    }
}

QList<CommandOption> CommandLine::globalOptions() const
{
    return {
        {u"profile"_s, u"DIR"_s, tr("the profile's folder (else TOCSIN_PROFILE, else the user's own)")},
        {u"credentials"_s, u"DIR"_s,
         tr("a folder with a file for each secret, in place of the keychain (else CREDENTIALS_DIRECTORY)")},
        {u"json"_s, {}, tr("print machine-readable results")},
        {u"help"_s, {}, tr("explain, and do nothing")},
        {u"version"_s, {}, tr("print the version, and do nothing")},
    };
}

const CommandOption *CommandLine::findOption(const QString &name) const
{
    const auto found = std::find_if(m_known.begin(), m_known.end(),
                                    [&name](const CommandOption &option) { return option.name == name; });
    return found == m_known.end() ? nullptr : &*found;
}

Result<CommandLine::Parsed> CommandLine::parse(const QStringList &arguments) const
{
    Parsed parsed;
    bool onlyPositional = false;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        if (onlyPositional || argument == "-"_L1 || !argument.startsWith(u'-')) {
            parsed.positional.append(argument);
            continue;
        }
        if (argument == "--"_L1) {
            onlyPositional = true;
            continue;
        }
        const qsizetype equals = argument.indexOf(u'=');
        const QString written = equals < 0 ? argument : argument.first(equals);
        const QString name = written == "-h"_L1 ? u"help"_s : written.mid(2);
        const CommandOption *option = written == "-h"_L1 || written.startsWith("--"_L1) ? findOption(name) : nullptr;
        if (!option) {
            return Error{.message = tr("There is no option %1.").arg(shownName(written))};
        }
        if (option->value.isEmpty()) {
            if (equals >= 0) {
                return Error{.message = tr("The option %1 takes no value.").arg(written)};
            }
            parsed.options.append({name, QString()});
        } else if (equals >= 0) {
            parsed.options.append({name, argument.mid(equals + 1)});
        } else if (i + 1 < arguments.size()) {
            parsed.options.append({name, arguments.at(++i)});
        } else {
            return Error{.message = tr("The option %1 needs a value: %2.").arg(written, spelling(*option))};
        }
    }
    return parsed;
}

Command *CommandLine::takeCommand(QStringList &positional) const
{
    for (const auto &command : m_commands) {
        const QStringList words = command->name().split(u' ');
        if (positional.size() >= words.size() && positional.first(words.size()) == words) {
            positional.remove(0, words.size());
            return command.get();
        }
    }
    return nullptr;
}

Result<Arguments> CommandLine::check(const Command &command, const Parsed &parsed) const
{
    Arguments arguments{.positional = parsed.positional, .options = {}};
    const QList<CommandOption> allowed = globalOptions() + command.options();
    for (const auto &[name, value] : parsed.options) {
        const bool isAllowed = std::any_of(allowed.begin(), allowed.end(),
                                           [&name = name](const CommandOption &option) { return option.name == name; });
        if (!isAllowed) {
            return Error{.message = tr("The command %1 has no option --%2.").arg(command.name(), name)};
        }
        if (arguments.options.contains(name)) {
            return Error{.message = tr("The option --%1 stands here twice.").arg(name)};
        }
        if (value.isEmpty() && !findOption(name)->value.isEmpty()) {
            return Error{.message = tr("The option --%1 needs a value.").arg(name)};
        }
        arguments.options.insert(name, value);
    }
    const auto required = command.requiredOptions();
    for (const QString &name : required) {
        if (!arguments.has(name)) {
            return Error{.message = tr("The command %1 needs %2.").arg(command.name(), spelling(*findOption(name)))};
        }
    }
    const QStringList wanted = command.arguments().split(u' ', Qt::SkipEmptyParts);
    const auto atLeast =
        std::count_if(wanted.begin(), wanted.end(), [](const QString &word) { return word[0] != u'['; });
    if (arguments.positional.size() < atLeast) {
        return Error{.message =
                         tr("The command %1 needs %2.").arg(command.name(), wanted.at(arguments.positional.size()))};
    }
    if (arguments.positional.size() > wanted.size() && !command.arguments().endsWith(u'…')) {
        // Without a word of what is too much: somebody may have typed a secret there.
        return Error{.message = tr("The command %1 takes fewer arguments than these.").arg(command.name())};
    }
    return arguments;
}

QStringList CommandLine::verbsAfter(const QString &word) const
{
    QStringList verbs;
    for (const auto &command : m_commands) {
        const QStringList words = command->name().split(u' ');
        if (words.size() == 2 && words[0] == word) {
            verbs.append(words[1]);
        }
    }
    return verbs;
}

QString CommandLine::unknownCommand(const QStringList &positional) const
{
    if (positional.isEmpty()) {
        return tr("There is no command.");
    }
    const QStringList verbs = verbsAfter(positional[0]);
    if (verbs.isEmpty()) {
        return tr("There is no command \"%1\".").arg(shownName(positional[0]));
    }
    return tr("After %1 comes one of: %2.").arg(positional[0], verbs.join(", "_L1));
}

QString CommandLine::help() const
{
    QString text = tr("Usage: tocsinctl [OPTION …] COMMAND") + "\n\n"_L1
        + tr("Configure webhooks, test them, and see what they send, without a window.") + "\n\n"_L1 + tr("Commands:")
        + u'\n';
    for (const auto &command : m_commands) {
        const QString call = QString(command->name() + u' ' + command->arguments()).trimmed();
        text += u"  %1 %2\n"_s.arg(call, -26).arg(command->summary());
    }
    text += u'\n' + tr("Options of every command:") + u'\n' + optionTable(globalOptions()) + u'\n';
    text += tr("What has a / or ends in .json is a file, anything else a stored webhook's name.") + u'\n';
    text += tr("Exit status: 0 done, 1 the test or check failed, 2 the input or the call is wrong.") + u'\n';
    return text;
}

QString CommandLine::help(const Command &command) const
{
    QString text = tr("Usage: tocsinctl %1").arg(command.name());
    const auto options = command.options();
    const auto required = command.requiredOptions();
    for (const CommandOption &option : options) {
        text += (required.contains(option.name) ? u" %1"_s : u" [%1]"_s).arg(spelling(option));
    }
    if (!command.arguments().isEmpty()) {
        text += u' ' + command.arguments();
    }
    text += "\n\n"_L1 + command.summary() + "\n\n"_L1;
    if (!options.isEmpty()) {
        text += tr("Options:") + u'\n' + optionTable(options) + u'\n';
    }
    text += tr("Options of every command:") + u'\n' + optionTable(globalOptions());
    return text;
}

ExitStatus CommandLine::run(const QStringList &arguments)
{
    Session calls({}, false);
    const auto refuse = [&calls](const QString &message, const QString &helpCall) {
        calls.complain(u"tocsinctl: %1 %2"_s.arg(message, tr("See: %1").arg(helpCall)));
        return ExitStatus::WrongInput;
    };
    Result<Parsed> parsed = parse(arguments);
    if (!parsed) {
        return refuse(parsed.error().message, u"tocsinctl --help"_s);
    }
    const auto has = [&parsed](const QString &name) {
        return std::any_of(parsed->options.cbegin(), parsed->options.cend(),
                           [&name](const auto &option) { return option.first == name; });
    };
    if (has(u"version"_s)) {
        calls.print("tocsinctl " TOCSIN_VERSION ""_ba);
        return ExitStatus::Done;
    }
    const QStringList typed = parsed->positional;
    Command *command = takeCommand(parsed.value().positional);
    if (has(u"help"_s) && (command || typed.isEmpty() || (typed.size() == 1 && !verbsAfter(typed[0]).isEmpty()))) {
        calls.print(command ? help(*command) : help());
        return ExitStatus::Done;
    }
    if (!command) {
        return refuse(unknownCommand(typed), u"tocsinctl --help"_s);
    }
    const auto checked = check(*command, *parsed);
    if (!checked) {
        return refuse(checked.error().message, u"tocsinctl %1 --help"_s.arg(command->name()));
    }
    Session session({.profile = checked->value(u"profile"_s),
                     .credentialsFolder = checked->value(u"credentials"_s),
                     .prompt = SecretStore::Prompt::Never},
                    checked->has(u"json"_s));
    const ExitStatus status = command->run(session, *checked);
    if (!session.isOutputWhole()) {
        session.complain(tr("tocsinctl: Standard output could not be written to."));
        return ExitStatus::WrongInput;
    }
    return status;
}

} // namespace Tocsin
