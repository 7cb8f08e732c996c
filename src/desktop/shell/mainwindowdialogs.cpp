// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "gotodialog.h"
#include "helpdialog.h"
#include "icons.h"
#include "settingsdialog.h"
#include "ui_mainwindow.h"
#include "webhookcommands.h"
#include "webhookspage.h"
#include "webhookwords.h"

#include <QFileDialog>
#include <QMessageBox>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

void MainWindow::importWebhooks()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Import webhooks"), {}, tr("Webhooks (*.json)"));
    if (!path.isEmpty()) {
        m_commands.importFile(path);
    }
}

void MainWindow::exportWebhooks(const QList<Webhook> &webhooks)
{
    if (webhooks.isEmpty()) {
        return;
    }
    const QString name = webhooks.size() == 1 ? webhooks.first().name : u"webhooks"_s;
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export webhooks"), name + u".json"_s, tr("Webhooks (*.json)"));
    if (!path.isEmpty()) {
        m_commands.exportTo(path, webhooks);
    }
}

QList<QAction *> MainWindow::menuActions() const
{
    QList<QAction *> actions;
    for (auto *menu :
         {m_ui->fileMenu, m_ui->editMenu, m_ui->webhookMenu, m_ui->deliveryMenu, m_ui->viewMenu, m_ui->helpMenu}) {
        for (auto *action : menu->actions()) {
            if (!action->isSeparator() && !action->menu()) {
                actions.append(action);
            }
        }
    }
    return actions;
}

void MainWindow::goToAnything()
{
    QList<GoToDialog::Place> places;
    for (const auto &webhook : m_webhooksPage->all()) {
        places.append({.name = webhook.name,
                       .detail = hostInWords(webhook.url),
                       .icon = icon(Symbol::Webhooks),
                       .go = [this, id = webhook.id] {
                           editWebhook(id);
                       }});
    }
    for (auto *action : menuActions()) {
        if (action->isEnabled() && action != m_ui->goToAction) {
            places.append({.name = action->text().remove(u'&').remove(u'…'),
                           .detail = action->shortcut().toString(QKeySequence::NativeText),
                           .icon = action->icon(),
                           .go = [action] {
                               action->trigger();
                           }});
        }
    }
    auto *dialog = new GoToDialog(places, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showSettings()
{
    auto *dialog = new SettingsDialog(m_preferences, m_keychain, m_engine, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showHelp()
{
    auto *dialog = new HelpDialog(menuActions(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::showAbout()
{
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, tr("About Tocsin"),
                        tr("Tocsin %1\n\nWebhooks for integrations: configure, test, deliver. Free software under "
                           "the GNU General Public License, version 3 or later.")
                            .arg(QCoreApplication::applicationVersion()),
                        QMessageBox::Close, this);
    box->setIconPixmap(applicationIcon().pixmap(64, 64));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace Tocsin
