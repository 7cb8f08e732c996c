// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem.h"

#include <algorithm>
#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

bool hasErrors(const Problems &problems)
{
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem &problem) { return problem.severity == Severity::Error; });
}

namespace {

std::size_t placeInForm(const QString &field)
{
    static const std::array order{u"kind"_s,
                                  u"id"_s,
                                  u"name"_s,
                                  u"active"_s,
                                  u"type.http_request.method"_s,
                                  u"type.http_request.url"_s,
                                  u"body_template"_s,
                                  u"type.http_request.headers"_s,
                                  u"type"_s,
                                  u"authentication_config"_s,
                                  u"filters"_s,
                                  u"timeout_in_sec"_s,
                                  u"tls"_s,
                                  u"signing"_s,
                                  u"delivery"_s,
                                  u"response_validators"_s,
                                  u"custom_validation_error_message"_s};
    const auto place = std::find_if(order.begin(), order.end(), [&field](const QString &prefix) {
        return field.startsWith(prefix)
            && (field.size() == prefix.size() || field[prefix.size()] == u'.' || field[prefix.size()] == u'[');
    });
    return static_cast<std::size_t>(place - order.begin());
}

} // namespace

Problems inFormOrder(Problems problems)
{
    std::stable_sort(problems.begin(), problems.end(),
                     [](const Problem &a, const Problem &b) { return placeInForm(a.field) < placeInForm(b.field); });
    return problems;
}

} // namespace Tocsin
