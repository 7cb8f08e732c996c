// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionregistry.h"

#include <QAbstractButton>
#include <QAction>
#include <QEvent>
#include <QMenuBar>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

QString withKeys(const QString &words, const QKeySequence &keys)
{
    return keys.isEmpty() ? words : u"%1 (%2)"_s.arg(words, keys.toString(QKeySequence::NativeText));
}

} // namespace

ActionRegistry::ActionRegistry(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    addFileCommands();
    addWebhookCommands();
    addOtherCommands();
}

void ActionRegistry::addFileCommands()
{
    add(Command::AddWebhook, Menu::File,
        {.text = tr("&Add Webhook"),
         .explanation = tr("Open the editor with an empty form"),
         .keys = {Qt::CTRL | Qt::Key_N},
         .symbol = Symbol::Add});
    add(Command::SendEvent, Menu::File,
        {.text = tr("Sen&d Event…"),
         .explanation = tr("Accept an event as if an integration had changed, and deliver it"),
         .keys = {Qt::CTRL | Qt::Key_E}});
    add(Command::ImportWebhooks, Menu::File,
        {.text = tr("&Import Webhooks…"),
         .explanation = tr("Read webhooks from a file"),
         .keys = {Qt::CTRL | Qt::Key_O},
         .symbol = Symbol::Import});
    add(Command::ExportSelected, Menu::File,
        {.text = tr("&Export Selected Webhooks…"),
         .explanation = tr("Write the selected webhooks to a file, without their secrets"),
         .symbol = Symbol::Export});
    add(Command::ExportAll, Menu::File,
        {.text = tr("Export A&ll Webhooks…"),
         .explanation = tr("Write every webhook to a file, without its secrets"),
         .symbol = Symbol::Export});
    add(Command::PauseDeliveries, Menu::File,
        {.text = tr("&Pause Deliveries"),
         .explanation = tr("What is due waits until deliveries are resumed"),
         .symbol = Symbol::Pause,
         .beginsGroup = true});
    add(Command::ShowSettings, Menu::File,
        {.text = tr("&Settings…"),
         .explanation = tr("Language, appearance, deliveries and the keychain"),
         .keys = {Qt::CTRL | Qt::Key_Comma},
         .symbol = Symbol::Settings});
    (*this)[Command::ShowSettings].setMenuRole(QAction::PreferencesRole);
    add(Command::Quit, Menu::File,
        {.text = tr("&Quit"),
         .explanation = tr("Close the window and end deliveries"),
         .keys = {Qt::CTRL | Qt::Key_Q},
         .beginsGroup = true});
    (*this)[Command::Quit].setMenuRole(QAction::QuitRole);
}

