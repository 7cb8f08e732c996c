// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingestanswer.h"
#include "ingestbody.h"
#include "ingestreader.h"

#include <QElapsedTimer>

#include <microhttpd.h>

#include <optional>

namespace Tocsin {

/// One request, from its first line to its end. It is the server's threads': others know its ticket, and nothing else.
struct IngestRequest
{
    enum class Route { Events, Health, Metrics };

    IngestRequest(IngestReader::Ticket number, IngestBody::Bound &bound)
        : ticket(number)
        , body(bound)
    {
    }

    const IngestReader::Ticket ticket;
    Route route = Route::Events;
    std::optional<IngestAnswer> answer{};
    IngestBody body;
    qint64 received = 0; ///< bytes
    QElapsedTimer time{};
    QByteArray token{}; ///< to be compared
    QString bodyId{}; ///< for the events of its body
    bool isForced = false;
    bool isPacked = false; ///< with gzip
    bool begun = false;
    bool waited = false; ///< before its body, until the token was looked at
};

struct RequestLine
{
    QByteArray method;
    QByteArray target; ///< without its query
    QByteArray version; ///< `HTTP/1.1`
};

/// What is wrong with a request as its lines before a body say; else what it asks for stands in `request` afterwards.
/// Whether it may ask, its token tells.
std::optional<IngestAnswer> readHead(MHD_Connection *connection, const RequestLine &line, IngestRequest &request);
/// The same for what its query asks for, once the token has been found good.
std::optional<IngestAnswer> parameterRefusal(MHD_Connection *connection);
/// The same for the id that its fields give to the body; it stands in `request` afterwards.
std::optional<IngestAnswer> bodyIdRefusal(MHD_Connection *connection, IngestRequest &request);
/// And for a body that is to come.
std::optional<IngestAnswer> bodyRefusal(MHD_Connection *connection);

/// What it is said to be long, in bytes; 0: nobody said, or there is none.
qint64 bodyLength(MHD_Connection *connection);
bool hasBody(MHD_Connection *connection);

/// So much of a refused body is still listened to, in bytes.
qint64 mostDrained();
/// Whether a body that is refused is not listened to. To close while it still comes may take the answer from its
/// sender, so that is for those who wait for a word first (RFC 9110 §10.1.1), and for what would never end.
bool isAnsweredAtOnce(MHD_Connection *connection, const IngestAnswer &refusal);

MHD_Result sendAnswer(MHD_Connection *connection, const IngestAnswer &answer);

} // namespace Tocsin
