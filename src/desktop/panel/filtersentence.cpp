// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filtersentence.h"

#include "firing.h"
#include "format.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int mostNamed = 4;

struct FilterWording
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::FilterSentence)

public:
    static QString alternatives(const QStringList &words)
    {
        if (words.size() < 2) {
            return words.join(QString());
        }
        return tr("%1 or %2", "alternatives").arg(words.first(words.size() - 1).join(", "_L1), words.constLast());
    }

    static QString types(const QStringList &types)
    {
        if (types == QStringList{webhookIntegrationType()}) {
            return tr("Another webhook");
        }
        const bool startsWithVowel = u"aeiou"_s.contains(types.constFirst().front(), Qt::CaseInsensitive);
        return (startsWithVowel ? tr("An %1 integration") : tr("A %1 integration")).arg(alternatives(types));
    }

    static QString subject(const Filters &filters, const QList<KnownIntegration> &known)
    {
        if (filters.integrations.isEmpty()) {
            return filters.types.isEmpty() ? tr("Any integration") : types(filters.types);
        }
        QString named;
        if (filters.integrations.size() > mostNamed) {
            named = tr("One of %n integration(s)", nullptr, int(filters.integrations.size()));
        } else {
            QStringList names;
            for (const QString &id : filters.integrations) {
                const auto found = std::find_if(known.cbegin(), known.cend(),
                                                [&](const KnownIntegration &one) { return one.id == id; });
                names.append(found == known.cend() || found->name.isEmpty() ? id : found->name);
            }
            named = alternatives(names);
        }
        return filters.types.isEmpty() ? named : tr("%1, if its type is %2,").arg(named, alternatives(filters.types));
    }

    static QString change(const QList<IntegrationStatus> &statuses)
    {
        QStringList words;
        for (const IntegrationStatus status : allIntegrationStatuses()) {
            const bool byDefault = status == IntegrationStatus::Warning || status == IntegrationStatus::Error;
            if (statuses.isEmpty() ? byDefault : statuses.contains(status)) {
                words.append(toString(status));
            }
        }
        return words.size() == allIntegrationStatuses().size() ? tr("changes its status")
                                                               : tr("turns %1").arg(alternatives(words));
    }

    static QString count(const Filters &filters, const QList<KnownIntegration> &known)
    {
        if (known.isEmpty()) {
            return tr("no integration is known yet.");
        }
        Filters anyStatus = filters;
        anyStatus.statuses = allIntegrationStatuses();
        const auto matching = std::count_if(known.cbegin(), known.cend(), [&](const KnownIntegration &one) {
            return anyStatus.matches({.integrationId = one.id,
                                      .integrationName = one.name,
                                      .integrationType = one.type,
                                      .status = IntegrationStatus::Active,
                                      .document = {}});
        });
        const int total = int(known.size());
        if (total == 1) {
            return matching == 1 ? tr("the only one known matches.") : tr("the only one known does not match.");
        }
        if (matching == 0) {
            return tr("none of the %Ln known matches.", nullptr, total);
        }
        if (matching == 1) {
            return tr("one of the %Ln known matches.", nullptr, total);
        }
        return matching == total ? tr("all of the %Ln known match.", nullptr, total)
                                 : tr("%L1 of the %Ln known match.", nullptr, total).arg(matching);
    }
};

} // namespace

QString firingCondition(const Filters &filters, const QList<KnownIntegration> &known)
{
    return FilterWording::tr("%1 %2", "subject, change")
        .arg(FilterWording::subject(filters, known), FilterWording::change(filters.statuses));
}

QString filterSentence(const Filters &filters, const QList<KnownIntegration> &known)
{
    return FilterWording::tr("%1 — %2", "condition, count")
        .arg(firingCondition(filters, known), FilterWording::count(filters, known));
}

QString holdingSentence(KeptEvents keep, std::chrono::seconds settle)
{
    if (settle == std::chrono::seconds::zero()) {
        return keep == KeptEvents::Newest
            ? FilterWording::tr("Of what waits of one integration, only the newest status is delivered.")
            : QString();
    }
    const QString sentence = keep == KeptEvents::Newest
        ? FilterWording::tr("Only the newest status of each integration is delivered, once it has lasted %1.")
        : FilterWording::tr("A status is delivered once it has lasted %1.");
    return sentence.arg(formatSpan(settle));
}

} // namespace Tocsin
