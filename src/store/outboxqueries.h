// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"
#include "delivery.h"
#include "outboxstatements.h"

namespace Tocsin {

/// A null is no text in SQL.
inline QString sqlText(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

inline QByteArray jsonBytes(const Json &document)
{
    return QByteArray::fromStdString(writeJson(document));
}

/// Calls `take` with each row of a statement.
template <typename Take>
Result<void> forEach(Database &database, const QString &text, const QVariantList &values, Take take)
{
    auto rows = database.run(text, values);
    if (!rows) {
        return rows.error();
    }
    while (rows.value().next()) {
        take(rows.value());
    }
    return rows->end();
}

template <typename Take>
Result<void> forEach(Database &database, OutboxStatement statement, const QVariantList &values, Take take)
{
    return forEach(database, sql(statement), values, std::move(take));
}

/// Runs a statement without rows; how many it changed.
Result<int> change(Database &database, OutboxStatement statement, const QVariantList &values);
/// The first column of the first row, as a number.
Result<std::optional<qint64>> selectNumber(Database &database, OutboxStatement statement, const QVariantList &values);

/// What a damaged document in the database is called.
Error damaged(const Database &database, const QString &row, const Error &fault);

/// Reads the deliveryColumns of a row; webhook id and name, and the event's own id, are not among them.
Delivery readDelivery(const Rows &rows);
inline constexpr int deliveryColumnCount = 18;

/// Milliseconds since 1970.
QDateTime utcMoment(qint64 time);
/// Both hold the row's number; the nonce makes them unlike those of other profiles.
QString messageIdOf(qint64 id, quint64 nonce);
QString eventIdOf(qint64 id, quint64 nonce);
/// The number of the row that an id or message id names; 0: none.
qint64 deliveryNumber(const QString &idOrMessageId);
/// What an event's id (`evt_…`) is made of; zeros where it is none.
struct EventRow
{
    qint64 id = 0;
    qint64 nonce = 0;
};
EventRow eventRow(const QString &eventId);

/// An attempt as it is kept. The certificate chain, which is long and the same for most, is kept apart.
struct StoredAttempt
{
    QByteArray document;
    QString chainFingerprints; ///< empty: no chain
};
StoredAttempt storedAttempt(const Invocation &invocation);
QByteArray chainDocument(const Invocation &invocation); ///< of one that has a chain
Result<Invocation> readAttempt(const QByteArray &document, const QByteArray &chainDocument);

/// What can be searched of an attempt; the same each time for the same attempt.
struct AttemptText
{
    QString request;
    QString response;
};
AttemptText attemptText(const Invocation &invocation);
/// What a person typed, as FTS5 wants it: every word, the last one as a prefix. Empty: no word in it.
QString searchExpression(const QString &typed);

} // namespace Tocsin
