// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servicestatus.h"

namespace Tocsin {

void ServiceStatus::ready()
{
}

void ServiceStatus::tell(const QString &)
{
}

void ServiceStatus::stopping()
{
}

} // namespace Tocsin
