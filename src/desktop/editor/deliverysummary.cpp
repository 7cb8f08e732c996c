// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverysummary.h"

#include "durationtext.h"
#include "format.h"

#include <QCoreApplication>

#include <numeric>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct DeliverySummary
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::DeliverySummary)

public:
    static QString retries(const QList<std::chrono::seconds> &delays)
    {
        if (delays.isEmpty()) {
            return tr("tried once");
        }
        const auto all = std::accumulate(delays.begin(), delays.end(), std::chrono::seconds::zero());
        return tr("retried for about %1").arg(formatRoughSpan(all));
    }
};

std::optional<int> number(const QString &text)
{
    bool ok = false;
    const int value = text.trimmed().toInt(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

} // namespace

QString deliverySummary(const WebhookDraft::Fields &fields)
{
    const auto delays = durationsFromText(fields.retries);
    const auto settle = durationFromText(fields.settle);
    const auto age = durationFromText(fields.maximumAge);
    const auto concurrency = number(fields.concurrency);
    const auto rate = number(fields.rate);
    if (!delays || !settle || !age || !concurrency || (!rate && !fields.rate.trimmed().isEmpty())) {
        return DeliverySummary::tr("A field here needs a change");
    }
    const Webhook asNew;
    const bool isNewest = fields.keep == KeptEvents::Newest;
    const bool isSettled = settle->value_or(asNew.settle) != asNew.settle;
    QStringList parts{isNewest ? DeliverySummary::tr("Only the newest status") : DeliverySummary::tr("Every status")};
    if (isSettled) {
        parts.append(DeliverySummary::tr("after %1 of calm").arg(formatSpan(**settle)));
    } else if (!isNewest && !rate) {
        parts.append(DeliverySummary::tr("as it comes"));
    }
    if (rate) {
        parts.append(DeliverySummary::tr("at most %L1 a minute").arg(*rate));
    }
    if (*concurrency != asNew.concurrency) {
        parts.append(*concurrency == 1 ? DeliverySummary::tr("one at a time")
                                       : DeliverySummary::tr("%L1 at once").arg(*concurrency));
    }
    if (*age) {
        parts.append(DeliverySummary::tr("for %1 at most").arg(formatSpan(**age)));
    }
    const QString sentence = parts.join(DeliverySummary::tr(", ", "between the parts of a list"));
    const bool isAsNew = parts.size() == 2 && !isNewest && !isSettled && !rate;
    return isAsNew || *delays != asNew.retryDelays
        ? DeliverySummary::tr("%1; %2", "what is sent, and how often it is tried")
              .arg(sentence, DeliverySummary::retries(*delays))
        : sentence;
}

} // namespace Tocsin
