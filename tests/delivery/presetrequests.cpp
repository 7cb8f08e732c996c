// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// For check_presets.py: for each event on standard input, one a line, what every preset sends, one request a line.
#include "bodytemplate.h"
#include "integrationevent.h"
#include "requestbuilder.h"
#include "secrettext.h"
#include "targetpreset.h"

#include <cstdio>
#include <iostream>
#include <string>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

/// What its owner would type where the preset has capitals.
QString filled(QString text)
{
    return text.replace(u"YOUR"_s, u"mine"_s);
}

QHash<QString, QString> secretsOf(const Webhook &webhook)
{
    QHash<QString, QString> secrets;
    for (const auto &key : secretKeys(webhook.url) + secretKeys(webhook.bodyTemplate)) {
        secrets.insert(key, u"secret-value"_s);
    }
    return secrets;
}

Json requestJson(const TargetPreset &preset, const Json &event)
{
    InvocationRequest wanted;
    wanted.webhook = preset.webhook;
    wanted.webhook.url = filled(preset.webhook.url);
    for (auto &header : wanted.webhook.headers) {
        header.value = header.value.isEmpty() ? u"secret-value"_s : filled(header.value);
    }
    wanted.event = event;
    wanted.secrets = secretsOf(preset.webhook);
    wanted.messageId = u"msg_1"_s;
    const auto made = prepareRequest(wanted);
    if (const auto *error = std::get_if<InvocationError>(&made)) {
        return {{"error", error->message.text().toStdString()}};
    }
    const auto &http = std::get<PreparedRequest>(made).http;
    Json headers;
    for (const auto &[name, value] : http.fields) {
        headers[name.toStdString()] = value.toStdString();
    }
    return {{"host", http.url.host.toStdString()},
            {"target", http.url.target.toStdString()},
            {"headers", headers},
            {"body", http.body.toStdString()}};
}

/// The presets themselves, as documents.
void printPresets(const QList<TargetPreset> &presets)
{
    Json documents;
    for (const auto &preset : presets) {
        Json said = Json::array();
        for (const auto &problem : checkWebhook(preset.webhook)) {
            said.push_back(problem.message.toStdString());
        }
        documents[preset.id.toStdString()] = {{"webhook", toJson(preset.webhook)}, {"problems", said}};
    }
    std::cout << writeJson(documents) << '\n';
}

} // namespace

int main()
{
    const auto presets = targetPresets();
    printPresets(presets);
    for (std::string line; std::getline(std::cin, line);) {
        const auto event = parseJson(line);
        if (!event || !integrationEventFromJson(*event)) {
            std::fprintf(stderr, "not an event: %.300s\n", line.c_str());
            return 1;
        }
        Json requests;
        for (const auto &preset : presets) {
            requests[preset.id.toStdString()] = requestJson(preset, *event);
        }
        std::cout << writeJson(requests) << '\n';
    }
}
