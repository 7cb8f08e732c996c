// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    using namespace Qt::Literals::StringLiterals;
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"tocsinctl"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(TOCSIN_VERSION));
    return static_cast<int>(Tocsin::CommandLine().run(QCoreApplication::arguments().sliced(1)));
}
