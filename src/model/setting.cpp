// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "setting.h"

#include "nearestword.h"
#include "shownname.h"

#include <QCoreApplication>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

class SettingText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::Setting)
};

const auto yes = u"true"_s;
const auto no = u"false"_s;

QString textOf(bool value)
{
    return value ? yes : no;
}

Result<void> readText(const QString &key, const QString &text, bool &value)
{
    if (text != yes && text != no) {
        return Error{.message = SettingText::tr("%1 takes true or false, not \"%2\".").arg(key, shownName(text))};
    }
    value = text == yes;
    return {};
}

} // namespace

Json Setting::value(const Settings &settings) const
{
    return std::visit([&settings](auto pointer) { return Json(settings.*pointer); }, member);
}

QString Setting::text(const Settings &settings) const
{
    return std::visit([&settings](auto pointer) { return textOf(settings.*pointer); }, member);
}

Result<void> Setting::read(const QString &text, Settings &settings) const
{
    return std::visit([&](auto pointer) { return readText(key, text, settings.*pointer); }, member);
}

QList<Setting> knownSettings()
{
    return {
        {.key = allowLinkLocalKey,
         .member = &Settings::isLinkLocalAllowed,
         .description =
             SettingText::tr("Whether requests may go to link-local addresses and the metadata services of clouds.")},
    };
}

Result<Setting> findSetting(const QString &key)
{
    QStringList keys;
    const auto settings = knownSettings();
    for (const Setting &setting : settings) {
        if (setting.key == key) {
            return setting;
        }
        keys.append(setting.key);
    }
    const QString near = nearestWord(key, keys);
    return Error{
        .message = near.isEmpty()
            ? SettingText::tr("There is no setting \"%1\"; known are %2.").arg(shownName(key), keys.join(u", "_s))
            : SettingText::tr("There is no setting \"%1\"; the nearest known one is \"%2\".")
                  .arg(shownName(key), near)};
}

Settings settingsFrom(const QMap<QString, QString> &texts)
{
    Settings settings;
    const auto known = knownSettings();
    for (const Setting &setting : known) {
        if (const auto text = texts.constFind(setting.key); text != texts.constEnd()) {
            static_cast<void>(setting.read(*text, settings));
        }
    }
    return settings;
}

} // namespace Tocsin
