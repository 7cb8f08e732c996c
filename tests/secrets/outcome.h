// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secretstore.h"

#include <QTest>

#include <functional>
#include <optional>
#include <vector>

namespace Tocsin {

/// Lets a job run to its end, and counts how often it ended.
class Ending : public QObject
{
    Q_OBJECT

public:
    explicit Ending(SecretJob *job)
        : m_job(job)
    {
        connect(job, &SecretJob::finished, this, [this](const SecretOutcome &outcome) {
            m_outcome = outcome;
            ++m_count;
        });
        connect(job, &SecretJob::waitingForPrompt, this, [this] { ++m_prompts; });
    }

    /// The outcome; that of a job that does not end is a failure of its own kind.
    SecretOutcome outcome()
    {
        const bool ended = QTest::qWaitFor([this] { return m_count > 0; }, 60'000);
        return ended
            ? m_outcome
            : SecretOutcome{.error = SecretError{SecretError::Kind::Failed, Sentence(QStringLiteral("did not end"))},
                            .value = {}};
    }
    bool isGone() const { return m_job.isNull(); }
    int count() const { return m_count; }
    int prompts() const { return m_prompts; }

private:
    QPointer<SecretJob> m_job;
    SecretOutcome m_outcome;
    int m_count = 0;
    int m_prompts = 0;
};

inline SecretOutcome outcomeOf(SecretJob *job)
{
    return Ending(job).outcome();
}

inline std::optional<SecretError::Kind> errorOf(SecretJob *job)
{
    const auto outcome = outcomeOf(job);
    if (!outcome.error) {
        return std::nullopt;
    }
    return outcome.error->kind;
}

/// One of each kind, to be made one after the other.
inline std::vector<std::function<SecretJob *()>> allRequests(SecretStore &store, const QString &value)
{
    const auto key = QStringLiteral("key");
    return {[&store, key] { return store.read(key); }, [&store, key, value] { return store.write(key, value); },
            [&store, key] {
                return store.remove(key);
            }};
}

inline std::optional<SecretAvailability> availabilityOf(SecretStore &store)
{
    std::optional<SecretAvailability> result;
    QObject context;
    store.availability(&context, [&result](SecretAvailability availability) { result = availability; });
    [[maybe_unused]] const bool answered = QTest::qWaitFor([&result] { return result.has_value(); }, 60'000);
    return result;
}

/// One sentence: starts like one, ends like one, and has no other end in it.
inline bool isOneSentence(const QString &text)
{
    return !text.isEmpty() && text.at(0).isUpper() && text.endsWith(QLatin1Char('.'))
        && !text.chopped(1).contains(QLatin1String(". "));
}

} // namespace Tocsin
