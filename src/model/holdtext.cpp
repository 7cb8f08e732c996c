// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "holdtext.h"

#include <QCoreApplication>

namespace Tocsin {

namespace {

struct HoldText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::HoldText)
};

} // namespace

QString holdInWords(HoldingRule rule, const QString &until)
{
    switch (rule) {
    case HoldingRule::Settle:
        return HoldText::tr("waits for its status to last, until %1").arg(until);
    case HoldingRule::Mute:
        return until.isEmpty() ? HoldText::tr("is muted, until the mute is ended")
                               : HoldText::tr("is muted, until %1").arg(until);
    case HoldingRule::Rate:
        return HoldText::tr("waits for its webhook's rate, until %1").arg(until);
    }
    return {};
}

} // namespace Tocsin
