// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <memory>
#include <utility>

namespace Ui {
class SettingsDialog;
}

namespace Tocsin {

class Engine;
class KeychainStatus;
class Preferences;

/// Language, appearance and what becomes of deliveries, which are the window's; what the profile allows, which counts
/// for all who work on it; and the state of the keychain. What is chosen applies at once.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(Preferences &preferences, KeychainStatus &keychain, Engine &engine, QWidget *parent = nullptr);
    ~SettingsDialog() override;

    enum class Setting { Language, Appearance, Deliver, Tray, Notify, LinkLocal, Keychain };
    /// What the dialog calls each that there is on this desktop, with its mnemonic.
    static QList<std::pair<Setting, QString>> settings();
    /// Leads to one; once the dialog is shown.
    void reveal(Setting setting);

private:
    QWidget *field(Setting setting) const;
    void showKeychain();
    void setUpDelivery(Preferences &preferences);
    void setUpEgress();
    void showEgress();
    void setLinkLocalAllowed(bool isAllowed);
    void showEgressProblem(const QString &sentence);

    std::unique_ptr<Ui::SettingsDialog> m_ui;
    KeychainStatus &m_keychain;
    Engine &m_engine;
};

} // namespace Tocsin
