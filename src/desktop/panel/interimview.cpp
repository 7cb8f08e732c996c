// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "interimview.h"

#include "headersview.h"
#include "messageview.h"
#include "metrics.h"
#include "sectiontitle.h"

#include <QVBoxLayout>

namespace Tocsin {

InterimView::InterimView(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Metrics::small);
    hide();
}

void InterimView::setResponses(const QList<InterimResponse> &responses)
{
    while (const auto *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const InterimResponse &response : responses) {
        const QString status = statusLine(response);
        m_layout->addWidget(new SectionTitle(tr("Interim answer: %1").arg(status), this));
        if (!response.headers.isEmpty()) {
            auto *headers = new HeadersView(this);
            headers->setAccessibleName(tr("Headers of %1").arg(status));
            headers->setHeaders(response.headers);
            m_layout->addWidget(headers);
        }
    }
    setVisible(!responses.isEmpty());
}

} // namespace Tocsin

#include "moc_interimview.cpp"
