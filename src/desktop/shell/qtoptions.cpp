// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "qtoptions.h"

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr std::array withValue{"style"_L1,
                               "stylesheet"_L1,
                               "platform"_L1,
                               "platformpluginpath"_L1,
                               "platformtheme"_L1,
                               "plugin"_L1,
                               "qwindowgeometry"_L1,
                               "geometry"_L1,
                               "qwindowtitle"_L1,
                               "title"_L1,
                               "qwindowicon"_L1,
                               "icon"_L1,
                               "display"_L1,
                               "session"_L1,
                               "name"_L1,
                               "qmljsdebugger"_L1};
constexpr std::array alone{"reverse"_L1, "widgetcount"_L1, "nograb"_L1, "dograb"_L1};

template <std::size_t size>
bool isAmong(const std::array<QLatin1StringView, size> &names, QStringView name)
{
    return std::any_of(names.begin(), names.end(), [name](QLatin1StringView known) { return known == name; });
}

} // namespace

QStringList withoutQtOptions(const QStringList &arguments)
{
    QStringList rest = arguments.first(std::min<qsizetype>(arguments.size(), 1));
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        if (argument == "--"_L1) {
            return rest + arguments.sliced(i);
        }
        const qsizetype dashes = argument.startsWith("--"_L1) ? 2 : argument.startsWith(u'-') ? 1 : 0;
        const QStringView whole = QStringView(argument).sliced(dashes);
        const qsizetype equals = whole.indexOf(u'=');
        const QStringView name = equals < 0 ? whole : whole.first(equals);
        if (dashes > 0 && isAmong(withValue, name)) {
            i += equals < 0 ? 1 : 0;
        } else if (dashes == 0 || !isAmong(alone, name)) {
            rest.append(argument);
        }
    }
    return rest;
}

} // namespace Tocsin
