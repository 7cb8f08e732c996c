// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "validatortext.h"

#include <QCoreApplication>

namespace Tocsin {

namespace {

struct ValidatorWords
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ValidatorText)
};

} // namespace

QString actualText(const ValidatorResult &result)
{
    const QString actual = result.actualIsCut ? QString(result.actual + u'…') : result.actual;
    return result.omitted > 0 ? ValidatorWords::tr("%1, and %L2 more").arg(actual).arg(result.omitted) : actual;
}

QString judgedOtherwiseText(const ReceivedResponse &response)
{
    return response.loneSurrogates == 0
        ? QString()
        : ValidatorWords::tr("The response has %n escape(s) of half a character (a lone surrogate): validators saw "
                             "U+FFFD there.",
                             nullptr, response.loneSurrogates);
}

} // namespace Tocsin
