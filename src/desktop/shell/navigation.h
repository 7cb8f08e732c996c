// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "colorroles.h"
#include "icons.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace Tocsin {

class DeliveryStateView;
class NavigationButton;
class StatusDot;

/// The window's left side: the pages, and below them the engine's and the keychain's state in words, and Settings.
/// Collapses to icons.
class Navigation : public QWidget
{
    Q_OBJECT

public:
    explicit Navigation(QWidget *parent = nullptr);

    /// Adds a page; its number counts from 0.
    NavigationButton *addPage(Symbol symbol, const QString &name, const QKeySequence &keys);
    void setCurrentPage(int page);
    NavigationButton &settingsButton() { return *m_settings; }
    DeliveryStateView &deliveryState() { return *m_deliveryState; }
    void setKeychainStatus(ColorRole role, const QString &words, const QString &sentence);
    void setCollapsed(bool collapsed);
    bool isCollapsed() const { return m_collapsed; }

Q_SIGNALS:
    void pageChosen(int page);
    void settingsChosen();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<NavigationButton *> m_buttons;
    QVBoxLayout *m_pages;
    DeliveryStateView *m_deliveryState;
    StatusDot *m_keychainDot;
    QLabel *m_keychainLabel;
    NavigationButton *m_settings;
    bool m_collapsed = false;
};

} // namespace Tocsin
