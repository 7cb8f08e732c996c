// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "missingsecret.h"

#include <QCoreApplication>

namespace Tocsin {

namespace {

struct MissingSecret
{
    static constexpr SentenceMaker say{"Tocsin::MissingSecret"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::MissingSecret)
};

} // namespace

Sentence missingSecretMessage(const QString &key)
{
    return MissingSecret::say("There is no secret named %1.", key);
}

Sentence missingSecretHint(const QString &key)
{
    return MissingSecret::say(
        "Enter its value again where the webhook uses it, or store it with: tocsinctl secret set %1", key);
}

} // namespace Tocsin
