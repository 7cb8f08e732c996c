// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keychainstatus.h"
#include "memorysecrets.h"
#include "preferences.h"
#include "settingsdialog.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestSettingsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_profile->path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecrets>(std::make_shared<MemorySecrets::Values>()));
        bool isOpen = false;
        m_engine->open(this, [&](const Result<void> &result) { isOpen = result.isOk(); });
        QTRY_VERIFY(isOpen);
        m_preferences = std::make_unique<Preferences>(m_profile->path());
        m_keychain = std::make_unique<KeychainStatus>(*m_engine);
        m_dialog = std::make_unique<SettingsDialog>(*m_preferences, *m_keychain, *m_engine);
        m_dialog->show();
    }

    void cleanup()
    {
        m_dialog.reset();
        m_keychain.reset();
        m_preferences.reset();
        m_engine.reset();
    }

    /// The window is made anew for another language: who goes through the list by keyboard would lose the dialog at the
    /// first step.
    void aLanguageIsTakenWhenTheDialogIsClosed()
    {
        QSignalSpy changes(m_preferences.get(), &Preferences::languageChanged);
        auto *box = m_dialog->findChild<QComboBox *>(u"languageComboBox"_s);
        QTest::keyClick(box, Qt::Key_Down);
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentText(), u"Deutsch"_s);
        QVERIFY(m_dialog->isVisible());
        QVERIFY(changes.isEmpty());
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(changes.size(), 1);
        QCOMPARE(m_preferences->language(), u"de"_s);
    }

    void theSameLanguageIsNoChange()
    {
        QSignalSpy changes(m_preferences.get(), &Preferences::languageChanged);
        m_dialog->close();
        QVERIFY(changes.isEmpty());
    }

private:
    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<KeychainStatus> m_keychain;
    std::unique_ptr<SettingsDialog> m_dialog;
};

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
