// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatevalue.h"

#include "bodytemplate.h"
#include "jsonnumber.h"

namespace Tocsin {

bool isTruthy(const Json &value)
{
    switch (value.type()) {
    case Json::value_t::boolean:
        return value.get<bool>();
    case Json::value_t::string:
        return !value.get_ref<const std::string &>().empty();
    case Json::value_t::array:
        return !value.empty();
    case Json::value_t::object:
        return true;
    case Json::value_t::null:
        return false;
    default:
        return !jsonEquals(value, 0);
    }
}

void appendTextOf(std::string &out, const Json &value)
{
    static const JsonEscape none(0);
    appendTextOf(out, value, none);
}

void appendTextOf(std::string &out, const Json &value, const JsonEscape &escape)
{
    switch (value.type()) {
    case Json::value_t::string:
        escape.append(out, value.get_ref<const std::string &>());
        break;
    case Json::value_t::object:
    case Json::value_t::array:
        escape.append(out, writeJsonBeginning(value, maximumBodySize + 1).text);
        break;
    case Json::value_t::null:
        break;
    case Json::value_t::boolean:
        out += value.get<bool>() ? "true" : "false";
        break;
    default:
        appendJsonNumber(out, value);
        break;
    }
}

} // namespace Tocsin
