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
        const QString body = toQString(preset.value("body", preset["id"].get<std::string>()));
        Json document = preset["webhook"];
        document["body_template"] = readTextResource(u":/tocsin/presets/%1.template"_s.arg(body)).toStdString();
        presets.append({.id = toQString(preset["id"].get<std::string>()),
                        .name = toQString(preset["name"].get<std::string>()),
                        .webhook = webhookFromJson(document).webhook});
    }
    return presets;
}

} // namespace Tocsin