void ActionRegistry::addWebhookCommands()
{
    add(Command::SaveWebhook, Menu::Webhook,
        {.text = tr("&Save Webhook"), .explanation = {}, .keys = {Qt::CTRL | Qt::Key_S}});
    add(Command::Test, Menu::Webhook,
        {.text = tr("&Test"),
         .explanation = tr("Send one request with sample data, as it would be delivered"),
         .keys = {Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter},
         .symbol = Symbol::Test});
    add(Command::Check, Menu::Webhook,
        {.text = tr("&Check"),
         .explanation = tr("Look at template, secrets, name, certificates and token; the target is sent nothing"),
         .keys = {Qt::CTRL | Qt::SHIFT | Qt::Key_Return, Qt::CTRL | Qt::SHIFT | Qt::Key_Enter},
         .symbol = Symbol::Shield});
    add(Command::ViewInvocationData, Menu::Webhook,
        {.text = tr("View &Invocation Data"),
         .explanation = tr("Show what was sent and what came back"),
         .keys = {Qt::CTRL | Qt::SHIFT | Qt::Key_I},
         .symbol = Symbol::Panel});
    add(Command::EditWebhook, Menu::Webhook,
        {.text = tr("&Edit"),
         .explanation = tr("Edit the selected webhook"),
         .keys = {Qt::Key_Return},
         .symbol = Symbol::Edit,
         .scope = Keys::OfWidget,
         .beginsGroup = true});
    add(Command::ToggleActive, Menu::Webhook,
        {.text = tr("&Deactivate"),
         .explanation = tr("Whether events fire the selected webhooks"),
         .symbol = Symbol::Power});
    add(Command::Mute, Menu::Webhook,
        {.text = tr("&Mute…"),
         .explanation = tr("Send nothing for a while; the newest status goes out when the mute ends"),
         .symbol = Symbol::Mute});
    add(Command::Unmute, Menu::Webhook,
        {.text = tr("U&nmute"), .explanation = tr("End the mute now; the newest status goes out")});
    add(Command::SendStatus, Menu::Webhook,
        {.text = tr("Send Current St&atus"),
         .explanation = tr("Send the status that each integration has now, even while it is muted"),
         .symbol = Symbol::Forward});
    add(Command::Duplicate, Menu::Webhook,
        {.text = tr("D&uplicate"),
         .explanation = tr("Save a copy of the selected webhook"),
         .keys = {Qt::CTRL | Qt::Key_D},
         .symbol = Symbol::Duplicate,
         .scope = Keys::OfWidget});
    add(Command::Rename, Menu::Webhook,
        {.text = tr("&Rename"),
         .explanation = tr("Change the name in place"),
         .keys = {Qt::Key_F2},
         .symbol = Symbol::Insert,
         .scope = Keys::OfWidget});
    add(Command::Delete, Menu::Webhook,
        {.text = tr("De&lete"),
         .explanation = tr("Delete the selected webhooks; it can be undone"),
         .keys = {Qt::Key_Delete},
         .symbol = Symbol::Delete,
         .scope = Keys::OfWidget,
         .beginsGroup = true});
}

void ActionRegistry::addOtherCommands()
{
    add(Command::Search, Menu::Edit,
        {.text = tr("&Search This Page"), .explanation = {}, .keys = {Qt::CTRL | Qt::Key_F}, .symbol = Symbol::Search});
    add(Command::GoToAnything, Menu::Edit,
        {.text = tr("&Go to Anything…"),
         .explanation = tr("One line that finds webhooks, integrations, deliveries, pages, settings and commands"),
         .keys = {Qt::CTRL | Qt::Key_K},
         .symbol = Symbol::Command});
    add(Command::Replay, Menu::Delivery,
        {.text = tr("&Replay"),
         .explanation = tr("Send the selected deliveries again, under their ids"),
         .keys = {Qt::CTRL | Qt::Key_R},
         .symbol = Symbol::Replay,
         .scope = Keys::OfWidgetAndInside});
    add(Command::ReplayByFilters, Menu::Delivery,
        {.text = tr("Replay by &Filters…"),
         .explanation = tr("Choose by state, webhook, integration, time and HTTP status what is sent again"),
         .keys = {Qt::CTRL | Qt::SHIFT | Qt::Key_R},
         .symbol = Symbol::Replay,
         .scope = Keys::OfWidgetAndInside});
    add(Command::CopyDeliveries, Menu::Delivery,
        {.text = tr("&Copy"),
         .explanation = tr("Copy the selected deliveries as text"),
         .keys = {Qt::CTRL | Qt::Key_C},
         .symbol = Symbol::Copy,
         .scope = Keys::OfWidget,
         .beginsGroup = true});
    add(Command::ShowWebhooks, Menu::View,
        {.text = tr("&Webhooks"), .explanation = {}, .keys = {Qt::CTRL | Qt::Key_1}, .symbol = Symbol::Webhooks});
    add(Command::ShowDeliveries, Menu::View,
        {.text = tr("&Deliveries"), .explanation = {}, .keys = {Qt::CTRL | Qt::Key_2}, .symbol = Symbol::Deliveries});
    add(Command::ShowIntegrations, Menu::View,
        {.text = tr("&Integrations"),
         .explanation = {},
         .keys = {Qt::CTRL | Qt::Key_3},
         .symbol = Symbol::Integrations});
    add(Command::ShowReceiver, Menu::View,
        {.text = tr("&Local Receiver"), .explanation = {}, .keys = {Qt::CTRL | Qt::Key_4}, .symbol = Symbol::Receiver});
    add(Command::StepBack, Menu::View,
        {.text = tr("&Close Panel or Go Back"),
         .explanation = {},
         .keys = {Qt::Key_Escape},
         .symbol = Symbol::Back,
         .beginsGroup = true});
    add(Command::ShowHelp, Menu::Help,
        {.text = tr("&Help"), .explanation = tr("Concepts and keys"), .keys = {Qt::Key_F1}, .symbol = Symbol::Help});
    add(Command::ShowAbout, Menu::Help, {.text = tr("&About Tocsin"), .explanation = {}, .beginsGroup = true});
    (*this)[Command::ShowAbout].setMenuRole(QAction::AboutRole);
}

