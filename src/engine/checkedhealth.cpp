// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkedhealth.h"

namespace Tocsin {

namespace {

bool isAboutDocument(const CheckLine &line)
{
    switch (line.subject) {
    case CheckSubject::Document:
    case CheckSubject::Template:
    case CheckSubject::Secrets:
    case CheckSubject::ClientCertificate:
        return !line.isKeychains;
    default:
        return false;
    }
}

void addTo(Sentence &sentence, const Sentence &found)
{
    sentence = sentence.isEmpty() ? found : Sentence::joined({sentence, found}, Sentence(QStringLiteral(" ")));
}

} // namespace

CheckedHealth healthOf(const WebhookCheckResult &result)
{
    CheckedHealth health;
    for (const auto &line : result.lines) {
        if (line.state != CheckState::Warning && line.state != CheckState::Failed) {
            continue;
        }
        if (line.ends.isValid()) {
            addTo(health.ends, line.found);
        } else if (line.state == CheckState::Failed && isAboutDocument(line)) {
            addTo(health.fault, line.found);
        }
    }
    return health;
}

void noteCheck(Outbox &outbox, const WebhookCheckResult &result)
{
    const auto health = healthOf(result);
    outbox.noteCheck(result.webhookId, result.version, health.ends, health.fault, &outbox, [](const Result<bool> &) {});
}

} // namespace Tocsin
