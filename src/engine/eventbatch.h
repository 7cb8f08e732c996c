// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "integrationevent.h"

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <functional>

namespace Tocsin {

/// What is wrong with one event of a text.
struct EventFault
{
    QString path; ///< `$.data.status`, `$[3].data.status` in an array; empty: the row is no JSON
    QString message; ///< one sentence
    TextPosition position; ///< in the text
};

/// Events read from a text: one JSON object, an array of them, or NDJSON (an object a line).
struct EventBatch
{
    QList<IntegrationEvent> events; ///< the good ones
    QList<EventFault> faults;
};

/// `progress` hears now and then how many bytes of the text are done. Any thread.
EventBatch readEvents(QByteArrayView text, const std::function<void(qsizetype done)> &progress = {});

} // namespace Tocsin
