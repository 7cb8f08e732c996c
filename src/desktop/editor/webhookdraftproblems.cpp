// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhookdraft.h"

#include "bodytemplate.h"
#include "durationtext.h"
#include "readablesecrets.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

using Field = WebhookDraft::Field;

struct Place
{
    QLatin1StringView path; ///< in the document, without what follows it
    Field field;
};

constexpr auto headersPath = "type.http_request.headers"_L1;
constexpr auto validatorsPath = "response_validators"_L1;
constexpr auto parametersPath = "authentication_config.oauth.parameters"_L1;

constexpr std::array places{
    Place{"name"_L1, Field::Name},
    Place{"active"_L1, Field::Active},
    Place{"type.http_request.method"_L1, Field::Method},
    Place{"type.http_request.url"_L1, Field::Url},
    Place{headersPath, Field::Headers},
    Place{"body_template"_L1, Field::BodyTemplate},
    Place{"authentication_config.oauth.client_id"_L1, Field::ClientId},
    Place{"authentication_config.oauth.client_secret"_L1, Field::ClientSecret},
    Place{"authentication_config.oauth.token_endpoint_url"_L1, Field::TokenEndpointUrl},
    Place{"authentication_config.oauth.scopes"_L1, Field::Scopes},
    Place{"authentication_config.oauth.client_authentication"_L1, Field::ClientAuthentication},
    Place{parametersPath, Field::TokenParameters},
    Place{"authentication_config"_L1, Field::Authentication},
    Place{"filters.integration"_L1, Field::Integrations},
    Place{"filters.type"_L1, Field::Types},
    Place{"filters.status"_L1, Field::Statuses},
    Place{"timeout_in_sec"_L1, Field::Timeout},
    Place{validatorsPath, Field::JsonPath},
    Place{"custom_validation_error_message"_L1, Field::FailureMessage},
    Place{"delivery.retry_delays_in_sec"_L1, Field::Retries},
    Place{"delivery.concurrency"_L1, Field::Concurrency},
    Place{"delivery.rate_per_minute"_L1, Field::Rate},
    Place{"delivery.keep"_L1, Field::Keep},
    Place{"delivery.settle_in_sec"_L1, Field::Settle},
    Place{"delivery.maximum_age_in_sec"_L1, Field::MaximumAge},
    Place{"tls.ca_certificates"_L1, Field::CaCertificates},
    Place{"tls.client_certificate"_L1, Field::ClientCertificate},
    Place{"tls.client_key"_L1, Field::ClientKey},
    Place{"signing.previous_secret"_L1, Field::PreviousSigningSecret},
    Place{"signing"_L1, Field::SigningSecret},
};

/// Whether `path` is `prefix` or stands below it.
bool isAtOrBelow(const QString &path, QLatin1StringView prefix)
{
    return path.startsWith(prefix)
        && (path.size() == prefix.size() || path.at(prefix.size()) == u'.' || path.at(prefix.size()) == u'[');
}

/// The index among all rows of the `index`-th one that is not blank.
template <typename Rows, typename IsBlank>
int rowOf(const Rows &rows, int index, IsBlank isBlank)
{
    for (int row = 0; row < rows.size(); ++row) {
        if (!isBlank(rows.at(row)) && index-- == 0) {
            return row;
        }
    }
    return -1;
}

} // namespace

