// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "renderfault.h"

#include "bodytemplate.h"
#include "texttemplate.h"
#include "utf8.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct RenderFaultText
{
    static constexpr SentenceMaker say{"Tocsin::BodyTemplate"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyTemplate)
};

} // namespace

Error errorOf(const RenderFault &fault, std::string_view source)
{
    const auto at = textPosition(source, fault.offset);
    switch (fault.kind) {
    case RenderFault::Kind::TooLarge:
        return Error::of(RenderFaultText::say("What the template makes of this event is larger than 1 MiB."),
                         BodyTemplate::tooLarge, at);
    case RenderFault::Kind::TooManySteps:
        return Error::of(RenderFaultText::say("With this event the template takes more than %L1 steps to render.",
                                              BodyTemplate::mostSteps),
                         BodyTemplate::tooManySteps, at);
    case RenderFault::Kind::UnknownSecret:
        return Error::of(
            RenderFaultText::say("There is no secret with the key \"%1\".", QString::fromStdString(fault.key)),
            BodyTemplate::unknownSecret, at);
    case RenderFault::Kind::Unexpected:
        return Error::of(RenderFaultText::say("With this event the template does not render to JSON from here on."),
                         BodyTemplate::notJson, at);
    case RenderFault::Kind::EmptyInPath:
        return Error::of(
            RenderFaultText::say("With this event a placeholder in the URL's path is empty, which would lead "
                                 "to another resource: give it a text with default."),
            TextTemplate::badPath, at);
    case RenderFault::Kind::SlashInPath:
        return Error::of(
            RenderFaultText::say("With this event a placeholder in the URL's path holds a slash, which may "
                                 "lead to another resource: write it behind a ?, or replace the slash, as in %1.",
                                 u"{{replace data.id \"/\" \":\" \"\\u005c\" \":\"}}"_s),
            TextTemplate::badPath, at);
    case RenderFault::Kind::DotsInPath:
        return Error::of(
            RenderFaultText::say("With this event a placeholder in the URL's path makes a segment of dots, "
                                 "which would lead to another resource: write a text of your own in front of it."),
            TextTemplate::badPath, at);
    case RenderFault::Kind::None:
        break;
    }
    return {};
}

} // namespace Tocsin
