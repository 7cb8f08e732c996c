// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "backgrounddelivery.h"
#include "deliveriespage.h"
#include "deliverystateview.h"
#include "deliverywords.h"
#include "editorpage.h"
#include "icons.h"
#include "integrationspage.h"
#include "keychainstatus.h"
#include "localreceiver.h"
#include "metrics.h"
#include "navigationbutton.h"
#include "pauseaction.h"
#include "preferences.h"
#include "receiverpage.h"
#include "ui_mainwindow.h"
#include "webhookcommands.h"
#include "webhooksmodel.h"
#include "webhookspage.h"

#include <QCloseEvent>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {
const QString geometryState = u"geometry"_s;
const QString editorState = u"editor"_s;
constexpr int collapseBelow = 1100;
constexpr QSize initialSize{1440, 900};
} // namespace

MainWindow::MainWindow(Engine &engine, WebhookCommands &commands, LocalReceiver &receiver, KeychainStatus &keychain,
                       BackgroundDelivery &delivery, Preferences &preferences, QWidget *parent)
    : QMainWindow(parent)
    , m_ui(std::make_unique<Ui::MainWindow>())
    , m_engine(engine)
    , m_commands(commands)
    , m_receiver(receiver)
    , m_keychain(keychain)
    , m_delivery(delivery)
    , m_preferences(preferences)
{
    m_ui->setupUi(this);
    setUpPages();
    setUpActions();
    setUpFileActions();
    restorePlace();
    showPage(Webhooks);
    setUpStates();
}

MainWindow::~MainWindow() = default;

void MainWindow::setUpPages()
{
    m_webhooksPage = new WebhooksPage(m_engine, m_commands, m_preferences, this);
    m_ui->pagesStackedWidget->addWidget(m_webhooksPage);
    auto *webhooksButton = m_ui->navigation->addPage(Symbol::Webhooks, m_webhooksPage->windowTitle());
    setUpDeliveries();
    setUpIntegrations();
    setUpReceiver();
    auto *receiverButton = m_ui->navigation->addPage(Symbol::Receiver, ReceiverPage::title());

    connect(m_ui->navigation, &Navigation::pageChosen, this, [this](int page) { showPage(static_cast<Page>(page)); });
    connect(m_ui->navigation, &Navigation::settingsChosen, this, &MainWindow::showSettings);
    connect(m_webhooksPage, &WebhooksPage::countChanged, webhooksButton, [webhooksButton](int count) {
        webhooksButton->setCount(count > 0 ? QLocale().toString(count) : QString());
    });
    connect(&m_receiver, &QAbstractItemModel::rowsInserted, receiverButton,
            [this, receiverButton] { receiverButton->setCount(QLocale().toString(m_receiver.rowCount())); });
    connect(&m_receiver, &QAbstractItemModel::modelReset, receiverButton,
            [receiverButton] { receiverButton->setCount({}); });
    connect(m_webhooksPage, &WebhooksPage::addRequested, this, [this] { addWebhook(); });
    connect(m_webhooksPage, &WebhooksPage::editRequested, this, &MainWindow::editWebhook);
    connect(m_webhooksPage, &WebhooksPage::mendRequested, this,
            [this](const MendPlace &place) { mend(place, Webhooks); });
    connect(m_webhooksPage, &WebhooksPage::tryRequested, this, &MainWindow::tryWithReceiver);
    connect(&m_commands, &WebhookCommands::message, this, &MainWindow::showMessage);
    connect(&m_commands, &WebhookCommands::testFinished, this, [this](const QString &, const Invocation &invocation) {
        const bool successful = invocation.verdict == Verdict::Successful;
        showMessage({.text = successful ? tr("Test successful") : tr("Test failed: %1").arg(invocation.reason),
                     .role = successful ? ColorRole::Success : ColorRole::Error,
                     .actionText = tr("View Invocation Data"),
                     .action = [this, invocation] {
                         showPage(Webhooks);
                         m_webhooksPage->showInvocation(invocation);
                     }});
    });
    connect(m_ui->pagesStackedWidget, &QStackedWidget::currentChanged, this, &MainWindow::updateTitle);
}

