// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxqueries.h"

#include "responsetext.h"

#include "outbox.h"
#include "outboxlanes.h"
#include "sentencejson.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype uncompressedBytes = 16 * 1024; // compressing costs more than it saves for less

/// The text of a body, or nothing where it is none.
QString searchedBody(const QByteArray &body, const QString &contentType = {})
{
    const auto beginning = QByteArrayView(body).first(std::min<qsizetype>(body.size(), Outbox::searchedBytes));
    const auto text = responseText(beginning, contentType, beginning.size() < body.size()).text;
    return text.contains(QChar::Null) ? QString() : text;
}

QString idOf(QLatin1StringView prefix, qint64 id, quint64 nonce)
{
    constexpr int base = 16;
    constexpr qsizetype digits = 16; // of the nonce
    return prefix % QString::number(nonce, base).rightJustified(digits, u'0') % QString::number(id, base);
}

QString searchedHeaders(const QList<Header> &headers)
{
    QString text;
    for (const auto &header : headers) {
        text += header.name % u": "_s % header.value % u'\n';
    }
    return text;
}

} // namespace

Result<int> change(Database &database, OutboxStatement statement, const QVariantList &values)
{
    const auto rows = database.run(sql(statement), values);
    if (!rows) {
        return rows.error();
    }
    return rows->changed();
}

Result<std::optional<qint64>> selectNumber(Database &database, OutboxStatement statement, const QVariantList &values)
{
    auto rows = database.run(sql(statement), values);
    if (!rows) {
        return rows.error();
    }
    if (rows.value().next()) {
        return std::optional<qint64>(rows->value(0).toLongLong());
    }
    const auto end = rows->end();
    return end ? Result<std::optional<qint64>>(std::optional<qint64>()) : end.error();
}

Error damaged(const Database &database, const QString &row, const Error &fault)
{
    return Error::of(
        Outbox::say("The database %1 holds a damaged document (%2): %3", database.path(), row, fault.toKeep()),
        database.path());
}

QDateTime utcMoment(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC);
}

QString messageIdOf(qint64 id, quint64 nonce)
{
    return idOf("msg_"_L1, id, nonce);
}

QString eventIdOf(qint64 id, quint64 nonce)
{
    return idOf("evt_"_L1, id, nonce);
}

qint64 deliveryNumber(const QString &idOrMessageId)
{
    constexpr int base = 16;
    constexpr int prefix = 4 + 16; // msg_ and the nonce
    return idOrMessageId.startsWith("msg_"_L1) ? idOrMessageId.mid(prefix).toLongLong(nullptr, base)
                                               : idOrMessageId.toLongLong();
}

EventRow eventRow(const QString &eventId)
{
    constexpr int base = 16;
    constexpr int prefix = 4;
    constexpr int digits = 16; // of the nonce
    if (!eventId.startsWith("evt_"_L1)) {
        return {};
    }
    return {.id = eventId.mid(prefix + digits).toLongLong(nullptr, base),
            .nonce = static_cast<qint64>(eventId.mid(prefix, digits).toULongLong(nullptr, base))};
}

Delivery readDelivery(const Rows &rows)
{
    const qint64 id = rows.value(0).toLongLong();
    const auto state = deliveryStateFromString(rows.value(2).toString()).value_or(DeliveryState::Pending);
    Delivery delivery;
    delivery.id = QString::number(id);
    delivery.messageId = messageIdOf(id, static_cast<quint64>(rows.value(1).toLongLong()));
    delivery.eventId = eventIdOf(rows.value(10).toLongLong(), static_cast<quint64>(rows.value(11).toLongLong()));
    delivery.integrationId = rows.value(12).toString();
    delivery.integrationName = rows.value(13).toString();
    delivery.integrationType = rows.value(14).toString();
    delivery.status = integrationStatusFromString(rows.value(15).toString()).value_or(IntegrationStatus::Active);
    delivery.state = state;
    delivery.attempts = rows.value(3).toInt();
    delivery.createdAt = utcMoment(rows.value(4).toLongLong());
    delivery.heldBy = ruleFromColumn(rows.value(16).toString());
    if (state == DeliveryState::Waiting && delivery.heldBy != HoldingRule::Mute) {
        delivery.nextAttemptAt = utcMoment(rows.value(5).toLongLong());
    }
    if (!isFinished(state) && !rows.value(17).isNull()) {
        delivery.expiresAt = utcMoment(rows.value(17).toLongLong());
    }
    if (!rows.value(6).isNull()) {
        delivery.finishedAt = utcMoment(rows.value(6).toLongLong());
    }
    delivery.lastHttpStatus = rows.value(7).toInt();
    delivery.lastReason = sentenceFromColumn(rows.value(8).toString());
    if (!rows.value(9).isNull()) {
        delivery.lastTotal = Milliseconds(rows.value(9).toDouble());
    }
    return delivery;
}

StoredAttempt storedAttempt(const Invocation &invocation)
{
    StoredAttempt stored;
    Invocation kept = invocation;
    if (kept.tls && !kept.tls->chain.isEmpty()) {
        for (const auto &certificate : kept.tls->chain) {
            stored.chainFingerprints += certificate.sha256Fingerprint % u' ';
        }
        kept.tls->chain.clear();
    }
    stored.document = QByteArray::fromStdString(writeInvocation(kept));
    if (stored.document.size() > uncompressedBytes) {
        stored.document = qCompress(stored.document, 1);
    }
    return stored;
}

QByteArray chainDocument(const Invocation &invocation)
{
    Invocation chainOnly;
    chainOnly.tls = TlsInfo{.protocol = {}, .cipher = {}, .chain = invocation.tls->chain, .errors = {}};
    return QByteArray::fromStdString(writeInvocation(chainOnly));
}

Result<Invocation> readAttempt(const QByteArray &document, const QByteArray &chainDocument)
{
    const auto json = parseJson(document.startsWith('{') ? document : qUncompress(document));
    if (!json) {
        return json.error();
    }
    auto invocation = invocationFromJson(*json);
    if (invocation && invocation->tls && !chainDocument.isEmpty()) {
        const auto chainJson = parseJson(chainDocument);
        if (!chainJson) {
            return chainJson.error();
        }
        const auto chain = invocationFromJson(*chainJson);
        if (!chain) {
            return chain.error();
        }
        invocation.value().tls->chain = chain->tls->chain;
    }
    return invocation;
}

AttemptText attemptText(const Invocation &invocation)
{
    AttemptText text;
    if (const auto &request = invocation.request) {
        text.request = request->method % u' ' % request->url % u'\n' % searchedHeaders(request->headers)
            % searchedBody(request->body);
    }
    text.response = invocation.reason.text() % u'\n';
    if (const auto &response = invocation.response) {
        text.response += QString::number(response->status) % u' ' % response->reasonPhrase % u'\n'
            % searchedHeaders(response->headers)
            % searchedBody(response->body, headerValue(response->headers, u"Content-Type"));
    }
    return text;
}

QString searchExpression(const QString &typed)
{
    QStringList words;
    for (auto word : typed.simplified().split(u' ', Qt::SkipEmptyParts)) {
        const auto isWordLike = [](QChar c) {
            return c.isLetterOrNumber();
        };
        if (std::any_of(word.begin(), word.end(), isWordLike)) {
            words.append(u'"' % word.replace(u'"', u"\"\""_s) % u'"');
        }
    }
    return words.isEmpty() ? QString() : QString(words.join(u' ') % u'*');
}

} // namespace Tocsin
