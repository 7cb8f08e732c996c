// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "payloadschema.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class SchemaCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::SchemaCommand)

public:
    QString name() const override { return u"schema"_s; }
    QString summary() const override { return tr("print the event's payload schema, a JSON Schema"); }

    ExitStatus run(Session &session, const Arguments &) override
    {
        session.print(PayloadSchema::instance().document());
        return ExitStatus::Done;
    }
};

} // namespace

std::unique_ptr<Command> makeSchemaCommand()
{
    return std::make_unique<SchemaCommand>();
}

} // namespace Tocsin
