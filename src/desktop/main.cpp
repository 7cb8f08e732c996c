// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "calmstyle.h"
#include "desktop.h"
#include "icons.h"
#include "qtoptions.h"
#include "singlewindow.h"
#include "stopsignal.h"

#include <QApplication>
#include <QCommandLineParser>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int badCall = 2;

struct Options
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::Options)
};

int refuse(const QString &sentence)
{
    std::fprintf(stderr, "tocsin: %s\n", qUtf8Printable(sentence));
    return badCall;
}

} // namespace

int main(int argc, char *argv[])
{
    Tocsin::outliveFileSizeLimit();
    // GLib's event loop, which only the keychain needs, on the first thread, takes a tenth of a delivery's time.
    qputenv("QT_NO_THREADED_GLIB", "1");
    QCoreApplication::setApplicationName(u"tocsin"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(TOCSIN_VERSION));

    QCommandLineParser parser;
    parser.setApplicationDescription(Options::tr("Webhooks for integrations: configure, test, deliver."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption profile(u"profile"_s, Options::tr("The folder that holds the profile."),
                                     Options::tr("DIR", "a folder, as help names it"));
    const QCommandLineOption credentials(u"credentials"_s,
                                         Options::tr("A folder to read secrets from instead of the keychain."),
                                         Options::tr("DIR", "a folder, as help names it"));
    parser.addOptions({profile, credentials});

    // What needs no window works without a display: the call is read first, and whether it is good.
    QStringList arguments;
    for (int i = 0; i < argc; ++i) {
        arguments.append(QString::fromLocal8Bit(argv[i]));
    }
    const bool understood = parser.parse(Tocsin::withoutQtOptions(arguments));
    if (understood && (parser.isSet(version) || parser.isSet(help))) {
        const QCoreApplication application(argc, argv);
        if (parser.isSet(version)) {
            parser.showVersion();
        }
        parser.showHelp();
    }
    if (!understood) {
        return refuse(parser.errorText());
    }
    if (!parser.positionalArguments().isEmpty()) {
        return refuse(Options::tr("The argument \"%1\" is not understood; see tocsin --help.")
                          .arg(parser.positionalArguments().constFirst()));
    }
    if (parser.isSet(profile) && parser.value(profile).isEmpty()) {
        return refuse(Options::tr("--profile needs a folder; see tocsin --help."));
    }

    const QApplication application(argc, argv);
    const bool isReversed = QGuiApplication::layoutDirection() == Qt::RightToLeft; // asked for by -reverse
    QGuiApplication::setApplicationDisplayName(u"Tocsin"_s);
    QGuiApplication::setDesktopFileName(u"tocsin"_s);
    QGuiApplication::setWindowIcon(Tocsin::applicationIcon());

    QApplication::setStyle(new Tocsin::CalmStyle);
    Tocsin::installAccessibility();
    Tocsin::SingleWindow window(Tocsin::Engine::profileFolder(parser.value(profile)));
    if (!window.claim()) {
        return 0; // the one that was there has come forward
    }
    Tocsin::Desktop desktop({.profile = parser.value(profile),
                             .credentialsFolder = parser.value(credentials),
                             .prompt = Tocsin::SecretStore::Prompt::Allowed});
    desktop.setReversed(isReversed);
    QObject::connect(&window, &Tocsin::SingleWindow::activated, &desktop, &Tocsin::Desktop::comeForward);
    QObject::connect(&desktop, &Tocsin::Desktop::finishing, &window, &Tocsin::SingleWindow::release);
    const Tocsin::StopSignal stop;
    QObject::connect(&stop, &Tocsin::StopSignal::raised, &desktop, &Tocsin::Desktop::end);
    desktop.start();
    return QApplication::exec();
}
