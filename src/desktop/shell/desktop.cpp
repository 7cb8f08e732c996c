// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop.h"

#include "backgrounddelivery.h"
#include "backgroundpresence.h"
#include "closingwindow.h"
#include "keychainstatus.h"
#include "localreceiver.h"
#include "mainwindow.h"
#include "palettechoice.h"
#include "preferences.h"
#include "problemwindow.h"
#include "webhookcommands.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QTimer>

#include <chrono>
#include <cstdio>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Tocsin {

namespace {
constexpr int badInput = 2; // the exit status for a profile that cannot be opened
constexpr auto patience = 3s; // for what is still to be written when the window is closed
constexpr auto grace = 10s; // for what is on the wire then
constexpr auto unnoticed = 300ms; // what ends within that needs no window
} // namespace

Desktop::Desktop(const EngineOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
{
}

Desktop::~Desktop() = default;

void Desktop::start()
{
    QApplication::setQuitOnLastWindowClosed(false);
    openProfile();
}

void Desktop::end()
{
    if (m_isFinishing) {
        m_delivery->stopNow();
        return;
    }
    if (m_window) {
        m_window->leave();
    }
    finish();
}

void Desktop::openProfile()
{
    m_window.reset();
    m_presence.reset();
    m_delivery.reset();
    m_checks.reset();
    m_keychain.reset();
    m_receiver.reset();
    m_commands.reset();
    m_engine = std::make_unique<Engine>(m_options);
    m_palette.reset();
    m_preferences = std::make_unique<Preferences>(m_engine->profile());
    m_palette = std::make_unique<PaletteChoice>(*m_preferences);
    speak(m_preferences->language());
    connect(m_preferences.get(), &Preferences::languageChanged, this, &Desktop::changeLanguage, Qt::QueuedConnection);
    m_commands = std::make_unique<WebhookCommands>(*m_engine);
    m_receiver = std::make_unique<LocalReceiver>(m_engine->profile(), *m_preferences);
    m_keychain = std::make_unique<KeychainStatus>(*m_engine);
    m_delivery = std::make_unique<BackgroundDelivery>(*m_engine);
    m_checks = m_engine->makeCheckSchedule();
    m_delivery->setEnabled(m_preferences->deliversWhileOpen());
    connect(m_preferences.get(), &Preferences::deliveryChanged, m_delivery.get(),
            [this] { m_delivery->setEnabled(m_preferences->deliversWhileOpen()); });
    connect(m_keychain.get(), &KeychainStatus::changed, m_delivery.get(), [this] {
        if (m_keychain->role() == ColorRole::Success) { // perhaps unlocked just now
            m_delivery->forgetSecrets();
        }
    });
    m_engine->open(this, [this](const Result<void> &opened) {
        if (m_isFinishing) {
            return;
        }
        if (opened) {
            showWindow();
        } else {
            m_window.reset();
            showProblem(opened.error());
        }
    });
    makeWindow(); // while the database is opened on its own thread
}

void Desktop::makeWindow()
{
    m_window =
        std::make_unique<MainWindow>(*m_engine, *m_commands, *m_receiver, *m_keychain, *m_delivery, *m_preferences);
    connect(m_window.get(), &MainWindow::closed, this, &Desktop::closed);
}

void Desktop::showWindow()
{
    m_problem.reset();
    m_window->installEventFilter(this);
    m_window->show();
    m_window->load();
}

void Desktop::setReversed(bool isReversed)
{
    m_isReversed = isReversed;
}

void Desktop::comeForward()
{
    QWidget *shown = m_problem ? static_cast<QWidget *>(m_problem.get()) : m_window.get();
    const bool isComing = shown && !shown->isVisible() && !m_presence; // by itself, when the profile is open
    if (m_isFinishing || !shown || isComing) {
        return;
    }
    shown->setWindowState(shown->windowState() & ~Qt::WindowMinimized);
    shown->show();
    shown->raise();
    shown->activateWindow();
}

bool Desktop::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint
        && watched == m_window.get()) { // delivering must not keep anybody from seeing it
        m_window->removeEventFilter(this);
        QMetaObject::invokeMethod(this, &Desktop::beginDelivering, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void Desktop::beginDelivering()
{
    m_delivery->open();
    if (m_presence) { // the window was made anew
        return;
    }
    m_checks->start();
    m_presence = std::make_unique<BackgroundPresence>(*m_delivery, *m_preferences);
    connect(m_presence.get(), &BackgroundPresence::openRequested, this, &Desktop::comeForward);
    connect(m_presence.get(), &BackgroundPresence::deadRequested, this, [this](const QString &webhookId) {
        comeForward();
        m_window->showDead(webhookId);
    });
    connect(m_presence.get(), &BackgroundPresence::quitRequested, this, [this] {
        if (m_window->isVisible()) {
            m_window->quit();
        } else {
            finish();
        }
    });
}

void Desktop::showProblem(const Error &error)
{
    std::fprintf(stderr, "tocsin: %s\n", qUtf8Printable(error.message));
    m_problem = std::make_unique<ProblemWindow>(error, m_engine->profile());
    connect(m_problem.get(), &ProblemWindow::retryRequested, this, &Desktop::openProfile, Qt::QueuedConnection);
    connect(
        m_problem.get(), &ProblemWindow::profileChosen, this,
        [this](const QString &folder) {
            m_options.profile = folder;
            openProfile();
        },
        Qt::QueuedConnection);
    connect(m_problem.get(), &ProblemWindow::closed, this, [] { QCoreApplication::exit(badInput); });
    m_problem->show();
}

void Desktop::speak(const QString &language)
{
    m_spoken = language;
    QCoreApplication::removeTranslator(&m_translator);
    QCoreApplication::removeTranslator(&m_qtTranslator);
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale);
    if (m_qtTranslator.load(locale, u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&m_qtTranslator);
    }
    if (m_translator.load(locale, u"tocsin"_s, u"_"_s, u":/i18n"_s) || m_translator.load(u":/i18n/tocsin_en.qm"_s)) {
        QCoreApplication::installTranslator(&m_translator);
    }
    QGuiApplication::setLayoutDirection(m_isReversed ? Qt::RightToLeft : locale.textDirection());
}

/// Who stays with what is not saved stays with the language, too.
void Desktop::changeLanguage()
{
    const QString language = m_preferences->language();
    if (language == m_spoken) {
        return;
    }
    const auto again = [this, language] {
        QMetaObject::invokeMethod(
            this, [this, language] { m_preferences->setLanguage(language); }, Qt::QueuedConnection); // the window goes
    };
    if (m_window && !m_window->mayLeave(again)) {
        m_preferences->setLanguage(m_spoken);
        return;
    }
    speak(language);
    if (m_window) {
        const QByteArray geometry = m_window->saveGeometry();
        makeWindow();
        showWindow();
        m_window->restoreGeometry(geometry);
    }
}

void Desktop::closed(bool quits)
{
    if (quits || !m_presence || !m_presence->outlivesWindow()) {
        finish();
    }
}

void Desktop::finish()
{
    m_isFinishing = true;
    Q_EMIT finishing();
    m_checks->stop();
    if (m_presence) {
        m_presence->leave();
    }
    connect(m_delivery.get(), &BackgroundDelivery::stopped, this, &Desktop::finishWhenWritten);
    m_delivery->stop(grace);
    QTimer::singleShot(unnoticed, m_delivery.get(), [this] {
        if (m_delivery->underWay() > 0) {
            m_closing = std::make_unique<ClosingWindow>(*m_delivery);
            m_closing->show();
        }
    });
}

void Desktop::finishWhenWritten()
{
    if (!m_commands->isBusy()) {
        quit();
        return;
    }
    connect(m_commands.get(), &WebhookCommands::idle, this, &Desktop::quit);
    QTimer::singleShot(patience, this, &Desktop::quit);
}

void Desktop::quit()
{
    m_closing.reset();
    QCoreApplication::quit();
}

} // namespace Tocsin

#include "moc_desktop.cpp"