void MainWindow::setUpDeliveries()
{
    m_deliveriesPage = new DeliveriesPage(m_engine, m_preferences, this);
    m_ui->pagesStackedWidget->addWidget(m_deliveriesPage);
    auto *button = m_ui->navigation->addPage(Symbol::Deliveries, m_deliveriesPage->windowTitle());
    const auto showDead = [this, button] {
        const qint64 dead = m_delivery.figures().dead;
        button->setCount(dead > 0 ? tr("%Ln dead", "deliveries", static_cast<int>(dead)) : QString());
    };
    connect(&m_delivery, &BackgroundDelivery::stateChanged, button, showDead);
    showDead();
    const auto setOutbox = [this] {
        m_deliveriesPage->setOutbox(m_engine.outbox());
        m_webhooksPage->setOutbox(m_engine.outbox());
    };
    connect(&m_delivery, &BackgroundDelivery::opened, m_deliveriesPage, setOutbox);
    if (m_delivery.isOpen()) {
        setOutbox();
    }
    connect(m_deliveriesPage, &DeliveriesPage::addRequested, this, [this] { addWebhook(); });
    connect(m_deliveriesPage, &DeliveriesPage::sendRequested, m_ui->sendEventAction, &QAction::trigger);
    connect(m_deliveriesPage, &DeliveriesPage::mendRequested, this,
            [this](const MendPlace &place) { mend(place, Deliveries); });
    connect(m_deliveriesPage, &DeliveriesPage::message, this, &MainWindow::showMessage);
    m_ui->deliveryMenu->addAction(m_deliveriesPage->rowActions().replay);
    m_ui->deliveryMenu->addMenu(m_deliveriesPage->replayDeadMenu());
    m_ui->deliveryMenu->addSeparator();
    m_ui->deliveryMenu->addAction(m_deliveriesPage->rowActions().copy);
    connect(m_deliveriesPage->rowActions().open, &QAction::changed, this, &MainWindow::updateActions);
}

void MainWindow::setUpIntegrations()
{
    m_integrationsPage = new IntegrationsPage(m_engine, m_preferences, this);
    m_ui->pagesStackedWidget->addWidget(m_integrationsPage);
    auto *button = m_ui->navigation->addPage(Symbol::Integrations, m_integrationsPage->windowTitle());
    connect(m_integrationsPage, &IntegrationsPage::countChanged, button,
            [button](int count) { button->setCount(count > 0 ? QLocale().toString(count) : QString()); });
    const auto setOutbox = [this] {
        m_integrationsPage->setOutbox(m_engine.outbox());
        updateActions();
    };
    connect(&m_delivery, &BackgroundDelivery::opened, m_integrationsPage, setOutbox);
    if (m_delivery.isOpen()) {
        setOutbox();
    }
    connect(m_ui->sendEventAction, &QAction::triggered, m_integrationsPage, &IntegrationsPage::sendEvent);
    connect(m_integrationsPage, &IntegrationsPage::deliveriesRequested, this, [this] { showPage(Deliveries); });
    connect(m_integrationsPage, &IntegrationsPage::deliveriesOfRequested, this,
            [this](const QString &id, const QString &name) {
                showPage(Deliveries);
                m_deliveriesPage->showIntegration(id, name);
            });
    connect(m_integrationsPage, &IntegrationsPage::message, this, &MainWindow::showMessage);
}

/// It runs while a webhook sends to it: from a start of the program on, and for a test.
void MainWindow::setUpReceiver()
{
    connect(m_webhooksPage, &WebhooksPage::countChanged, this, [this] {
        QList<Webhook> active = m_webhooksPage->all();
        active.removeIf([](const Webhook &webhook) { return !webhook.active; });
        if (const auto started = m_receiver.startFor(active); !started) {
            showMessage({.text = started.error().message, .role = ColorRole::Error});
        }
    });
    connect(&m_commands, &WebhookCommands::aboutToTest, this, &MainWindow::startReceiverFor);
    connect(&m_receiver, &LocalReceiver::moved, this, [this](int port) {
        showMessage(
            {.text = tr("Port %1 is taken by another program: the local receiver listens at %2 now, and webhooks "
                        "that send to it need that URL.")
                         .arg(port)
                         .arg(m_receiver.url()),
             .role = ColorRole::Warning});
    });
}

