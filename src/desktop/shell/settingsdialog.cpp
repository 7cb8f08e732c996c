// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settingsdialog.h"

#include "colorroles.h"
#include "engine.h"
#include "keychainstatus.h"
#include "preferences.h"
#include "reveal.h"
#include "trayicon.h"
#include "ui_settingsdialog.h"

#include <QDir>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

SettingsDialog::SettingsDialog(Preferences &preferences, KeychainStatus &keychain, Engine &engine, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::SettingsDialog>())
    , m_keychain(keychain)
    , m_engine(engine)
{
    m_ui->setupUi(this);
    for (const auto &[setting, text] : settings()) {
        if (auto *button = qobject_cast<QAbstractButton *>(field(setting))) {
            button->setText(text);
        } else {
            (setting == Setting::Language ? m_ui->languageLabel : m_ui->appearanceLabel)->setText(text);
            field(setting)->setAccessibleName(QString(text).remove(u'&'));
        }
    }
    m_ui->languageComboBox->addItem(tr("System"), QString());
    // A language is called by its own name, whatever the window speaks.
    m_ui->languageComboBox->addItem(u"English"_s, u"en"_s);
    m_ui->languageComboBox->addItem(u"Deutsch"_s, u"de"_s);
    m_ui->languageComboBox->setCurrentIndex(std::max(0, m_ui->languageComboBox->findData(preferences.language())));
    m_ui->appearanceComboBox->addItem(tr("System"), static_cast<int>(Appearance::System));
    m_ui->appearanceComboBox->addItem(tr("Light"), static_cast<int>(Appearance::Light));
    m_ui->appearanceComboBox->addItem(tr("Dark"), static_cast<int>(Appearance::Dark));
    m_ui->appearanceComboBox->setCurrentIndex(static_cast<int>(preferences.appearance()));
    m_ui->profileLabel->setText(QDir::toNativeSeparators(m_engine.profile()));
    setUpDelivery(preferences);
    setUpEgress();
    showKeychain();
    keychain.check();

    // Not before: the window is made anew for it, and this dialog is the window's.
    connect(this, &QDialog::finished, this,
            [this, &preferences] { preferences.setLanguage(m_ui->languageComboBox->currentData().toString()); });
    connect(m_ui->appearanceComboBox, &QComboBox::activated, this, [this, &preferences] {
        preferences.setAppearance(static_cast<Appearance>(m_ui->appearanceComboBox->currentData().toInt()));
    });
    connect(m_ui->keychainPushButton, &QPushButton::clicked, &m_keychain, &KeychainStatus::check);
    connect(&m_keychain, &KeychainStatus::changed, this, &SettingsDialog::showKeychain);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

SettingsDialog::~SettingsDialog() = default;

QList<std::pair<SettingsDialog::Setting, QString>> SettingsDialog::settings()
{
    QList<std::pair<Setting, QString>> all{
        {Setting::Language, tr("&Language")},
        {Setting::Appearance, tr("&Appearance")},
        {Setting::Deliver, tr("&Deliver while the window is open")},
        {Setting::Tray, tr("&Keep delivering in the tray when the window is closed")},
        {Setting::Notify, tr("&Notify when a delivery is dead")},
        {Setting::LinkLocal, tr("Allow link-local addresses and cloud &metadata services")},
        {Setting::Keychain, tr("&Check Keychain Again")},
    };
    if (!TrayIcon::isAvailable()) {
        all.removeIf([](const auto &one) { return one.first == Setting::Tray; });
    }
    return all;
}

QWidget *SettingsDialog::field(Setting setting) const
{
    switch (setting) {
    case Setting::Language:
        return m_ui->languageComboBox;
    case Setting::Appearance:
        return m_ui->appearanceComboBox;
    case Setting::Deliver:
        return m_ui->deliverCheckBox;
    case Setting::Tray:
        return m_ui->trayCheckBox;
    case Setting::Notify:
        return m_ui->notifyCheckBox;
    case Setting::LinkLocal:
        return m_ui->linkLocalCheckBox;
    case Setting::Keychain:
        return m_ui->keychainPushButton;
    }
    Q_UNREACHABLE();
}

void SettingsDialog::reveal(Setting setting)
{
    Tocsin::reveal(field(setting));
}

void SettingsDialog::setUpDelivery(Preferences &preferences)
{
    m_ui->deliverCheckBox->setChecked(preferences.deliversWhileOpen());
    m_ui->trayCheckBox->setChecked(preferences.staysInTray());
    m_ui->trayCheckBox->setVisible(TrayIcon::isAvailable());
    m_ui->trayCheckBox->setEnabled(preferences.deliversWhileOpen());
    m_ui->notifyCheckBox->setChecked(preferences.notifiesOfDead());
    connect(m_ui->deliverCheckBox, &QCheckBox::toggled, this, [this, &preferences](bool delivers) {
        preferences.setDeliversWhileOpen(delivers);
        m_ui->trayCheckBox->setEnabled(delivers);
    });
    connect(m_ui->trayCheckBox, &QCheckBox::toggled, this,
            [&preferences](bool stays) { preferences.setStaysInTray(stays); });
    connect(m_ui->notifyCheckBox, &QCheckBox::toggled, this,
            [&preferences](bool notifies) { preferences.setNotifiesOfDead(notifies); });
}

void SettingsDialog::setUpEgress()
{
    m_ui->linkLocalCheckBox->setAccessibleDescription(m_ui->linkLocalLabel->text());
    showEgressProblem({});
    showEgress();
    connect(m_ui->linkLocalCheckBox, &QCheckBox::clicked, this, &SettingsDialog::setLinkLocalAllowed);
    connect(&m_engine, &Engine::settingsChanged, this, &SettingsDialog::showEgress);
}

void SettingsDialog::showEgress()
{
    m_ui->linkLocalCheckBox->setChecked(m_engine.settings().isLinkLocalAllowed);
}

void SettingsDialog::setLinkLocalAllowed(bool isAllowed)
{
    m_engine.setSetting(allowLinkLocalKey, isAllowed ? u"true"_s : u"false"_s, this, [this](const Result<void> &set) {
        showEgressProblem(set ? QString() : set.error().message);
        showEgress();
    });
}

void SettingsDialog::showEgressProblem(const QString &sentence)
{
    m_ui->egressProblemWidget->setVisible(!sentence.isEmpty());
    m_ui->egressProblemDot->setStatus(ColorRole::Error, tr("Problem"));
    m_ui->egressProblemLabel->setText(sentence);
}

void SettingsDialog::showKeychain()
{
    m_ui->keychainDot->setStatus(m_keychain.role(), m_keychain.words());
    m_ui->keychainLabel->setText(m_keychain.sentence());
}

} // namespace Tocsin

#include "moc_settingsdialog.cpp"
