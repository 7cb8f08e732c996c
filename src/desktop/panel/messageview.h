// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QWidget>

namespace Tocsin {

class BodyView;
class HeadersView;
class InterimView;
class RoleLabel;
class SectionTitle;
class WrappingText;

/// A request or a response: its first line, facts about its way, headers, trailers, the interim answers before it,
/// body.
class MessageView : public QWidget
{
    Q_OBJECT

public:
    explicit MessageView(QWidget *parent = nullptr);

    void setRequest(const SentRequest &request);
    void setResponse(const ReceivedResponse &response);
    /// Where there is none: says why.
    void setAbsent(const QString &reason);
    /// A sentence between the first line and the headers; empty: none.
    void setRemark(const QString &remark);

    BodyView *body() const { return m_body; }

private:
    void setMessage(const QString &firstLine, const QList<Header> &headers);
    void setTrailers(const QList<Header> &trailers);

    WrappingText *m_firstLine;
    RoleLabel *m_remark;
    SectionTitle *m_headersTitle;
    HeadersView *m_headers;
    SectionTitle *m_trailersTitle;
    HeadersView *m_trailers;
    InterimView *m_interim;
    BodyView *m_body;
};

/// The value of the first header of this name, in any case; empty if there is none.

/// "202 Accepted"
QString statusLine(const ReceivedResponse &response);
QString statusLine(const InterimResponse &response);

/// "HTTP/1.1 202 Accepted"
QString fullStatusLine(const ReceivedResponse &response);

} // namespace Tocsin
