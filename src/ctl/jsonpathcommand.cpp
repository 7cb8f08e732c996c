// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "inputfile.h"
#include "jsonpath.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class JsonPathCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::JsonPathCommand)

public:
    QString name() const override { return u"jsonpath"_s; }
    QString summary() const override { return tr("print the nodes that a JSONPath (RFC 9535) selects, a JSON array"); }
    QString arguments() const override { return u"EXPR [FILE]"_s; }
    QList<CommandOption> options() const override
    {
        return {{u"paths"_s, {}, tr("print the nodes' normalized paths instead")}};
    }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const QString &expression = arguments.positional.constFirst();
        const auto path = JsonPath::compile(expression.toStdString());
        if (!path) {
            const Error &error = path.error();
            session.complain({.message = error.message,
                              .where = error.position.isValid()
                                  ? tr("EXPR:%1:%2").arg(error.position.line).arg(error.position.column)
                                  : tr("EXPR"),
                              .position = {}});
            return ExitStatus::WrongInput;
        }
        const auto input = readJson(session, arguments.positional.value(1, u"-"_s));
        if (!input) {
            return ExitStatus::WrongInput;
        }
        Json result = Json::array();
        if (arguments.has(u"paths"_s)) {
            for (const auto &node : path->selectWithPaths(input->value)) {
                result.push_back(node.path);
            }
        } else {
            for (const Json *node : path->select(input->value)) {
                result.push_back(*node);
            }
        }
        session.print(result, session.isJson() ? JsonFormat::Compact : JsonFormat::Indented);
        return ExitStatus::Done;
    }
};

} // namespace

std::unique_ptr<Command> makeJsonPathCommand()
{
    return std::make_unique<JsonPathCommand>();
}

} // namespace Tocsin