WebhookDraft::PlacedProblem WebhookDraft::place(const Problem &problem) const
{
    const auto found = std::find_if(places.begin(), places.end(),
                                    [&](const Place &candidate) { return isAtOrBelow(problem.field, candidate.path); });
    PlacedProblem placed{.field = found == places.end() ? Field::Other : found->field, .row = -1, .problem = problem};
    if (placed.field == Field::JsonPath) {
        static const QRegularExpression index(uR"(^response_validators\[(\d+)\](\.expected_values)?)"_s);
        const auto match = index.match(problem.field);
        if (match.hasMatch()) {
            placed.row = rowOf(m_fields.validators, match.captured(1).toInt(),
                               [](const ResponseValidator &validator) { return validator == ResponseValidator{}; });
            placed.field = match.hasCaptured(2) ? Field::ExpectedValues : Field::JsonPath;
        }
    } else if (placed.field == Field::TokenParameters && problem.field.size() > parametersPath.size()) {
        const QString name = problem.field.mid(parametersPath.size() + 1);
        // Of two with one name, the later is the one to change.
        for (int row = 0; row < m_fields.oauth.parameters.size(); ++row) {
            const TokenParameter &parameter = m_fields.oauth.parameters.at(row);
            if (parameter != TokenParameter{} && parameter.name == name) {
                placed.row = row;
            }
        }
    } else if (placed.field == Field::Headers && problem.field.size() > headersPath.size()) {
        const QString name = problem.field.mid(headersPath.size() + 1);
        // Of two headers with one name, the later is the one to change.
        for (int row = 0; row < m_fields.headers.size(); ++row) {
            const HeaderRow &header = m_fields.headers.at(row);
            if (!header.isBlank() && header.name.compare(name, Qt::CaseInsensitive) == 0) {
                placed.row = row;
            }
        }
        if (placed.row < 0 && m_fields.authentication == AuthenticationType::BearerToken) {
            placed.field = Field::BearerToken;
        }
    }
    return placed;
}

QList<WebhookDraft::PlacedProblem> WebhookDraft::findProblems() const
{
    QList<PlacedProblem> found;
    const auto add = [&found](Field field, const QString &message) {
        found.append({.field = field,
                      .row = -1,
                      .problem = {.severity = Severity::Error, .field = {}, .message = message, .position = {}}});
    };
    const auto isNumber = [](const QString &text) {
        bool ok = false;
        text.trimmed().toInt(&ok);
        return ok;
    };
    const Webhook webhook = toWebhook();
    auto problems = validate(webhook);
    const Problems ofPlaceholders = checkPlaceholders(webhook);
    for (const Problem &ofPlaceholder : ofPlaceholders) {
        Problem problem = ofPlaceholder;
        problem.message = tr("At character %1: %2").arg(QString::number(problem.position.column), problem.message);
        problems.append(problem);
    }
    problems += readableHeaders(webhook);
    if (isBodyChecked()) {
        problems += m_body.problems;
        problems += readableSecrets(m_fields.bodyTemplate, m_body.secretPlaces, m_fields.keptAsText);
    }
    for (const Problem &problem : problems) {
        found.append(place(problem));
    }
    for (const SecretRow &row : secretRows()) {
        if (row.isAsked && row.typed.isEmpty()) {
            add(Field::Secrets,
                row.name.isEmpty()
                    ? tr("The secret part of the URL is missing: enter it here.")
                    : tr("The secret %1 is missing: enter the one that the target gave you.").arg(row.name));
        }
    }
    if (!isNumber(m_fields.timeout)) {
        add(Field::Timeout, tr("The timeout is not a number; write whole seconds from 1 to 300."));
    }
    if (!isNumber(m_fields.concurrency)) {
        add(Field::Concurrency, tr("The concurrency is not a number; write a whole number from 1 to 64."));
    }
    if (const auto delays = durationsFromText(m_fields.retries); !delays) {
        add(Field::Retries, delays.error().message);
    }
    if (!m_fields.rate.trimmed().isEmpty() && !isNumber(m_fields.rate)) {
        add(Field::Rate, tr("The rate is not a number; write a whole number from 1 to 60000, or nothing."));
    }
    if (!durationFromText(m_fields.settle)) {
        add(Field::Settle, tr("The settle time is not a duration; write one up to one hour, as 30 s or 5 min."));
    }
    if (!durationFromText(m_fields.maximumAge)) {
        add(Field::MaximumAge, tr("The maximum age is not a duration; write one from 60 s to 30 d, as 15 min or 2 h."));
    }
    if (m_fields.authentication == AuthenticationType::BearerToken && m_fields.bearerToken.trimmed().isEmpty()
        && !hasAuthorizationRow()) {
        add(Field::BearerToken, tr("The bearer token is empty; paste the token that the target gave you."));
    }
    found.append(m_added);
    std::stable_sort(found.begin(), found.end(), [](const PlacedProblem &left, const PlacedProblem &right) {
        return std::pair(left.field, left.row) < std::pair(right.field, right.row);
    });
    return found;
}

