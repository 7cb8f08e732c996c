// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "deliveriespage.h"
#include "gotodialog.h"
#include "integrationsmodel.h"
#include "integrationspage.h"
#include "settingsdialog.h"
#include "webhookspage.h"
#include "webhookwords.h"

namespace Tocsin {

void MainWindow::goToAnything()
{
    QList<GoToDialog::Place> places;
    const auto add = [&places](const QString &name, const QString &detail, const QIcon &icon, auto go) {
        places.append({.name = name, .detail = detail, .icon = icon, .go = go});
    };
    const auto webhooks = m_webhooksPage->all();
    const auto integrations = m_integrationsPage->model().all();
    for (const auto &webhook : webhooks) {
        add(webhook.name, hostInWords(webhook.url), icon(Symbol::Webhooks),
            [this, id = webhook.id] { editWebhook(id); });
    }
    for (auto *action : m_actions.all()) {
        if (action->isEnabled() && action != &m_actions[Command::GoToAnything]) {
            add(ActionRegistry::plainText(*action), action->shortcut().toString(QKeySequence::NativeText),
                action->icon(), [action] { action->trigger(); });
        }
    }
    for (const auto &integration : integrations) {
        add(integration.name, tr("Integration"), icon(Symbol::Integrations), [this, id = integration.id] {
            showPage(Integrations);
            m_integrationsPage->select(id);
        });
    }
    const auto addDeliveries = [this, &add](const QString &name, auto show) {
        add(name, tr("Deliveries"), icon(Symbol::Deliveries), [this, show] {
            showPage(Deliveries);
            show(*m_deliveriesPage);
        });
    };
    addDeliveries(tr("Dead deliveries"), [](DeliveriesPage &page) { page.showDead({}); });
    for (const auto &webhook : webhooks) {
        addDeliveries(tr("Deliveries of %1").arg(webhook.name),
                      [id = webhook.id](DeliveriesPage &page) { page.showWebhook(id); });
    }
    for (const auto &integration : integrations) {
        addDeliveries(
            tr("Deliveries of %1").arg(integration.name),
            [id = integration.id, name = integration.name](DeliveriesPage &page) { page.showIntegration(id, name); });
    }
    for (const auto &[setting, text] : SettingsDialog::settings()) {
        add(QString(text).remove(u'&'), tr("Settings"), icon(Symbol::Settings),
            [this, setting = setting] { showSettings()->reveal(setting); });
    }
    auto *dialog = new GoToDialog(places, this);
    dialog->setLast([this](const QString &typed) {
        return GoToDialog::Place{.name = tr("Search deliveries for “%1”").arg(typed),
                                 .detail = tr("Deliveries"),
                                 .icon = icon(Symbol::Search),
                                 .go = [this, typed] {
                                     showPage(Deliveries);
                                     m_deliveriesPage->showFound(typed);
                                 }};
    });
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace Tocsin