void ActionRegistry::add(Command command, Menu menu, const Words &words)
{
    auto *action = words.symbol ? new QAction(icon(*words.symbol), words.text, this) : new QAction(words.text, this);
    action->setShortcuts(words.keys);
    action->setToolTip(
        withKeys(words.explanation.isEmpty() ? plainText(*action) : words.explanation, action->shortcut()));
    switch (words.scope) {
    case Keys::OfWindow:
        m_window->addAction(action);
        break;
    case Keys::OfWidget:
        action->setShortcutContext(Qt::WidgetShortcut);
        break;
    case Keys::OfWidgetAndInside:
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        break;
    }
    m_entries[command] = {
        .action = action, .menu = menu, .beginsGroup = words.beginsGroup, .text = words.text, .symbol = words.symbol};
}

void ActionRegistry::serve(Command command, QWidget *page, const std::function<void()> &work)
{
    page->installEventFilter(this);
    connect(&(*this)[command], &QAction::triggered, page, [page, work] {
        if (page->isVisible()) {
            work();
        }
    });
}

void ActionRegistry::offer(Command command, const QWidget *page, bool isPossible)
{
    if (page->isVisible()) {
        auto &entry = m_entries.at(command);
        entry.page = page;
        entry.action->setEnabled(isPossible);
    }
}

/// What another page has offered meanwhile stays.
void ActionRegistry::withdraw(const QObject *page)
{
    for (auto &[command, entry] : m_entries) {
        if (entry.page == page) {
            entry.page = nullptr;
            entry.action->setEnabled(false);
            entry.action->setText(entry.text);
            if (entry.symbol) {
                entry.action->setIcon(icon(*entry.symbol));
            }
        }
    }
}

bool ActionRegistry::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Hide && !event->spontaneous()) {
        withdraw(watched);
    }
    return QObject::eventFilter(watched, event);
}

QAction &ActionRegistry::operator[](Command command) const
{
    return *m_entries.at(command).action;
}

QList<QAction *> ActionRegistry::all() const
{
    QList<QAction *> actions;
    for (const auto &[command, entry] : m_entries) {
        actions.append(entry.action);
    }
    return actions;
}

void ActionRegistry::fill(QMenuBar &bar)
{
    for (const auto &[menu, title] : std::initializer_list<std::pair<Menu, QString>>{{Menu::File, tr("&File")},
                                                                                     {Menu::Edit, tr("&Edit")},
                                                                                     {Menu::Webhook, tr("&Webhook")},
                                                                                     {Menu::Delivery, tr("&Delivery")},
                                                                                     {Menu::View, tr("&View")},
                                                                                     {Menu::Help, tr("&Help")}}) {
        m_menus[menu] = bar.addMenu(title);
    }
    for (const auto &[command, entry] : m_entries) {
        auto *menu = m_menus.at(entry.menu);
        if (entry.beginsGroup && !menu->isEmpty()) {
            menu->addSeparator();
        }
        menu->addAction(entry.action);
    }
}

void ActionRegistry::explain(Command command, QAbstractButton &button) const
{
    button.setToolTip((*this)[command].toolTip());
}

QToolButton *ActionRegistry::makeButton(Command command, QWidget *parent) const
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(&(*this)[command]);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

QString ActionRegistry::plainText(const QAction &action)
{
    return action.text().remove(u'&').remove(u'…');
}

} // namespace Tocsin

#include "moc_actionregistry.cpp"
