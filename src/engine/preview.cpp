// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview.h"

#include "bodytemplate.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

Preview previewBody(const QString &bodyTemplate, const Json &event, const QString &webhookName)
{
    auto compilation = BodyTemplate::compile(bodyTemplate.toStdString());
    Preview preview{.body = {}, .problems = std::move(compilation.problems)};
    if (!compilation.bodyTemplate) {
        return preview;
    }
    auto rendered = compilation.bodyTemplate->render(
        event, [](const QString &) { return std::optional(u"\u2022\u2022\u2022\u2022\u2022\u2022"_s); },
        sampleContext(webhookName));
    if (rendered) {
        preview.body = std::move(rendered.value());
    } else {
        preview.problems.append({.severity = Severity::Error,
                                 .field = u"body_template"_s,
                                 .message = rendered.error().message,
                                 .position = rendered.error().position});
    }
    return preview;
}

} // namespace Tocsin
