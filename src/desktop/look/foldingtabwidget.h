// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "foldingtabbar.h"

#include <QTabWidget>

namespace Tocsin {

/// Pages under tabs that never scroll.
class FoldingTabWidget : public QTabWidget
{
    Q_OBJECT

public:
    explicit FoldingTabWidget(QWidget *parent = nullptr)
        : QTabWidget(parent)
    {
        setTabBar(new FoldingTabBar(this));
        setDocumentMode(true);
        setUsesScrollButtons(false);
        setElideMode(Qt::ElideRight);
    }

    FoldingTabBar *tabs() const { return static_cast<FoldingTabBar *>(tabBar()); }
};

} // namespace Tocsin
