// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict.h"

#include "jsonpath.h"
#include "lonesurrogates.h"
#include "troubleshooting.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr qsizetype shownCharacters = 80;
constexpr std::size_t mostBytes = 4096; // of a value that is kept
constexpr std::size_t mostValues = 10; // that are kept

QString shortened(const QString &text)
{
    const auto simple = text.simplified();
    if (simple.size() <= shownCharacters) {
        return simple;
    }
    const bool cutsPair = simple.at(shownCharacters - 1).isHighSurrogate(); // half a character is none
    return simple.first(cutsPair ? shownCharacters - 1 : shownCharacters) % u'…';
}

QString jsonText(const Json &value)
{
    return QString::fromStdString(writeJson(value));
}

/// An expected value, ready to be compared.
class ExpectedValue
{
public:
    explicit ExpectedValue(const QString &typed)
        : m_text(typed.toStdString())
    {
        if (auto parsed = parseJson(QByteArrayView(m_text.data(), static_cast<qsizetype>(m_text.size())))) {
            m_json = *std::move(parsed);
        }
    }

    bool accepts(const Json &value, StepBudget &budget) const
    {
        if (const auto *text = value.get_ptr<const std::string *>()) {
            return budget.take() && *text == m_text;
        }
        return m_json && jsonEquals(value, *m_json, budget);
    }

private:
    std::string m_text;
    std::optional<Json> m_json;
};

class ValidatorRun
{
    static constexpr SentenceMaker say{"Tocsin::ValidatorRun"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ValidatorRun)

public:
    ValidatorRun(const ResponseDocument &document, const ReceivedResponse &response, const Redaction &redaction)
        : m_document(document)
        , m_response(response)
        , m_redaction(redaction)
    {
    }

    ValidatorResult run(const ResponseValidator &validator)
    {
        ValidatorResult result{.jsonPath = validator.jsonPath,
                               .expectedValues = validator.expectedValues,
                               .actual = {},
                               .passed = false,
                               .message = {}};
        const auto path = JsonPath::compile(validator.jsonPath.toStdString());
        if (!path) {
            result.message = path.error().toKeep();
            return result;
        }
        const std::vector<ExpectedValue> expected(validator.expectedValues.begin(), validator.expectedValues.end());
        Selected all;
        Selected refused;
        const bool isThrough = path->visit(m_document.document, m_budget, [&](const Json &node) {
            all.add(node);
            const bool isAccepted = std::any_of(expected.begin(), expected.end(), [&](const ExpectedValue &value) {
                return value.accepts(node, m_budget);
            });
            if (!isAccepted) {
                refused.add(node);
            }
            return true;
        });
        const bool readsBody = path->firstName() != "status" && path->firstName() != "headers";
        keepActual(result, refused.count > 0 ? refused : all, all.count > 1);
        if (!isThrough) {
            result.message = say("Judging %1 takes more steps than the %L2 that there are for one response.",
                                 validator.jsonPath, mostJudgingSteps);
        } else if (readsBody && m_response.truncated) {
            result.message = say("The response was cut at 1 MiB, so %1 cannot be judged.", validator.jsonPath);
        } else if (all.count == 0) {
            result.message = readsBody && !m_document.isJson ? notJson() : nothingThere(validator.jsonPath);
        } else if (refused.count > 0) {
            result.message =
                readsBody && m_document.isForeignJson ? foreignJson() : mismatch(validator, refused, all.count);
        } else {
            result.passed = true;
        }
        return result;
    }

private:
    /// Nodes of the document: the first ones, and how many there are.
    struct Selected
    {
        std::vector<const Json *> first;
        qint64 count = 0;

        void add(const Json &node)
        {
            ++count;
            if (first.size() < mostValues) {
                first.push_back(&node);
            }
        }
    };

    void keepActual(ValidatorResult &result, const Selected &selected, bool isList) const
    {
        std::string text = isList ? "[" : "";
        const std::size_t most = isList ? mostBytes - 2 : mostBytes; // a comma and the bracket need room, too
        qint64 kept = 0;
        for (const Json *node : selected.first) {
            const auto [written, isWhole] = writeJsonBeginning(*node, most - std::min(text.size(), most));
            if (!isWhole && kept > 0) {
                break;
            }
            text += kept > 0 ? "," : "";
            text += written;
            ++kept;
            if (!isWhole) {
                result.actualIsCut = true;
                break;
            }
        }
        if (result.actualIsCut) {
            result.actual = QString::fromUtf8(m_redaction.redactCut(QByteArray::fromStdString(text)));
        } else if (kept > 0) {
            result.actual = QString::fromStdString(isList ? text + ']' : text);
        }
        result.omitted = static_cast<int>(selected.count - kept);
    }

