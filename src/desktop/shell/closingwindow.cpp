// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "closingwindow.h"

#include "backgrounddelivery.h"
#include "busyindicator.h"
#include "metrics.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace Tocsin {

ClosingWindow::ClosingWindow(BackgroundDelivery &delivery, QWidget *parent)
    : QWidget(parent)
    , m_delivery(delivery)
    , m_label(new QLabel(this))
{
    setWindowTitle(tr("Closing Tocsin"));
    auto *busy = new BusyIndicator(this);
    auto *quit = new QPushButton(tr("Quit Now"), this);
    quit->setToolTip(tr("What is on the wire is cut off; it will be delivered again."));
    m_label->setTextFormat(Qt::PlainText);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::large, Metrics::large, Metrics::large, Metrics::large);
    layout->setSpacing(Metrics::medium);
    layout->addWidget(busy);
    layout->addWidget(m_label, 1);
    layout->addWidget(quit);

    connect(quit, &QPushButton::clicked, this, &QWidget::close);
    connect(&m_delivery, &BackgroundDelivery::underWayChanged, this, &ClosingWindow::showCount);
    showCount();
}

void ClosingWindow::showCount()
{
    m_label->setText(tr("Ending %n request(s) on the wire.", nullptr, m_delivery.underWay()));
}

void ClosingWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    QMetaObject::invokeMethod(&m_delivery, &BackgroundDelivery::stopNow, Qt::QueuedConnection);
}

} // namespace Tocsin

#include "moc_closingwindow.cpp"
