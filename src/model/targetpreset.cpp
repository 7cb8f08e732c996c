// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "targetpreset.h"

#include "jsonresource.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

QList<TargetPreset> targetPresets()
{
    QList<TargetPreset> presets;
    for (const auto &preset : readJsonResource(u":/tocsin/presets.json"_s)) {
        presets.append({.id = toQString(preset["id"].get<std::string>()),
                        .name = toQString(preset["name"].get<std::string>()),
                        .webhook = webhookFromJson(preset["webhook"]).webhook});
    }
    return presets;
}

} // namespace Tocsin
