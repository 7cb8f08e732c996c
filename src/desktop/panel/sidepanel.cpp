// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sidepanel.h"

#include "checkview.h"
#include "colorroles.h"
#include "icons.h"
#include "invocationpanel.h"
#include "payloadschemaview.h"
#include "previewpanel.h"
#include "ui_sidepanel.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace Tocsin {

namespace {
constexpr int narrowestPanel = 340;
} // namespace

SidePanel::SidePanel(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::SidePanel>())
{
    m_ui->setupUi(this);
    m_ui->closeButton->setIcon(icon(Symbol::Close));
    m_ui->pageTabBar->setDrawBase(false);
    for (int page = 0; page < m_ui->pageStack->count(); ++page) {
        m_ui->pageTabBar->addTab(m_ui->pageStack->widget(page)->windowTitle());
    }
    setMinimumWidth(std::max(narrowestPanel, minimumSizeHint().width()));

    connect(m_ui->pageTabBar, &QTabBar::currentChanged, m_ui->pageStack, &QStackedWidget::setCurrentIndex);
    connect(m_ui->closeButton, &QToolButton::clicked, this, &SidePanel::closePanel);
    connect(m_ui->schemaPage, &PayloadSchemaView::insertRequested, this, &SidePanel::insertRequested);
    connect(m_ui->invocationPage, &InvocationPanel::mendRequested, this, &SidePanel::mendRequested);
    connect(m_ui->checkPage, &CheckView::mendRequested, this, &SidePanel::mendRequested);
    connect(m_ui->invocationPage, &InvocationPanel::validatorRequested, this, &SidePanel::validatorRequested);
    connect(m_ui->invocationPage, &InvocationPanel::closeRequested, this, &SidePanel::closePanel);
    hide();
}

SidePanel::~SidePanel() = default;

void SidePanel::showPreview()
{
    open(m_ui->previewPage);
}

void SidePanel::showSchema()
{
    open(m_ui->schemaPage);
    m_ui->schemaPage->takeFocus();
}

void SidePanel::showInvocation(const Invocation &invocation, InvocationPanel::Kind kind)
{
    m_ui->invocationPage->setKind(kind);
    m_ui->invocationPage->setInvocation(invocation);
    showInvocation();
}

void SidePanel::showInvocation()
{
    open(m_ui->invocationPage);
}

void SidePanel::showCheck(const WebhookCheckResult &result)
{
    m_ui->checkPage->setResult(result);
    open(m_ui->checkPage);
}

void SidePanel::closePanel()
{
    if (!isHidden()) {
        hide();
        Q_EMIT closed();
    }
}

void SidePanel::setBodyTemplate(const QString &bodyTemplate, const QString &webhookName)
{
    m_ui->previewPage->setBodyTemplate(bodyTemplate, webhookName);
}

PreviewPanel *SidePanel::preview() const
{
    return m_ui->previewPage;
}

PayloadSchemaView *SidePanel::schema() const
{
    return m_ui->schemaPage;
}

InvocationPanel *SidePanel::invocation() const
{
    return m_ui->invocationPage;
}

CheckView *SidePanel::check() const
{
    return m_ui->checkPage;
}

void SidePanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        closePanel();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void SidePanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int edge = layoutDirection() == Qt::LeftToRight ? 0 : width() - 1;
    painter.fillRect(QRect(edge, 0, 1, height()), hairline(palette()));
}

void SidePanel::open(QWidget *page)
{
    m_ui->pageTabBar->setCurrentIndex(m_ui->pageStack->indexOf(page));
    show();
}

} // namespace Tocsin

#include "moc_sidepanel.cpp"
