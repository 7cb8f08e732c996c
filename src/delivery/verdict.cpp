// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict.h"

#include "jsonpath.h"
#include "troubleshooting.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr qsizetype shownCharacters = 80;

QString shortened(const QString &text)
{
    const auto simple = text.simplified();
    return simple.size() <= shownCharacters ? simple : simple.first(shownCharacters) % u'…';
}

QString jsonText(const Json &value)
{
    return QString::fromStdString(writeJson(value));
}

class ValidatorRun
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ValidatorRun)

public:
    ValidatorRun(const ResponseDocument &document, const ReceivedResponse &response, const Redaction &redaction)
        : m_document(document)
        , m_response(response)
        , m_redaction(redaction)
    {
    }

    ValidatorResult run(const ResponseValidator &validator) const
    {
        ValidatorResult result{.jsonPath = validator.jsonPath,
                               .expectedValues = validator.expectedValues,
                               .actual = {},
                               .passed = false,
                               .message = {}};
        const auto path = JsonPath::compile(validator.jsonPath.toStdString());
        if (!path) {
            result.message = path.error().message;
            return result;
        }
        const auto nodes = path->select(m_document.document);
        result.actual = actualText(nodes);
        const bool readsBody = path->firstName() != "status" && path->firstName() != "headers";
        if (readsBody && m_response.truncated) {
            result.message = tr("The response was cut at 1 MiB, so %1 cannot be judged.").arg(validator.jsonPath);
        } else if (nodes.empty()) {
            result.message = readsBody && !m_document.isJson ? notJson() : nothingThere(validator.jsonPath);
        } else {
            result.passed = std::all_of(nodes.begin(), nodes.end(), [&validator](const Json *node) {
                return isAccepted(*node, validator.expectedValues);
            });
            if (!result.passed) {
                result.message =
                    readsBody && m_document.isForeignJson ? foreignJson() : mismatch(validator, result.actual);
            }
        }
        return result;
    }

private:
    static bool isAccepted(const Json &node, const QStringList &expected)
    {
        return std::any_of(expected.begin(), expected.end(),
                           [&node](const QString &value) { return matchesExpected(node, value); });
    }

    static QString actualText(const std::vector<const Json *> &nodes)
    {
        if (nodes.empty()) {
            return {};
        }
        if (nodes.size() == 1) {
            return jsonText(*nodes.front());
        }
        auto all = Json::array();
        for (const auto *node : nodes) {
            all.push_back(*node);
        }
        return jsonText(all);
    }

    QString notJson() const
    {
        if (m_response.body.isEmpty()) {
            return tr("The response has no body.");
        }
        if (m_document.isForeignJson) {
            return foreignJson();
        }
        const auto beginning = m_document.text.text.first(std::min<qsizetype>(m_document.text.text.size(), 400));
        return tr("The response is not JSON: it starts with “%1”.")
            .arg(shortened(QString::fromUtf8(m_redaction.redactCut(beginning.toUtf8()))));
    }

    QString foreignJson() const
    {
        const auto &text = m_document.text;
        // ISO-8859-1 is what anything can be read as: a guess at it says nothing.
        const bool isKnown = !text.isUtf8() && (!text.isGuess || text.encoding != "ISO-8859-1"_L1);
        return isKnown ? tr("The response is JSON in %1, and JSON must be UTF-8 (RFC 8259 §8.1).").arg(text.encoding)
                       : tr("The response is JSON that is not UTF-8, and JSON must be UTF-8 (RFC 8259 §8.1).");
    }

    static QString nothingThere(const QString &path) { return tr("The response has nothing at %1.").arg(path); }

    QString mismatch(const ResponseValidator &validator, const QString &actual) const
    {
        QStringList expected;
        for (const QString &value : validator.expectedValues) {
            // Quotes that are part of the value, told from those that show a text.
            expected.append(value.startsWith(u'"') ? jsonText(toJson(value)) : value);
        }
        return tr("%1 is %2, not %3.")
            .arg(validator.jsonPath, shortened(m_redaction.redact(actual)), expected.join(tr(" or ")));
    }

    const ResponseDocument &m_document;
    const ReceivedResponse &m_response;
    const Redaction &m_redaction;
};

void failWith(Invocation &invocation, InvocationError error)
{
    invocation.verdict = Verdict::Failed;
    invocation.reason = error.message;
    invocation.error = std::move(error);
}

} // namespace

ResponseDocument::ResponseDocument(const ReceivedResponse &response)
{
    auto headers = Json::object();
    for (const auto &header : response.headers) {
        const auto name = header.name.toLower().toStdString();
        const auto value = header.value.toStdString();
        if (const auto found = headers.find(name); found != headers.end()) {
            *found = found->get<std::string>() + ", " + value;
        } else {
            headers[name] = value;
        }
    }
    document["status"] = response.status;
    document["headers"] = std::move(headers);
    auto body = parseJson(response.body);
    isJson = body.isOk();
    if (isJson) {
        document["data"] = std::move(body).value();
        return;
    }
    const auto type = std::find_if(response.headers.begin(), response.headers.end(), [](const Header &header) {
        return header.name.compare("Content-Type"_L1, Qt::CaseInsensitive) == 0;
    });
    text = responseText(response.body, type == response.headers.end() ? QString() : type->value, response.truncated);
    isForeignJson = (!text.isUtf8() || !text.isWhole) && parseJson(text.text.toUtf8()).isOk();
    document["data"] = toJson(text.text);
}

bool matchesExpected(const Json &value, const QString &expected)
{
    if (value.is_string()) {
        return toQString(value.get<std::string>()) == expected;
    }
    const auto parsed = parseJson(expected.toUtf8());
    return parsed && jsonEquals(value, *parsed);
}

QList<ValidatorResult> runValidators(const QList<ResponseValidator> &validators, const ReceivedResponse &response,
                                     const Redaction &redaction)
{
    if (validators.isEmpty()) {
        return {};
    }
    const ResponseDocument document(response);
    const ValidatorRun run(document, response, redaction);
    QList<ValidatorResult> results;
    for (const auto &validator : validators) {
        results.append(run.run(validator));
    }
    return results;
}

void judge(Invocation &invocation, const Webhook &webhook, const Redaction &redaction)
{
    const auto &response = *invocation.response;
    invocation.validators = runValidators(webhook.responseValidators, response, redaction);
    if (response.status < 200 || response.status > 299) {
        failWith(invocation, explainStatus(response));
        return;
    }
    const auto failed = std::find_if(invocation.validators.begin(), invocation.validators.end(),
                                     [](const ValidatorResult &result) { return !result.passed; });
    if (failed != invocation.validators.end()) {
        const auto index = std::distance(invocation.validators.begin(), failed);
        failWith(invocation, explainValidator(*failed, index, webhook.customValidationErrorMessage));
        return;
    }
    invocation.verdict = Verdict::Successful;
    invocation.reason = explainSuccess(response, invocation.validators.size());
}

} // namespace Tocsin
