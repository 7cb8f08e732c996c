// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stopsignal.h"

namespace Tocsin {

struct StopSignal::Private
{
};

StopSignal::StopSignal(QObject *parent)
    : QObject(parent)
{
}

StopSignal::~StopSignal() = default;

void outliveFileSizeLimit()
{
}

} // namespace Tocsin
