// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatecheck.h"

#include "payloadschema.h"
#include "requestbuilder.h"
#include "secretlifting.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct TemplateCheck
{
    static constexpr SentenceMaker say{"Tocsin::TemplateCheck"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::TemplateCheck)
};

/// What fails alike.
struct CheckFault
{
    InvocationError error;
    QStringList statuses;
    QStringList samples;
    qsizetype count = 0; ///< of cases
    bool isHostileAlone = true;
};

void addOnce(QStringList &list, const QString &text)
{
    if (!list.contains(text)) {
        list.append(text);
    }
}

QList<CheckFault> faultsOf(const QList<CheckCase> &cases, const QSet<QString> &known)
{
    QList<CheckFault> faults;
    for (const auto &one : cases) {
        if (!one.error || known.contains(one.error->field)) {
            continue;
        }
        auto found = std::find_if(faults.begin(), faults.end(), [&one](const CheckFault &fault) {
            return fault.error.message == one.error->message && fault.error.position == one.error->position;
        });
        if (found == faults.end()) {
            faults.append({.error = *one.error, .statuses = {}, .samples = {}});
            found = std::prev(faults.end());
        }
        addOnce(found->statuses, toString(one.status));
        addOnce(found->samples, one.sample);
        ++found->count;
        found->isHostileAlone = found->isHostileAlone && one.isHostile;
    }
    return faults;
}

Sentence foundOf(const CheckFault &fault, qsizetype samples)
{
    const auto statuses = fault.statuses.join(", "_L1);
    const bool isOneStatus = fault.statuses.size() == 1;
    if (fault.count == fault.statuses.size() * samples) {
        return isOneStatus ? TemplateCheck::say("For the status %1: %2", statuses, fault.error.message)
                           : TemplateCheck::say("For the statuses %1: %2", statuses, fault.error.message);
    }
    const auto names = fault.samples.join(u"”, “"_s);
    return isOneStatus
        ? TemplateCheck::say("For the status %1, with the event “%2”: %3", statuses, names, fault.error.message)
        : TemplateCheck::say("For the statuses %1, with the event “%2”: %3", statuses, names, fault.error.message);
}

QStringList statusesOf(const QList<CheckCase> &cases)
{
    QStringList statuses;
    for (const auto &one : cases) {
        addOnce(statuses, toString(one.status));
    }
    return statuses;
}

} // namespace

QList<CheckCase> checkCases(const Filters &filters)
{
    const auto statuses = filters.statuses.isEmpty()
        ? QList<IntegrationStatus>{IntegrationStatus::Warning, IntegrationStatus::Error}
        : filters.statuses;
    const auto samples = PayloadSchema::instance().sampleEvents();
    QList<CheckCase> cases;
    for (const auto status : statuses) {
        for (qsizetype i = 0; i < samples.size(); ++i) {
            CheckCase one{.status = status,
                          .sample = samples[i].first,
                          .isHostile = i + 1 == samples.size(),
                          .event = samples[i].second};
            one.event["data"]["status"] = toJson(toString(status));
            cases.append(one);
        }
    }
    return cases;
}

InvocationRequest templateRequest(const Webhook &webhook, QHash<QString, QString> secrets)
{
    InvocationRequest request{.webhook = webhook, .event = {}, .secrets = {}, .messageId = u"check"_s};
    request.isDelivery = true; // what a Test sends may be another
    request.webhook.oauth.reset();
    request.webhook.signingSecret.clear();
    request.webhook.previousSigningSecret.clear();
    request.webhook.clientKey.clear();
    const auto keys = referencedKeys(request.webhook);
    for (const auto &key : keys) {
        if (!secrets.contains(key)) {
            secrets.insert(key, u"made-up"_s);
        }
    }
    request.secrets = std::move(secrets);
    return request;
}

std::optional<InvocationError> templateError(InvocationRequest request, const Json &event)
{
    request.event = event;
    const auto made = prepareRequest(request);
    const auto *error = std::get_if<InvocationError>(&made);
    return error ? std::optional(*error) : std::nullopt;
}

QList<CheckLine> templateLines(const QList<CheckCase> &cases, const QSet<QString> &known)
{
    const auto statuses = statusesOf(cases);
    const auto samples = cases.size() / std::max<qsizetype>(statuses.size(), 1);
    QList<CheckLine> lines;
    bool isSound = true;
    for (const auto &fault : faultsOf(cases, known)) {
        const bool isSecrets = fault.error.kind == ErrorKind::Secret;
        isSound = isSound && isSecrets;
        lines.append({.subject = isSecrets ? CheckSubject::Secrets : CheckSubject::Template,
                      .state = fault.isHostileAlone ? CheckState::Warning : CheckState::Failed,
                      .found = isSecrets ? fault.error.message : foundOf(fault, samples),
                      .hint = fault.error.hint,
                      .field = fault.error.field,
                      .position = fault.error.position});
    }
    const bool isTold = std::any_of(known.begin(), known.end(), [](const QString &field) {
        return field == "body_template"_L1 || field.startsWith("type.http_request"_L1);
    });
    if (isSound && !isTold) {
        lines.append({.subject = CheckSubject::Template,
                      .state = CheckState::Ok,
                      .found = TemplateCheck::say("A request can be made for %1, of every sample event.",
                                                  statuses.join(", "_L1))});
    }
    return lines;
}

} // namespace Tocsin
