// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "advancedsummary.h"

#include <QCoreApplication>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct AdvancedSummary
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::AdvancedSummary)
};

} // namespace

QString advancedSummary(const WebhookDraft::Fields &fields)
{
    QStringList parts;
    const auto add = [&parts](bool isSet, const QString &name) {
        if (isSet) {
            parts.append(name);
        }
    };
    const auto isTyped = [](const QString &text) {
        return !text.trimmed().isEmpty();
    };
    add(isTyped(fields.caCertificates), AdvancedSummary::tr("CA certificates"));
    add(isTyped(fields.clientCertificate) || isTyped(fields.clientKey), AdvancedSummary::tr("client certificate"));
    add(isTyped(fields.signingSecret) || isTyped(fields.previousSigningSecret), AdvancedSummary::tr("signing"));
    if (parts.isEmpty()) {
        return AdvancedSummary::tr("Nothing set");
    }
    QString summary = parts.join(AdvancedSummary::tr(", ", "between the parts of a list"));
    summary[0] = summary.at(0).toUpper();
    return summary;
}

} // namespace Tocsin
