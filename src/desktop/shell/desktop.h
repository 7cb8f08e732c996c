// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"

#include <QObject>
#include <QTranslator>

#include <memory>

namespace Tocsin {

class BackgroundDelivery;
class BackgroundPresence;
class ClosingWindow;
class KeychainStatus;
class LocalReceiver;
class MainWindow;
class PaletteChoice;
class Preferences;
class ProblemWindow;
class WebhookCommands;

/// One profile on the screen: the engine, what the window remembers, its language, and the window itself, which is made
/// anew when the language changes. Ends the application's event loop when the window was closed and everything written.
class Desktop : public QObject
{
    Q_OBJECT

public:
    explicit Desktop(const EngineOptions &options, QObject *parent = nullptr);
    ~Desktop() override;

    void start();
    /// Ends as at the end of a session, when nobody can be asked: what is not saved goes, what is on the wire has its
    /// time. While it ends already, what is on the wire is left to its lease.
    void end();
    void setReversed(bool isReversed); ///< from right to left in every language; before start()
    void comeForward(); ///< shows the window (or what stands for it) and gives it the focus
    MainWindow *window() const { return m_window.get(); }

Q_SIGNALS:
    void finishing(); ///< the window will not come again

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void openProfile();
    void makeWindow();
    void showWindow();
    void showProblem(const Error &error);
    void speak(const QString &language);
    void changeLanguage();
    void beginDelivering();
    void closed(bool quits);
    void finish();
    void finishWhenWritten();
    void quit();

    EngineOptions m_options;
    QTranslator m_translator;
    QTranslator m_qtTranslator;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<PaletteChoice> m_palette;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<WebhookCommands> m_commands;
    std::unique_ptr<LocalReceiver> m_receiver;
    std::unique_ptr<KeychainStatus> m_keychain;
    std::unique_ptr<CheckSchedule> m_checks;
    std::unique_ptr<BackgroundDelivery> m_delivery;
    std::unique_ptr<BackgroundPresence> m_presence;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<ClosingWindow> m_closing;
    std::unique_ptr<ProblemWindow> m_problem;
    QString m_spoken; ///< the language, as Preferences::language() says it
    bool m_isReversed = false;
    bool m_isFinishing = false;
};

} // namespace Tocsin
