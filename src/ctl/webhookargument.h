// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"
#include "inputfile.h"
#include "webhook.h"

#include <QList>
#include <QString>

#include <optional>

namespace Tocsin {

class Session;

/// The options `--webhook` and `--event`, which more than one command takes.
CommandOption webhookOption();
CommandOption eventOption();

/// The webhook that a FILE or NAME means, without errors; every problem is complained of, a line each.
std::optional<Webhook> readWebhook(Session &session, const QString &argument);

/// The event in a file, or the schema's mock where `path` is empty.
std::optional<Json> readEvent(Session &session, const QString &path);

/// What a document says, with all its problems, the template's included, each once. `prefix` goes before each field.
WebhookReading readDocument(const Json &document, const QString &prefix = {});

} // namespace Tocsin