    Sentence notJson() const
    {
        if (m_response.body.isEmpty()) {
            return say("The response has no body.");
        }
        if (m_document.isForeignJson) {
            return foreignJson();
        }
        const auto beginning = m_document.text.text.first(std::min<qsizetype>(m_document.text.text.size(), 400));
        return say("The response is not JSON: it starts with “%1”.",
                   shortened(QString::fromUtf8(m_redaction.redactCut(beginning.toUtf8()))));
    }

    Sentence foreignJson() const
    {
        const auto &text = m_document.text;
        // ISO-8859-1 is what anything can be read as: a guess at it says nothing.
        const bool isKnown = !text.isUtf8() && (!text.isGuess || text.encoding != "ISO-8859-1"_L1);
        return isKnown ? say("The response is JSON in %1, and JSON must be UTF-8 (RFC 8259 §8.1).", text.encoding)
                       : say("The response is JSON that is not UTF-8, and JSON must be UTF-8 (RFC 8259 §8.1).");
    }

    static Sentence nothingThere(const QString &path) { return say("The response has nothing at %1.", path); }

    QString shown(const Json &value) const
    {
        const auto [text, isWhole] = writeJsonBeginning(value, mostBytes);
        const auto bytes = QByteArray::fromStdString(text);
        return shortened(QString::fromUtf8(isWhole ? m_redaction.redact(bytes) : m_redaction.redactCut(bytes)));
    }

    Sentence mismatch(const ResponseValidator &validator, const Selected &refused, qint64 selected)
    {
        QList<Sentence> expected;
        for (const QString &value : validator.expectedValues) {
            // Quotes that are part of the value, told from those that show a text.
            expected.append(Sentence(value.startsWith(u'"') ? jsonText(toJson(value)) : value));
        }
        const auto wanted = Sentence::joined(expected, say(" or "));
        const Json &first = *refused.first.front();
        if (selected == 1) {
            return say("%1 is %2, not %3.", validator.jsonPath, shown(first), wanted);
        }
        const auto place = QString::fromStdString(pathOfJson(m_document.document, first, m_budget));
        return say("At %1, %L2 of %L3 values fail: the first, %4, is %5, not %6.", validator.jsonPath, refused.count,
                   selected, place.isEmpty() ? say("far within") : Sentence(shortened(m_redaction.redact(place))),
                   shown(first), wanted);
    }

    const ResponseDocument &m_document;
    const ReceivedResponse &m_response;
    const Redaction &m_redaction;
    StepBudget m_budget{mostJudgingSteps};
};

QList<ValidatorResult> runAll(const QList<ResponseValidator> &validators, const ResponseDocument &document,
                              const ReceivedResponse &response, const Redaction &redaction)
{
    ValidatorRun run(document, response, redaction);
    QList<ValidatorResult> results;
    for (const auto &validator : validators) {
        results.append(run.run(validator));
    }
    return results;
}

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
            found->get_ref<std::string &>().append(", ").append(value);
        } else {
            headers[name] = value;
        }
    }
    document["status"] = response.status;
    document["headers"] = std::move(headers);
    auto body = parseJson(response.body);
    if (!body) {
        QByteArray repaired = response.body;
        loneSurrogates = replaceLoneSurrogates(repaired);
        body = loneSurrogates > 0 ? parseJson(repaired) : std::move(body);
        loneSurrogates = body ? loneSurrogates : 0;
    }
    isJson = body.isOk();
    if (isJson) {
        document["data"] = std::move(body).value();
        return;
    }
    const auto type = std::find_if(response.headers.begin(), response.headers.end(), [](const Header &header) {
        return header.name.compare("Content-Type"_L1, Qt::CaseInsensitive) == 0;
    });
    text = responseText(response.body, type == response.headers.end() ? QString() : type->value, response.truncated);
    isForeignJson = (!text.isUtf8() || !text.isWhole) && checkJson(text.text.toUtf8()).isOk();
    QStringView data = text.text;
    data.chop(data.endsWith("\r\n"_L1) ? 2 : data.endsWith(u'\n') || data.endsWith(u'\r') ? 1 : 0);
    document["data"] = data.toUtf8().toStdString();
}

bool matchesExpected(const Json &value, const QString &expected)
{
    StepBudget budget;
    return ExpectedValue(expected).accepts(value, budget);
}

QList<ValidatorResult> runValidators(const QList<ResponseValidator> &validators, const ReceivedResponse &response,
                                     const Redaction &redaction)
{
    return runAll(validators, ResponseDocument(response), response, redaction);
}

void judge(Invocation &invocation, const Webhook &webhook, const Redaction &redaction)
{
    auto &response = *invocation.response;
    invocation.validators.clear();
    if (!webhook.responseValidators.isEmpty()) {
        const ResponseDocument document(response);
        response.loneSurrogates = document.loneSurrogates;
        invocation.validators = runAll(webhook.responseValidators, document, response, redaction);
    }
    if (response.status < 200 || response.status > 299) {
        failWith(invocation, explainStatus(response, webhook));
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
