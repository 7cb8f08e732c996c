// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timelinetext.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::InvocationPhase)
};

} // namespace

QString phaseText(InvocationPhase phase)
{
    switch (phase) {
    case InvocationPhase::Profile:
        return Words::tr("reading the profile");
    case InvocationPhase::Secrets:
        return Words::tr("reading secrets");
    case InvocationPhase::Render:
        return Words::tr("rendering");
    case InvocationPhase::Queued:
        return Words::tr("waiting for a connection");
    case InvocationPhase::TokenExchange:
        return Words::tr("waiting for a token");
    case InvocationPhase::Lookup:
        return Words::tr("name lookup");
    case InvocationPhase::Connect:
        return Words::tr("connect");
    case InvocationPhase::Tls:
        return Words::tr("TLS");
    case InvocationPhase::Send:
        return Words::tr("send");
    case InvocationPhase::Wait:
        return Words::tr("wait");
    case InvocationPhase::Receive:
        return Words::tr("receive");
    case InvocationPhase::Judge:
        return Words::tr("judging");
    }
    return {};
}

QString phaseLabel(const QStringList &phases, int tokenExchange, bool isNumbered)
{
    QStringList different = phases; // one may come twice
    different.removeDuplicates();
    const QString names = different.join(u", "_s);
    if (tokenExchange == 0) {
        return names;
    }
    return isNumbered ? Words::tr("token %1: %2").arg(QString::number(tokenExchange), names)
                      : Words::tr("token: %1").arg(names);
}

bool hasTwoTokenExchanges(const QList<TimelineSpan> &timeline)
{
    return std::any_of(timeline.begin(), timeline.end(), [](const auto &span) { return span.tokenExchange > 1; });
}

} // namespace Tocsin
