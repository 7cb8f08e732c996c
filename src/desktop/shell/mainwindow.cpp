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
    , m_actions(this)
    , m_engine(engine)
    , m_commands(commands)
    , m_receiver(receiver)
    , m_keychain(keychain)
    , m_delivery(delivery)
    , m_preferences(preferences)
{
    m_ui->setupUi(this);
    m_actions.fill(*m_ui->menuBar);
    setUpPages();
    setUpActions();
    restorePlace();
    showPage(Webhooks);
    setUpStates();
}

MainWindow::~MainWindow() = default;

void MainWindow::setUpPages()
{
    m_webhooksPage = new WebhooksPage(m_engine, m_commands, m_actions, m_preferences, this);
    m_ui->pagesStackedWidget->addWidget(m_webhooksPage);
    auto *webhooksButton = addPage(Symbol::Webhooks, m_webhooksPage->windowTitle(), Command::ShowWebhooks);
    setUpDeliveries();
    setUpIntegrations();
    setUpReceiver();
    auto *receiverButton = addPage(Symbol::Receiver, ReceiverPage::title(), Command::ShowReceiver);

    m_ui->navigation->settingsButton().setExplanation(m_actions[Command::ShowSettings].toolTip());
    connect(m_ui->navigation, &Navigation::pageChosen, this, [this](int page) { showPage(static_cast<Page>(page)); });
    connect(m_ui->navigation, &Navigation::settingsChosen, &m_actions[Command::ShowSettings], &QAction::trigger);
    connect(m_webhooksPage, &WebhooksPage::countChanged, webhooksButton, [webhooksButton](int count) {
        webhooksButton->setCount(count > 0 ? QLocale().toString(count) : QString());
    });
    connect(&m_receiver, &QAbstractItemModel::rowsInserted, receiverButton,
            [this, receiverButton] { receiverButton->setCount(QLocale().toString(m_receiver.rowCount())); });
    connect(&m_receiver, &QAbstractItemModel::modelReset, receiverButton,
            [receiverButton] { receiverButton->setCount({}); });
    connect(m_webhooksPage, &WebhooksPage::addRequested, this, [this] { addWebhook(); });
    connect(m_webhooksPage, &WebhooksPage::editRequested, this, &MainWindow::editWebhook);
    connect(m_webhooksPage, &WebhooksPage::checkRequested, this, &MainWindow::checkWebhook);
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

NavigationButton *MainWindow::addPage(Symbol symbol, const QString &name, Command command)
{
    return m_ui->navigation->addPage(symbol, name, m_actions[command].shortcut());
}

void MainWindow::setUpDeliveries()
{
    m_deliveriesPage = new DeliveriesPage(m_engine, m_actions, m_preferences, this);
    m_ui->pagesStackedWidget->addWidget(m_deliveriesPage);
    auto *button = addPage(Symbol::Deliveries, m_deliveriesPage->windowTitle(), Command::ShowDeliveries);
    const auto showDead = [this, button] {
        const qint64 dead = m_delivery.figures().dead;
        button->setCount(dead > 0 ? tr("%Ln dead", "deliveries", static_cast<int>(dead)) : QString());
    };
    connect(&m_delivery, &BackgroundDelivery::stateChanged, button, showDead);
    showDead();
    const auto setOutbox = [this] {
        m_commands.setOutbox(m_engine.outbox());
        m_deliveriesPage->setOutbox(m_engine.outbox());
        m_webhooksPage->setOutbox(m_engine.outbox());
    };
    connect(&m_delivery, &BackgroundDelivery::opened, m_deliveriesPage, setOutbox);
    if (m_delivery.isOpen()) {
        setOutbox();
    }
    connect(m_deliveriesPage, &DeliveriesPage::addRequested, this, [this] { addWebhook(); });
    connect(m_deliveriesPage, &DeliveriesPage::sendRequested, &m_actions[Command::SendEvent], &QAction::trigger);
    connect(m_deliveriesPage, &DeliveriesPage::mendRequested, this,
            [this](const MendPlace &place) { mend(place, Deliveries); });
    connect(m_deliveriesPage, &DeliveriesPage::message, this, &MainWindow::showMessage);
    auto &menu = m_actions.menu(ActionRegistry::Menu::Delivery);
    menu.insertMenu(menu.actions().at(1), m_deliveriesPage->replayDeadMenu()); // after Replay
}

void MainWindow::setUpIntegrations()
{
    m_integrationsPage = new IntegrationsPage(m_engine, m_actions, m_preferences, this);
    m_ui->pagesStackedWidget->addWidget(m_integrationsPage);
    auto *button = addPage(Symbol::Integrations, m_integrationsPage->windowTitle(), Command::ShowIntegrations);
    connect(m_integrationsPage, &IntegrationsPage::countChanged, button,
            [button](int count) { button->setCount(count > 0 ? QLocale().toString(count) : QString()); });
    const auto setOutbox = [this] {
        m_integrationsPage->setOutbox(m_engine.outbox());
    };
    connect(&m_delivery, &BackgroundDelivery::opened, m_integrationsPage, setOutbox);
    if (m_delivery.isOpen()) {
        setOutbox();
    }
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
    const auto showState = [this] {
        m_ownTarget.setState(m_receiver.port(), m_receiver.isRunning());
    };
    connect(&m_receiver, &LocalReceiver::runningChanged, this, showState);
    showState();
    connect(&m_ownTarget, &OwnTarget::startRequested, this, &MainWindow::startReceiver);
    m_webhooksPage->setOwnTarget(m_ownTarget);
    m_deliveriesPage->setOwnTarget(m_ownTarget);
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
    if (m_receiver.isTargetOf(webhook)) {
        startReceiver();
    }
}

void MainWindow::startReceiver()
{
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
    const auto doing = [this](Command command, const auto &work) {
        connect(&m_actions[command], &QAction::triggered, this, work);
    };
    doing(Command::AddWebhook, [this] { addWebhook(); });
    doing(Command::ImportWebhooks, &MainWindow::importWebhooks);
    doing(Command::ExportSelected, [this] { exportWebhooks(m_webhooksPage->selected()); });
    doing(Command::ExportAll, [this] { exportWebhooks(m_webhooksPage->all()); });
    doing(Command::ShowSettings, [this] { showSettings(); });
    doing(Command::Quit, &MainWindow::quit);
    doing(Command::GoToAnything, &MainWindow::goToAnything);
    doing(Command::ShowWebhooks, [this] { showPage(Webhooks); });
    doing(Command::ShowDeliveries, [this] { showPage(Deliveries); });
    doing(Command::ShowIntegrations, [this] { showPage(Integrations); });
    doing(Command::ShowReceiver, [this] { showPage(Receiver); });
    doing(Command::StepBack, &MainWindow::stepBack);
    doing(Command::ShowHelp, &MainWindow::showHelp);
    doing(Command::ShowAbout, &MainWindow::showAbout);
    for (const auto command : {Command::SaveWebhook, Command::Check, Command::ExportAll}) {
        m_actions[command].setEnabled(false);
    }
    connect(m_webhooksPage, &WebhooksPage::countChanged, this,
            [this](int count) { m_actions[Command::ExportAll].setEnabled(count > 0); });
}

void MainWindow::setUpStates()
{
    pauseBy(m_actions[Command::PauseDeliveries], m_delivery);
    m_ui->navigation->deliveryState().addAction(&m_actions[Command::PauseDeliveries]);
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
    m_editor = new EditorPage(m_engine, m_actions, this);
    m_editor->setLayoutState(m_preferences.state(editorState));
    m_editor->setOrigin(origin == Deliveries ? m_deliveriesPage->windowTitle() : m_webhooksPage->windowTitle());
    connect(m_editor, &EditorPage::closed, this, [this] { showPage(m_editorOrigin); });
    m_editor->setOwnTarget(m_ownTarget);
    m_editor->setMutes(m_webhooksPage->mutes());
    connect(m_editor, &EditorPage::aboutToTest, this, &MainWindow::startReceiverFor);
    connect(m_editor, &EditorPage::saved, this, [this](const QString &id) {
        m_webhooksPage->select(id);
        offerAfterSave(id);
    });
    connect(m_editor, &QWidget::windowTitleChanged, this, &MainWindow::updateTitle);
    connect(m_editor, &EditorPage::modifiedChanged, this, &MainWindow::updateTitle);
    open(*m_editor);
    m_ui->pagesStackedWidget->addWidget(m_editor);
    m_ui->pagesStackedWidget->setCurrentWidget(m_editor);
    m_ui->navigation->setCurrentPage(origin);
    updateTitle();
}

/// What may be wanted once a webhook was mended: those that died of it are to go out now, or only what is so by now.
void MainWindow::offerAfterSave(const QString &webhookId)
{
    if (!m_delivery.isOpen()) {
        return;
    }
    m_engine.store().webhook(webhookId, this, [this](const Result<std::optional<StoredWebhook>> &stored) {
        if (stored && *stored) {
            offerToReplay((*stored)->webhook);
        }
    });
}

void MainWindow::offerToReplay(const Webhook &webhook)
{
    const auto offer = [this, webhook](const Result<ReplayForecast> &dead) {
        if (!dead || dead->count == 0) {
            return;
        }
        const auto count = dead->count;
        showMessage(
            {.text =
                 tr("%1 is saved; %Ln of its deliveries are dead.", nullptr, static_cast<int>(count)).arg(webhook.name),
             .actionText = tr("Replay Its Dead Deliveries"),
             .action = [this, webhook, count] { m_deliveriesPage->replayDead(webhook.id, webhook.name, count); },
             .otherActionText = tr("Send Current Status"),
             .otherAction = [this, webhook] { m_commands.sendStatus({webhook}); },
             .time = std::chrono::seconds(30)});
    };
    m_engine.outbox().forecastReplay({.states = {DeliveryState::Dead}, .webhookId = webhook.id}, this, offer);
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

void MainWindow::checkWebhook(const QString &id)
{
    openEditor(Webhooks, [id](EditorPage &editor) {
        editor.editWebhook(id);
        editor.checkOnceLoaded();
    });
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

void MainWindow::updateTitle()
{
    const QWidget *page = m_ui->pagesStackedWidget->currentWidget();
    setWindowTitle(page && !page->windowTitle().isEmpty() ? tr("%1 — Tocsin").arg(page->windowTitle()) : tr("Tocsin"));
    setWindowModified(page && page->isWindowModified());
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

#include "moc_mainwindow.cpp"
