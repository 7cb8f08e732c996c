// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"

#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct KindName
{
    ErrorKind kind;
    QLatin1StringView name;
};

constexpr std::array kindNames{
    KindName{ErrorKind::Dns, "dns"_L1},           KindName{ErrorKind::Refused, "refused"_L1},
    KindName{ErrorKind::Tls, "tls"_L1},           KindName{ErrorKind::Timeout, "timeout"_L1},
    KindName{ErrorKind::Reset, "reset"_L1},       KindName{ErrorKind::TooLarge, "too_large"_L1},
    KindName{ErrorKind::Protocol, "protocol"_L1}, KindName{ErrorKind::Egress, "egress"_L1},
    KindName{ErrorKind::Http, "http"_L1},         KindName{ErrorKind::Validator, "validator"_L1},
    KindName{ErrorKind::Template, "template"_L1}, KindName{ErrorKind::Secret, "secret"_L1},
    KindName{ErrorKind::OAuth, "oauth"_L1},       KindName{ErrorKind::Cancelled, "cancelled"_L1},
};

} // namespace

QString toString(ErrorKind kind)
{
    for (const auto &entry : kindNames) {
        if (entry.kind == kind) {
            return entry.name;
        }
    }
    return {};
}

std::optional<ErrorKind> errorKindFromString(const QString &text)
{
    for (const auto &entry : kindNames) {
        if (entry.name == text) {
            return entry.kind;
        }
    }
    return std::nullopt;
}

std::optional<Milliseconds> totalTime(const Invocation &invocation)
{
    return invocation.timeline.isEmpty() ? invocation.timings.total : totalOf(invocation.timeline);
}

} // namespace Tocsin
