// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace Tocsin {

class MenuButton;

/// Tabs that never scroll: where there is too little room for them they first shorten, then the last ones fold into a
/// menu at their end. The chosen one always stands. A folded tab is still a tab: keys and assistive technology reach it
/// as any other, and it stands again once it is chosen.
class FoldingTabBar : public QTabBar
{
    Q_OBJECT

public:
    explicit FoldingTabBar(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// Those which only the menu names at the moment, by their index.
    QList<int> foldedTabs() const;
    MenuButton *moreButton() const { return m_more; }

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override;
    void initStyleOption(QStyleOptionTab *option, int index) const override;
    void tabLayoutChange() override;
    bool event(QEvent *event) override;

private:
    int fullWidth(int index) const;
    int shortWidth(int index) const;
    QList<int> widths() const;
    void placeMore();
    void offerFolded();

    MenuButton *m_more;
};

} // namespace Tocsin
