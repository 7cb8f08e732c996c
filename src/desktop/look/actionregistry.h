// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "icons.h"

#include <QKeySequence>
#include <QObject>

#include <functional>
#include <map>
#include <optional>

class QAbstractButton;
class QAction;
class QMenu;
class QMenuBar;
class QToolButton;

namespace Tocsin {

/// What a person can have done, in the order of the menus.
enum class Command {
    AddWebhook,
    SendEvent,
    ImportWebhooks,
    ExportSelected,
    ExportAll,
    PauseDeliveries,
    ShowSettings,
    Quit,
    Search,
    GoToAnything,
    SaveWebhook,
    Test,
    Check,
    ViewInvocationData,
    EditWebhook,
    ToggleActive,
    Mute,
    Unmute,
    SendStatus,
    Duplicate,
    Rename,
    Delete,
    Replay,
    ReplayByFilters,
    CopyDeliveries,
    ShowWebhooks,
    ShowDeliveries,
    ShowIntegrations,
    ShowReceiver,
    StepBack,
    ShowHelp,
    ShowAbout
};

/// Every command of a window, once: its words, keys and symbol, for the menus, the buttons and their tool tips, Ctrl+K
/// and the help. Several pages may do one (a test from the list, or from the editor): the one that is shown does.
class ActionRegistry : public QObject
{
    Q_OBJECT

public:
    enum class Menu { File, Edit, Webhook, Delivery, View, Help };

    /// Keys that count in the whole window belong to `window`; the others to the widget that a page adds them to.
    explicit ActionRegistry(QWidget *window);

    QAction &operator[](Command command) const;
    /// In the order of the menus.
    QList<QAction *> all() const;

    /// Has `page` do a command while it is shown.
    void serve(Command command, QWidget *page, const std::function<void()> &work);
    /// Whether `page`, while it is shown, can do it now; when it is hidden, it no longer can, and the words are again
    /// those that stand here.
    void offer(Command command, const QWidget *page, bool isPossible);

    void fill(QMenuBar &bar);
    /// Once the bar has been filled.
    QMenu &menu(Menu menu) const { return *m_menus.at(menu); }

    /// The tool tip of a button that does a command in its own words: what it does, and its keys.
    void explain(Command command, QAbstractButton &button) const;
    /// A flat button with a command's symbol and words.
    QToolButton *makeButton(Command command, QWidget *parent) const;

    /// A command's words without their mnemonic and dots, as in a list.
    static QString plainText(const QAction &action);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Keys { OfWindow, OfWidget, OfWidgetAndInside };

    struct Words
    {
        QString text;
        QString explanation; ///< one sentence without its stop; empty: the text says all
        QList<QKeySequence> keys = {};
        std::optional<Symbol> symbol = {};
        Keys scope = Keys::OfWindow;
        bool beginsGroup = false;
    };

    struct Entry
    {
        QAction *action;
        Menu menu;
        bool beginsGroup;
        QString text; ///< where no page says it otherwise
        std::optional<Symbol> symbol;
        const QObject *page = nullptr; ///< that said last whether it is possible
    };

    void add(Command command, Menu menu, const Words &words);
    void addFileCommands();
    void addWebhookCommands();
    void addOtherCommands();
    void withdraw(const QObject *page);

    QWidget *m_window;
    std::map<Command, Entry> m_entries;
    std::map<Menu, QMenu *> m_menus;
};

} // namespace Tocsin
