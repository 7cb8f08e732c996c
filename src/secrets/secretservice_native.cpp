// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretservice.h"

namespace Tocsin {

struct SecretService::Private
{
};

SecretService::SecretService(QObject *parent)
    : QObject(parent)
{
}

SecretService::~SecretService() = default;

void SecretService::ask(Answer answer)
{
    QMetaObject::invokeMethod(
        this, [answer = std::move(answer)] { answer({}); }, Qt::QueuedConnection);
}

void SecretService::unlock(Answer answer)
{
    ask(std::move(answer));
}

} // namespace Tocsin
