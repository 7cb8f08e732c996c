// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The least that a Qt Widgets program can be: an empty QMainWindow. Says "painted" after its first paint and ends.
#include "firstpaint.h"

#include <QApplication>
#include <QMainWindow>

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1440, 900);
    const FirstPaint firstPaint(application);
    window.show();
    return QApplication::exec();
}
