// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatecache.h"

#include <QCache>

namespace Tocsin {

namespace {

constexpr qsizetype keptCharacters = 4 * 1024 * 1024; // of all texts together

/// What `make` makes of a text, made once for as long as it is kept.
template <typename Compilation, typename Make>
std::shared_ptr<const Compilation> kept(QCache<QString, std::shared_ptr<const Compilation>> &cache, const QString &text,
                                        Make make)
{
    if (const auto *known = cache.object(text)) {
        return *known;
    }
    auto compilation = std::make_shared<const Compilation>(make(text.toStdString()));
    cache.insert(text, new std::shared_ptr<const Compilation>(compilation), std::max<qsizetype>(text.size(), 1));
    return compilation;
}

} // namespace

std::shared_ptr<const BodyTemplate::Compilation> compiledTemplate(const QString &text)
{
    thread_local QCache<QString, std::shared_ptr<const BodyTemplate::Compilation>> cache(keptCharacters);
    return kept(cache, text, [](const std::string &utf8) { return BodyTemplate::compile(utf8); });
}

std::shared_ptr<const TextTemplate::Compilation> compiledText(const QString &text, TextTemplate::Use use)
{
    using Cache = QCache<QString, std::shared_ptr<const TextTemplate::Compilation>>;
    thread_local Cache urls(keptCharacters);
    thread_local Cache headers(keptCharacters);
    return kept(use == TextTemplate::Use::Url ? urls : headers, text,
                [use](const std::string &utf8) { return TextTemplate::compile(utf8, use, {}); });
}

} // namespace Tocsin