void MainWindow::startReceiverFor(const Webhook &webhook)
{
    if (!m_receiver.isTargetOf(webhook)) {
        return;
    }
    if (const auto started = m_receiver.start(); !started) {
        showMessage({.text = started.error().message, .role = ColorRole::Error});
    }
}

ReceiverPage *MainWindow::receiverPage()
{
    if (!m_receiverPage) {
        m_receiverPage = new ReceiverPage(m_receiver, this);
        m_ui->pagesStackedWidget->addWidget(m_receiverPage);
        connect(m_receiverPage, &ReceiverPage::addRequested, this, &MainWindow::tryWithReceiver);
        connect(m_receiverPage, &ReceiverPage::message, this, &MainWindow::showMessage);
    }
    return m_receiverPage;
}

void MainWindow::setUpActions()
{
    const auto &rows = m_webhooksPage->rowActions();
    m_ui->webhookMenu->addActions({rows.edit, rows.activate, rows.duplicate, rows.rename});
    m_ui->webhookMenu->addSeparator();
    m_ui->webhookMenu->addAction(rows.remove);
    m_ui->quitAction->setShortcut(QKeySequence::Quit);
    m_ui->testAction->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    for (const auto &[action, symbol] :
         std::initializer_list<std::pair<QAction *, Symbol>>{{m_ui->addAction, Symbol::Add},
                                                             {m_ui->importAction, Symbol::Import},
                                                             {m_ui->exportSelectedAction, Symbol::Export},
                                                             {m_ui->exportAllAction, Symbol::Export},
                                                             {m_ui->settingsAction, Symbol::Settings},
                                                             {m_ui->searchAction, Symbol::Search},
                                                             {m_ui->goToAction, Symbol::Command},
                                                             {m_ui->testAction, Symbol::Test},
                                                             {m_ui->invocationDataAction, Symbol::Panel},
                                                             {m_ui->webhooksAction, Symbol::Webhooks},
                                                             {m_ui->deliveriesAction, Symbol::Deliveries},
                                                             {m_ui->integrationsAction, Symbol::Integrations},
                                                             {m_ui->receiverAction, Symbol::Receiver},
                                                             {m_ui->helpAction, Symbol::Help}}) {
        action->setIcon(icon(symbol));
    }
    connect(m_ui->addAction, &QAction::triggered, this, [this] { addWebhook(); });
    connect(m_ui->settingsAction, &QAction::triggered, this, &MainWindow::showSettings);
    connect(m_ui->quitAction, &QAction::triggered, this, &MainWindow::quit);
    connect(m_ui->searchAction, &QAction::triggered, this, [this] {
        if (m_deliveriesPage->isVisible()) {
            m_deliveriesPage->focusSearch();
        } else if (m_integrationsPage->isVisible()) {
            m_integrationsPage->focusSearch();
        } else {
            m_webhooksPage->focusSearch();
        }
    });
    connect(m_ui->goToAction, &QAction::triggered, this, &MainWindow::goToAnything);
    connect(m_ui->saveAction, &QAction::triggered, this, [this] {
        if (m_editor) {
            m_editor->save();
        }
    });
    connect(m_ui->testAction, &QAction::triggered, this, [this, rows] {
        if (m_editor) {
            m_editor->test();
        } else {
            rows.test->trigger();
        }
    });
    connect(m_ui->invocationDataAction, &QAction::triggered, this, [this, rows] {
        if (m_editor) {
            m_editor->showInvocationData();
        } else if (m_deliveriesPage->isVisible()) {
            m_deliveriesPage->rowActions().open->trigger();
        } else {
            rows.invocationData->trigger();
        }
    });
    connect(m_ui->webhooksAction, &QAction::triggered, this, [this] { showPage(Webhooks); });
    connect(m_ui->deliveriesAction, &QAction::triggered, this, [this] { showPage(Deliveries); });
    connect(m_ui->integrationsAction, &QAction::triggered, this, [this] { showPage(Integrations); });
    connect(m_ui->receiverAction, &QAction::triggered, this, [this] { showPage(Receiver); });
    connect(m_ui->backAction, &QAction::triggered, this, &MainWindow::stepBack);
    connect(m_ui->helpAction, &QAction::triggered, this, &MainWindow::showHelp);
    connect(m_ui->aboutAction, &QAction::triggered, this, &MainWindow::showAbout);
    for (auto *action : {rows.test, rows.invocationData, rows.edit}) {
        connect(action, &QAction::changed, this, &MainWindow::updateActions);
    }
}

