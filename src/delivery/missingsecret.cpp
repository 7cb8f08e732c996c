// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "missingsecret.h"

#include <QCoreApplication>

namespace Tocsin {

namespace {

struct MissingSecret
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::MissingSecret)
};

} // namespace

QString missingSecretMessage(const QString &key)
{
    return MissingSecret::tr("There is no secret named %1.").arg(key);
}

QString missingSecretHint(const QString &key)
{
    return MissingSecret::tr(
               "Enter its value again where the webhook uses it, or store it with: tocsinctl secret set %1")
        .arg(key);
}

} // namespace Tocsin
