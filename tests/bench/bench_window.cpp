// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Tocsin's window, as main.cpp opens it. Says "painted" after its first paint and ends.
#include "accessibility.h"
#include "calmstyle.h"
#include "desktop.h"
#include "firstpaint.h"
#include "icons.h"

#include <QApplication>

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QGuiApplication::setWindowIcon(Tocsin::applicationIcon());
    QApplication::setStyle(new Tocsin::CalmStyle);
    Tocsin::installAccessibility();
    const FirstPaint firstPaint(application);
    Tocsin::Desktop desktop({});
    desktop.start();
    return QApplication::exec();
}
