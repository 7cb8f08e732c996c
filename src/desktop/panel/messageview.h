// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QWidget>

class QVBoxLayout;

namespace Tocsin {

class BodyView;
class FactGrid;
class HeadersView;
class SectionTitle;
class WrappingText;

/// A request or a response: its first line, facts about its way, headers, body.
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

    WrappingText *m_firstLine;
    class RoleLabel *m_remark;
    SectionTitle *m_headersTitle;
    HeadersView *m_headers;
    BodyView *m_body;
};

/// The value of the first header of this name, in any case; empty if there is none.
QString headerValue(const QList<Header> &headers, QStringView name);

/// "202 Accepted"
QString statusLine(const ReceivedResponse &response);

} // namespace Tocsin
