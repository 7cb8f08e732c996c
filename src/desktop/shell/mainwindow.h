// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actionregistry.h"
#include "engine.h"
#include "mendplace.h"
#include "messagebar.h"
#include "owntarget.h"

#include <QMainWindow>

#include <functional>
#include <memory>

namespace Ui {
class MainWindow;
}

namespace Tocsin {

class BackgroundDelivery;
class DeliveriesPage;
class EditorPage;
class IntegrationsPage;
class KeychainStatus;
class LocalReceiver;
class NavigationButton;
class Preferences;
class ReceiverPage;
class SettingsDialog;
class WebhookCommands;
class WebhooksPage;

/// The frame: navigation at the left, the pages in the middle, every key in a menu. The editor opens over the Webhooks
/// page.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Engine &engine, WebhookCommands &commands, LocalReceiver &receiver, KeychainStatus &keychain,
               BackgroundDelivery &delivery, Preferences &preferences, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Fills the pages; call it when the engine is open.
    void load();
    /// Asks where something unsaved would be lost; false: stay, and `afterwards` is called when that has been saved.
    bool mayLeave(const std::function<void()> &afterwards);
    /// Closes for good, unless something unsaved is to be kept.
    void quit();
    /// Goes from the screen without a question and without closed(); what is not saved is lost with the window.
    void leave();
    /// The dead deliveries of a webhook, or of all of them where `webhookId` is empty.
    void showDead(const QString &webhookId);
    void showMessage(const MessageBar::Message &message);

    void addWebhook(const Webhook &prefill = {});
    void editWebhook(const QString &id);
    void checkWebhook(const QString &id);

Q_SIGNALS:
    void closed(bool quits); ///< the window is gone from the screen; `quits`: deliveries are to end too

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    enum Page { Webhooks, Deliveries, Integrations, Receiver };

    void setUpPages();
    void setUpActions();
    NavigationButton *addPage(Symbol symbol, const QString &name, Command command);
    void setUpStates();
    void restorePlace();
    void setUpDeliveries();
    void setUpIntegrations();
    ReceiverPage *receiverPage(); ///< made when it is first shown
    void showPage(Page page);
    /// Goes to what is to be changed; Back leads to where it was asked for.
    void mend(const MendPlace &place, Page origin);
    void openEditor(Page origin, const std::function<void(EditorPage &)> &open);
    void closeEditor();
    void offerAfterSave(const QString &webhookId);
    void offerToReplay(const Webhook &webhook);
    void updateTitle();
    void tryWithReceiver();
    void setUpReceiver();
    void startReceiverFor(const Webhook &webhook);
    void startReceiver();
    void goToAnything();
    SettingsDialog *showSettings();
    void showHelp();
    void showAbout();
    void stepBack();
    void settle();
    void importWebhooks();
    void exportWebhooks(const QList<Webhook> &webhooks);

    std::unique_ptr<Ui::MainWindow> m_ui;
    ActionRegistry m_actions;
    Engine &m_engine;
    WebhookCommands &m_commands;
    LocalReceiver &m_receiver;
    KeychainStatus &m_keychain;
    BackgroundDelivery &m_delivery;
    Preferences &m_preferences;
    OwnTarget m_ownTarget; ///< the receiver, as the pages know it
    WebhooksPage *m_webhooksPage = nullptr;
    DeliveriesPage *m_deliveriesPage = nullptr;
    IntegrationsPage *m_integrationsPage = nullptr;
    ReceiverPage *m_receiverPage = nullptr;
    EditorPage *m_editor = nullptr;
    Page m_editorOrigin = Webhooks; ///< where Back leads
    bool m_isQuitting = false;
};

} // namespace Tocsin
