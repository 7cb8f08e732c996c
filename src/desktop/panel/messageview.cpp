// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "messageview.h"

#include "bodyview.h"
#include "fonts.h"
#include "headersview.h"
#include "interimview.h"
#include "metrics.h"
#include "rolelabel.h"
#include "sectiontitle.h"
#include "wrappingtext.h"

#include <QVBoxLayout>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

QString statusText(int status, const QString &reasonPhrase)
{
    return QString(QString::number(status) + u' ' + reasonPhrase).trimmed();
}

} // namespace

MessageView::MessageView(QWidget *parent)
    : QWidget(parent)
    , m_firstLine(new WrappingText(this))
    , m_remark(new RoleLabel(this))
    , m_headersTitle(new SectionTitle(tr("Headers"), this))
    , m_headers(new HeadersView(this))
    , m_trailersTitle(new SectionTitle(tr("Trailers, after the body"), this))
    , m_trailers(new HeadersView(this))
    , m_interim(new InterimView(this))
    , m_body(new BodyView(this))
{
    m_firstLine->setLayoutDirection(Qt::LeftToRight);
    m_remark->setWordWrap(true);
    m_trailers->setAccessibleName(tr("Trailers"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::small);
    layout->addWidget(m_firstLine);
    layout->addWidget(m_remark);
    layout->addWidget(m_headersTitle);
    layout->addWidget(m_headers);
    layout->addWidget(m_trailersTitle);
    layout->addWidget(m_trailers);
    layout->addWidget(m_interim);
    layout->addWidget(m_body, 1);
    setRemark({});
    setTrailers({});
}

void MessageView::setRequest(const SentRequest &request)
{
    m_firstLine->setAccessibleName(tr("Request line"));
    setMessage(request.method + u' ' + request.url, request.headers);
    m_body->setBody(request.body, headerValue(request.headers, u"content-type"), false);
}

void MessageView::setResponse(const ReceivedResponse &response)
{
    m_firstLine->setAccessibleName(tr("Status line"));
    setMessage(fullStatusLine(response), response.headers);
    setTrailers(response.trailers);
    m_interim->setResponses(response.interim);
    m_body->setBody(response.body, headerValue(response.headers, u"content-type"), response.truncated);
}

void MessageView::setAbsent(const QString &reason)
{
    m_firstLine->setFont({});
    m_firstLine->setPlainText(reason);
    m_firstLine->setAccessibleName({});
    m_headersTitle->hide();
    m_headers->hide();
    setTrailers({});
    m_interim->setResponses({});
    m_body->hide();
}

void MessageView::setRemark(const QString &remark)
{
    m_remark->setText(remark);
    m_remark->setVisible(!remark.isEmpty());
}

void MessageView::setMessage(const QString &firstLine, const QList<Header> &headers)
{
    m_firstLine->setFont(fixedFont());
    m_firstLine->setPlainText(firstLine);
    m_headers->setHeaders(headers);
    m_headersTitle->setVisible(!headers.isEmpty());
    m_headers->setVisible(!headers.isEmpty());
    m_body->show();
}

void MessageView::setTrailers(const QList<Header> &trailers)
{
    m_trailers->setHeaders(trailers);
    m_trailersTitle->setVisible(!trailers.isEmpty());
    m_trailers->setVisible(!trailers.isEmpty());
}

QString statusLine(const ReceivedResponse &response)
{
    return statusText(response.status, response.reasonPhrase);
}

QString statusLine(const InterimResponse &response)
{
    return statusText(response.status, response.reasonPhrase);
}

QString fullStatusLine(const ReceivedResponse &response)
{
    return u"HTTP/"_s + response.httpVersion + u' ' + statusLine(response);
}

} // namespace Tocsin

#include "moc_messageview.cpp"
