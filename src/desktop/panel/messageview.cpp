// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "messageview.h"

#include "bodyview.h"
#include "fonts.h"
#include "headersview.h"
#include "metrics.h"
#include "rolelabel.h"
#include "sectiontitle.h"
#include "wrappingtext.h"

#include <QVBoxLayout>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

MessageView::MessageView(QWidget *parent)
    : QWidget(parent)
    , m_firstLine(new WrappingText(this))
    , m_remark(new RoleLabel(this))
    , m_headersTitle(new SectionTitle(tr("Headers"), this))
    , m_headers(new HeadersView(this))
    , m_body(new BodyView(this))
{
    m_remark->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::small);
    layout->addWidget(m_firstLine);
    layout->addWidget(m_remark);
    layout->addWidget(m_headersTitle);
    layout->addWidget(m_headers);
    layout->addWidget(m_body, 1);
    setRemark({});
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
    setMessage(u"HTTP/"_s + response.httpVersion + u' ' + statusLine(response), response.headers);
    m_body->setBody(response.body, headerValue(response.headers, u"content-type"), response.truncated);
}

void MessageView::setAbsent(const QString &reason)
{
    m_firstLine->setFont({});
    m_firstLine->setPlainText(reason);
    m_firstLine->setAccessibleName({});
    m_headersTitle->hide();
    m_headers->hide();
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

QString headerValue(const QList<Header> &headers, QStringView name)
{
    for (const Header &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0) {
            return header.value;
        }
    }
    return {};
}

QString statusLine(const ReceivedResponse &response)
{
    return QString(QString::number(response.status) + u' ' + response.reasonPhrase).trimmed();
}

} // namespace Tocsin
