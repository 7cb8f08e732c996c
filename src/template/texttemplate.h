// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bodytemplate.h"

namespace Tocsin {

/// A header's value or a URL with placeholders: the language of the body template, whose result is text. Compile once,
/// render many times, from any thread.
class TextTemplate
{
public:
    enum class Use {
        Header,
        Url ///< what placeholders write is percent-encoded (RFC 3986 §2.3); they stand in path and query alone
    };

    /// Every problem is reported at once, of the field `field`; with an error there is no template.
    struct Compilation;
    static Compilation compile(std::string_view text, Use use, const QString &field);

    /// As BodyTemplate::render(). The text of a URL is not checked any further, that of a header not at all.
    Result<std::string> render(const Json &event, const BodyTemplate::SecretLookup &secrets,
                               const RenderContext &context) const;

    /// What a placeholder wrote would lead to another resource: nothing, a slash, or a segment of dots.
    static constexpr auto badPath = QLatin1StringView("bad_path");

    QStringList secretKeys() const; ///< in order, each once

private:
    struct Program;
    explicit TextTemplate(std::shared_ptr<const Program> program);
    std::shared_ptr<const Program> m_program;
};

struct TextTemplate::Compilation
{
    std::optional<TextTemplate> textTemplate; ///< absent where `problems` has an error
    Problems problems;
};

} // namespace Tocsin
