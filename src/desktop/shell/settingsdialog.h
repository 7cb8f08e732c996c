// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <memory>

namespace Ui {
class SettingsDialog;
}

namespace Tocsin {

class KeychainStatus;
class Preferences;

/// Language, appearance and what becomes of deliveries, which apply at once, and the state of the keychain and the
/// profile.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(Preferences &preferences, KeychainStatus &keychain, const QString &profile,
                   QWidget *parent = nullptr);
    ~SettingsDialog() override;

private:
    void showKeychain();
    void setUpDelivery(Preferences &preferences);

    std::unique_ptr<Ui::SettingsDialog> m_ui;
    KeychainStatus &m_keychain;
};

} // namespace Tocsin
