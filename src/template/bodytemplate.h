// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"
#include "problem.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace Tocsin {

struct Webhook;

/// The largest body that is rendered, in bytes.
inline constexpr std::size_t maximumBodySize = 1024 * 1024;

/// What a template may ask for beside the event, of the attempt that it is rendered for.
struct RenderContext
{
    std::string webhookName; ///< `@webhook.name`
    std::string deliveryId; ///< `@delivery.id`: the value of `webhook-id`
    int attempt = 1; ///< `@delivery.attempt`, counted from 1
    bool isTest = true; ///< `@delivery.test`
};

/// What stands there where nothing is sent: an attempt of a Test, with an id that no message has.
RenderContext sampleContext(const QString &webhookName);

/// A body template: Handlebars-style text whose rendered result is JSON. Compile once, render many times, from any
/// thread.
class BodyTemplate
{
public:
    using SecretLookup = std::function<std::optional<QString>(const QString &key)>;

    /// Compiles UTF-8 text. Every problem is reported at once with its position; with an error there is no template.
    struct Compilation;
    static Compilation compile(std::string_view text);

    /// Renders compact or as written: white space of the template is kept. `${secret:KEY}` in the template's own text
    /// is resolved through `secrets` (never in what the event holds) and escaped as any value is. An error's `where`
    /// says which it is of the four below; its position points into the template.
    Result<std::string> render(const Json &event, const SecretLookup &secrets = {},
                               const RenderContext &context = {}) const;

    static constexpr auto unknownSecret = QLatin1StringView("unknown_secret");
    static constexpr auto tooLarge = QLatin1StringView("too_large"); ///< over maximumBodySize
    static constexpr auto tooManySteps = QLatin1StringView("too_many_steps"); ///< over mostSteps
    /// Only for a template whose blocks kept compile() from a proof; most are proven and never read again.
    static constexpr auto notJson = QLatin1StringView("not_json");

    /// What a rendering may take, counted rather than measured; about 100 ms.
    static constexpr std::uint64_t mostSteps = 10'000'000;

    QStringList secretKeys() const; ///< in order, each once

private:
    struct Program;
    explicit BodyTemplate(std::shared_ptr<const Program> program);
    std::shared_ptr<const Program> m_program;
};

struct BodyTemplate::Compilation
{
    std::optional<BodyTemplate> bodyTemplate; ///< absent where `problems` has an error
    Problems problems; ///< field `body_template`
};

/// The problems of the placeholders in a webhook's URL and headers; positions point into the field's text.
Problems checkPlaceholders(const Webhook &webhook);

/// Everything that can be said about a webhook before it is used: validate() and its template's problems, in the form's
/// order.
Problems checkWebhook(const Webhook &webhook);

} // namespace Tocsin
