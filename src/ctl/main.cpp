// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"
#include "stopsignal.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

int main(int argc, char *argv[])
{
    using namespace Qt::Literals::StringLiterals;
    Tocsin::outliveFileSizeLimit();
    // GLib's event loop, which only the keychain needs, on the first thread, takes a tenth of a delivery's time.
    qputenv("QT_NO_THREADED_GLIB", "1");
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"tocsinctl"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(TOCSIN_VERSION));
    QTranslator translator;
    // English has a file too: plural forms come from there.
    if (translator.load(QLocale::system(), u"tocsin"_s, u"_"_s, u":/i18n"_s)
        || translator.load(u":/i18n/tocsin_en.qm"_s)) {
        QCoreApplication::installTranslator(&translator);
    }
    return static_cast<int>(Tocsin::CommandLine().run(QCoreApplication::arguments().sliced(1)));
}
