// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "helpdialog.h"
#include "icons.h"
#include "settingsdialog.h"
#include "ui_mainwindow.h"
#include "webhookcommands.h"
#include "webhookspage.h"

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

SettingsDialog *MainWindow::showSettings()
{
    auto *dialog = new SettingsDialog(m_preferences, m_keychain, m_engine, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

void MainWindow::showHelp()
{
    auto *dialog = new HelpDialog(m_actions.all(), this);
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