void MainWindow::setUpFileActions()
{
    m_webhooksPage->setFileActions({m_ui->importAction, m_ui->exportSelectedAction, m_ui->exportAllAction});
    connect(m_ui->importAction, &QAction::triggered, this, &MainWindow::importWebhooks);
    connect(m_ui->exportSelectedAction, &QAction::triggered, this,
            [this] { exportWebhooks(m_webhooksPage->selected()); });
    connect(m_ui->exportAllAction, &QAction::triggered, this, [this] { exportWebhooks(m_webhooksPage->all()); });
    connect(m_webhooksPage, &WebhooksPage::countChanged, this, &MainWindow::updateActions);
}

void MainWindow::setUpStates()
{
    auto *pause = new PauseAction(m_delivery, this);
    m_ui->fileMenu->insertAction(m_ui->settingsAction, pause);
    m_ui->navigation->deliveryState().addAction(pause);
    m_deliveriesPage->setPauseAction(pause);
    const auto showDelivery = [this] {
        m_ui->navigation->deliveryState().setWords(DeliveryWords(m_delivery));
    };
    connect(&m_delivery, &BackgroundDelivery::stateChanged, this, showDelivery);
    showDelivery();

    const auto showKeychain = [this] {
        m_ui->navigation->setKeychainStatus(m_keychain.role(), m_keychain.words(), m_keychain.sentence());
    };
    connect(&m_keychain, &KeychainStatus::changed, this, showKeychain);
    showKeychain();
}

void MainWindow::restorePlace()
{
    if (!restoreGeometry(m_preferences.state(geometryState))) {
        resize(initialSize.boundedTo(screen()->availableSize() - Metrics::roomForFrame));
    }
}

void MainWindow::load()
{
    m_webhooksPage->refresh();
    m_keychain.check();
}

void MainWindow::showMessage(const MessageBar::Message &message)
{
    m_ui->messageBar->showMessage(message);
}

void MainWindow::showDead(const QString &webhookId)
{
    showPage(Deliveries);
    if (m_deliveriesPage->isVisible()) {
        m_deliveriesPage->showDead(webhookId);
    }
}

void MainWindow::showPage(Page page)
{
    if (m_editor) {
        if (!m_editor->mayLeave([this, page] { showPage(page); })) {
            m_ui->navigation->setCurrentPage(m_editorOrigin);
            return;
        }
        closeEditor();
    }
    const std::array<QWidget *, 4> pages{m_webhooksPage, m_deliveriesPage, m_integrationsPage, m_receiverPage};
    m_ui->pagesStackedWidget->setCurrentWidget(page == Receiver ? receiverPage() : pages.at(page));
    m_ui->navigation->setCurrentPage(page);
    updateActions();
    updateTitle();
}

void MainWindow::openEditor(Page origin, const std::function<void(EditorPage &)> &open)
{
    if (!mayLeave([this, origin, open] { openEditor(origin, open); })) {
        return;
    }
    closeEditor();
    m_editorOrigin = origin;
    m_ui->messageBar->closeStatement(); // what it says is of the page before
    m_editor = new EditorPage(m_engine, this);
    m_editor->setLayoutState(m_preferences.state(editorState));
    m_editor->setOrigin(origin == Deliveries ? m_deliveriesPage->windowTitle() : m_webhooksPage->windowTitle());
    connect(m_editor, &EditorPage::closed, this, [this] { showPage(m_editorOrigin); });
    connect(m_editor, &EditorPage::aboutToTest, this, &MainWindow::startReceiverFor);
    connect(m_editor, &EditorPage::saved, this, [this](const QString &id) { m_webhooksPage->select(id); });
    connect(m_editor, &QWidget::windowTitleChanged, this, &MainWindow::updateTitle);
    open(*m_editor);
    m_ui->pagesStackedWidget->addWidget(m_editor);
    m_ui->pagesStackedWidget->setCurrentWidget(m_editor);
    m_ui->navigation->setCurrentPage(origin);
    updateActions();
    updateTitle();
}