bool WebhookDraft::isBodyLarge() const
{
    constexpr qsizetype large = 64 * 1024; // UTF-16 units; some 20 ms
    return m_fields.bodyTemplate.size() > large;
}

void WebhookDraft::takeBodyCheck(const BodyCheck &check) const
{
    m_body = check;
    m_problems.reset();
}

void WebhookDraft::checkBodyNow() const
{
    if (!isBodyChecked()) {
        takeBodyCheck(checkBody(m_fields.bodyTemplate));
    }
}

QList<SecretPlace> WebhookDraft::bodyPlaces() const
{
    if (!isBodyLarge()) {
        checkBodyNow();
    }
    return isBodyChecked() ? m_body.secretPlaces : QList<SecretPlace>();
}

void WebhookDraft::announceProblems()
{
    if (!isBodyLarge() || isBodyChecked()) {
        Q_EMIT problemsChanged();
        return;
    }
    m_checking.run([text = m_fields.bodyTemplate] { return checkBody(text); },
                   [this](const BodyCheck &check) {
                       if (check.bodyTemplate == m_fields.bodyTemplate) {
                           takeBodyCheck(check);
                           Q_EMIT problemsChanged();
                       }
                   });
}

const QList<WebhookDraft::PlacedProblem> &WebhookDraft::problems() const
{
    if (!isBodyLarge()) {
        checkBodyNow();
    }
    if (!m_problems) {
        m_problems = findProblems();
    }
    return *m_problems;
}

Problems WebhookDraft::problemsFor(Field field, int row) const
{
    Problems result;
    for (const PlacedProblem &placed : problems()) {
        if (placed.field == field && (row < 0 || placed.row == row)) {
            result.append(placed.problem);
        }
    }
    return result;
}

Problems WebhookDraft::shownProblems(Field field, int row) const
{
    Problems result;
    for (const PlacedProblem &placed : problems()) {
        if (placed.field == field && (row < 0 || placed.row == row)
            && (m_allShown || m_touched.contains({field, -1}) || m_touched.contains({field, placed.row}))) {
            result.append(placed.problem);
        }
    }
    return result;
}

std::optional<WebhookDraft::PlacedProblem> WebhookDraft::firstError(Purpose purpose) const
{
    static constexpr std::array unneededForTest{Field::Name,    Field::Integrations, Field::Types, Field::Statuses,
                                                Field::Retries, Field::Concurrency,  Field::Rate,  Field::Keep,
                                                Field::Settle,  Field::MaximumAge};
    checkBodyNow();
    for (const PlacedProblem &placed : problems()) {
        const bool counts = purpose == Purpose::Save
            || std::find(unneededForTest.begin(), unneededForTest.end(), placed.field) == unneededForTest.end();
        if (placed.problem.severity == Severity::Error && counts) {
            return placed;
        }
    }
    return std::nullopt;
}

int WebhookDraft::errorCount() const
{
    return int(std::count_if(problems().cbegin(), problems().cend(),
                             [](const PlacedProblem &placed) { return placed.problem.severity == Severity::Error; }));
}

bool WebhookDraft::isReady() const
{
    return !firstError().has_value();
}

void WebhookDraft::showAllProblems()
{
    m_allShown = true;
    m_timer.stop();
    checkBodyNow();
    Q_EMIT problemsChanged();
}

WebhookDraft::Field WebhookDraft::addProblem(const Problem &problem)
{
    const PlacedProblem placed = place(problem);
    m_added.append(placed);
    m_touched.insert({placed.field, -1});
    m_problems.reset();
    Q_EMIT problemsChanged();
    return placed.field;
}

} // namespace Tocsin
