// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhookcomparison.h"

#include "durationtext.h"
#include "fieldlabel.h"
#include "secretlifting.h"

#include <QCoreApplication>
#include <QMap>
#include <QSet>
#include <QStringBuilder>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

const QString concealed = u"••••••••"_s;

QString statusWord(const Json &active)
{
    return active == true ? QCoreApplication::translate("Tocsin::CompareDialog", "Active")
                          : QCoreApplication::translate("Tocsin::CompareDialog", "Inactive");
}

/// The leaves of a document by their path, in its order. A list is a leaf unless it holds objects.
void flatten(const Json &value, const QString &path, QStringList &order, QMap<QString, QString> &leaves)
{
    if (value.is_object() && !isJsonNumber(value)) {
        for (const auto &[name, member] : value.items()) {
            const QString key = QString::fromStdString(name);
            flatten(member, path.isEmpty() ? key : path % u'.' % key, order, leaves);
        }
    } else if (value.is_array() && !value.empty() && value.front().is_object()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            flatten(value[i], path % u'[' % QString::number(i) % u']', order, leaves);
        }
    } else {
        const auto *text = value.get_ptr<const std::string *>();
        leaves.insert(
            path, path == "active"_L1 ? statusWord(value) : QString::fromStdString(text ? *text : writeJson(value)));
        if (!order.contains(path)) {
            order.append(path);
        }
    }
}

/// The rules of delivery as the form has them, those too that a document leaves out.
void writeRules(const Webhook &webhook, QMap<QString, QString> &leaves)
{
    leaves.insert(u"delivery.retry_delays_in_sec"_s,
                  webhook.retryDelays.isEmpty() ? QCoreApplication::translate("Tocsin::CompareDialog", "Tried once")
                                                : durationsToText(webhook.retryDelays));
    leaves.insert(u"delivery.concurrency"_s, QString::number(webhook.concurrency));
    leaves.insert(u"delivery.keep"_s,
                  webhook.keep == KeptEvents::Newest ? QCoreApplication::translate("Tocsin::CompareDialog", "On")
                                                     : QCoreApplication::translate("Tocsin::CompareDialog", "Off"));
    if (webhook.ratePerMinute) {
        leaves.insert(u"delivery.rate_per_minute"_s,
                      QCoreApplication::translate("Tocsin::CompareDialog", "%L1 a minute").arg(*webhook.ratePerMinute));
    }
    if (webhook.settle != Webhook().settle) {
        leaves.insert(u"delivery.settle_in_sec"_s, durationsToText({webhook.settle}));
    }
    if (webhook.maximumAge) {
        leaves.insert(u"delivery.maximum_age_in_sec"_s, durationsToText({*webhook.maximumAge}));
    }
}

QString inWords(const QString &path)
{
    const QString label = fieldLabel(path);
    if (label.isEmpty()) {
        return path;
    }
    static const QString headers = u"type.http_request.headers."_s;
    if (path.startsWith(headers)) {
        return label % u" › "_s % path.sliced(headers.size());
    }
    const qsizetype bracket = path.indexOf(u'[');
    return bracket < 0 ? label : label % u" › "_s % path.sliced(bracket);
}

} // namespace

QList<FieldDifference> compareWebhooks(const Webhook &elsewhere, const WebhookInput &here)
{
    const LiftedWebhook lifted =
        liftSecrets(here.webhook, here.secretHeaders, here.plainHeaders, here.keptAsText.value_or(QSet<QString>()));
    QStringList order;
    QMap<QString, QString> there;
    QMap<QString, QString> mine;
    flatten(toJson(elsewhere), {}, order, there);
    flatten(toJson(lifted.webhook), {}, order, mine);
    writeRules(elsewhere, there);
    writeRules(lifted.webhook, mine);
    QList<FieldDifference> differences;
    for (const QString &path : std::as_const(order)) {
        QString text = mine.value(path);
        for (auto secret = lifted.secrets.cbegin(); secret != lifted.secrets.cend(); ++secret) {
            text.replace(u"${secret:"_s % secret.key() % u'}', concealed);
        }
        if (there.value(path) != text || there.contains(path) != mine.contains(path)) {
            differences.append({.field = inWords(path), .elsewhere = there.value(path), .here = text});
        }
    }
    return differences;
}

} // namespace Tocsin
