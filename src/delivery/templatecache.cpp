// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatecache.h"

#include <QCache>

namespace Tocsin {

namespace {

constexpr qsizetype keptCharacters = 4 * 1024 * 1024; // of all texts together

using Compilation = std::shared_ptr<const BodyTemplate::Compilation>;

} // namespace

Compilation compiledTemplate(const QString &text)
{
    thread_local QCache<QString, Compilation> kept(keptCharacters);
    if (const auto *known = kept.object(text)) {
        return *known;
    }
    auto compilation = std::make_shared<const BodyTemplate::Compilation>(BodyTemplate::compile(text.toStdString()));
    kept.insert(text, new Compilation(compilation), std::max<qsizetype>(text.size(), 1));
    return compilation;
}

} // namespace Tocsin
