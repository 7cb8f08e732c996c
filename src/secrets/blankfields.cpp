// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "blankfields.h"

#include "webhook.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct BlankText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BlankFields)
};

Problem warning(const QString &field, const QString &message)
{
    return {.severity = Severity::Warning, .field = field, .message = message, .position = {}};
}

Problem wordLeft(const QString &field)
{
    return warning(
        field, BlankText::tr("Here still stands what is left to you to fill in (YOUR…): put your own value there."));
}

} // namespace

bool holdsPlaceholderWord(QStringView text)
{
    static const QRegularExpression word(u"(?<![A-Za-z0-9])YOUR(?![A-Za-z0-9])"_s);
    return word.match(text.toString()).hasMatch();
}

bool isLeftToFill(QStringView text)
{
    return text.trimmed().isEmpty() || holdsPlaceholderWord(text);
}

Problems blankFields(const Webhook &webhook)
{
    Problems problems;
    if (holdsPlaceholderWord(webhook.url)) {
        problems.append(wordLeft(u"type.http_request.url"_s));
    }
    for (const Header &header : webhook.headers) {
        const QString field = "type.http_request.headers."_L1 % header.name;
        if (holdsPlaceholderWord(header.value)) {
            problems.append(wordLeft(field));
        } else if (looksSecret(header.name) && header.value.trimmed().isEmpty()) {
            problems.append(warning(
                field,
                BlankText::tr("\"%1\" looks like a secret and is empty: put its value there, or leave the header out.")
                    .arg(header.name.simplified())));
        }
    }
    if (webhook.oauth) {
        const std::pair<QLatin1StringView, const QString &> fields[]{
            {"client_id"_L1, webhook.oauth->clientId},
            {"client_secret"_L1, webhook.oauth->clientSecret},
            {"token_endpoint_url"_L1, webhook.oauth->tokenEndpointUrl}};
        for (const auto &[name, value] : fields) {
            if (holdsPlaceholderWord(value)) {
                problems.append(wordLeft("authentication_config.oauth."_L1 % name));
            }
        }
    }
    return problems;
}

} // namespace Tocsin