void MainWindow::closeEditor()
{
    if (m_editor) {
        m_preferences.setState(editorState, m_editor->layoutState());
        m_ui->pagesStackedWidget->removeWidget(m_editor);
        m_editor->deleteLater();
        m_editor = nullptr;
    }
}

void MainWindow::addWebhook(const Webhook &prefill)
{
    openEditor(Webhooks, [prefill](EditorPage &editor) { editor.addWebhook(prefill); });
}

void MainWindow::editWebhook(const QString &id)
{
    openEditor(Webhooks, [id](EditorPage &editor) { editor.editWebhook(id); });
}

void MainWindow::mend(const MendPlace &place, Page origin)
{
    openEditor(origin, [place](EditorPage &editor) {
        editor.editWebhook(place.webhookId);
        editor.mend(place);
    });
}

void MainWindow::tryWithReceiver()
{
    const auto webhook = m_receiver.sampleWebhook();
    if (webhook) {
        addWebhook(*webhook);
    } else {
        showMessage({.text = webhook.error().message, .role = ColorRole::Error});
    }
}

void MainWindow::updateActions()
{
    const bool editing = m_editor != nullptr;
    const bool listing = m_ui->pagesStackedWidget->currentWidget() == m_webhooksPage;
    const auto &rows = m_webhooksPage->rowActions();
    const int count = m_webhooksPage->model().rowCount();
    m_ui->saveAction->setEnabled(editing);
    m_ui->testAction->setEnabled(editing || (listing && rows.test->isEnabled()));
    m_ui->invocationDataAction->setEnabled(editing || (listing && rows.invocationData->isEnabled())
                                           || m_deliveriesPage->rowActions().open->isEnabled());
    m_ui->searchAction->setEnabled((listing && count > 0) || m_deliveriesPage->isVisible()
                                   || m_integrationsPage->isVisible());
    m_ui->sendEventAction->setEnabled(m_integrationsPage->canSend());
    m_ui->exportAllAction->setEnabled(count > 0);
    m_ui->exportSelectedAction->setEnabled(listing && rows.remove->isEnabled());
}

void MainWindow::updateTitle()
{
    const QWidget *page = m_ui->pagesStackedWidget->currentWidget();
    setWindowTitle(page && !page->windowTitle().isEmpty() ? tr("%1 — Tocsin").arg(page->windowTitle()) : tr("Tocsin"));
}

void MainWindow::stepBack()
{
    if (m_ui->messageBar->isShowing() && m_ui->messageBar->isAncestorOf(focusWidget())) {
        m_ui->messageBar->closeMessage();
    } else if (m_editor) {
        m_editor->stepBack();
    } else if (m_integrationsPage->isVisible()) {
        if (!m_integrationsPage->stepBack()) {
            m_ui->messageBar->closeMessage();
        }
    } else if (m_deliveriesPage->isVisible() ? !m_deliveriesPage->stepBack() : !m_webhooksPage->stepBack()) {
        m_ui->messageBar->closeMessage();
    }
}

bool MainWindow::mayLeave(const std::function<void()> &afterwards)
{
    return !m_editor || m_editor->mayLeave(afterwards);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!mayLeave([this, wasQuitting = m_isQuitting] { wasQuitting ? quit() : static_cast<void>(close()); })) {
        event->ignore();
        return;
    }
    closeEditor();
    settle();
    event->accept();
    Q_EMIT closed(m_isQuitting);
}

void MainWindow::quit()
{
    m_isQuitting = true;
    close();
    m_isQuitting = false;
}

void MainWindow::leave()
{
    if (isVisible()) {
        settle();
        hide();
    }
}

/// What can be undone cannot be any more.
void MainWindow::settle()
{
    m_preferences.setState(geometryState, saveGeometry());
    m_ui->messageBar->closeMessage();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_ui->navigation->setCollapsed(width() < collapseBelow);
}

} // namespace Tocsin
