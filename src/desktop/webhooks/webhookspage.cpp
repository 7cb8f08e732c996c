// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhookspage.h"

#include "actionregistry.h"
#include "activitystrip.h"
#include "icons.h"
#include "invocationpanel.h"
#include "metrics.h"
#include "mutemenu.h"
#include "mutes.h"
#include "preferences.h"
#include "rowselection.h"
#include "tablecolumns.h"
#include "tableproxy.h"
#include "ui_webhookspage.h"
#include "urltext.h"
#include "webhookcommands.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QShowEvent>

#include <algorithm>
#include <array>
#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {
const QString webhooksColumns = u"webhooksTable"_s;
const QString webhooksSplitter = u"webhooksPanel"_s;
constexpr int sidePanelWidth = 480;
constexpr std::chrono::seconds activityPause{2}; // between two readings of what became of the deliveries
constexpr int hoursShown = ActivityStrip::hours;
/// What can be done to the selected webhooks.
constexpr std::array rowCommands{Command::EditWebhook,  Command::Test,   Command::Check,  Command::ViewInvocationData,
                                 Command::ToggleActive, Command::Mute,   Command::Unmute, Command::SendStatus,
                                 Command::Duplicate,    Command::Rename, Command::Delete};
} // namespace

WebhooksPage::WebhooksPage(Engine &engine, WebhookCommands &commands, ActionRegistry &actions, Preferences &preferences,
                           QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::WebhooksPage>())
    , m_engine(engine)
    , m_commands(commands)
    , m_actions(actions)
    , m_preferences(preferences)
    , m_model(new WebhooksModel(this))
    , m_mutes(new Mutes(this))
    , m_muteMenu(new MuteMenu(this))
    , m_proxy(new TableProxy(
          {.nameColumn = WebhooksModel::Name, .search = WebhooksModel::SearchRole, .sort = WebhooksModel::SortRole},
          this))
{
    m_ui->setupUi(this);
    m_ui->searchLineEdit->addAction(icon(Symbol::Search, ColorRole::Inactive), QLineEdit::LeadingPosition)
        ->setText(m_ui->searchLineEdit->accessibleName());
    m_ui->moreButton->setIcon(icon(Symbol::More));
    m_proxy->setSourceModel(m_model);
    setUpActions();
    setUpTable();
    setUpMuting();
    setUpEmptyStates();
    updateShown();

    connect(m_ui->addPushButton, &QPushButton::clicked, this, &WebhooksPage::addRequested);
    connect(m_ui->searchLineEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy->setSearch(text);
        updateShown();
    });
    connect(m_ui->searchLineEdit, &QLineEdit::returnPressed, this, [this] {
        if (m_proxy->rowCount() > 0) {
            selectRow(0);
            m_ui->webhooksTableView->setFocus();
        }
    });
    connect(m_model, &WebhooksModel::renameRequested, this, [this](const QString &id, const QString &name) {
        if (const auto *row = m_model->find(id)) {
            m_commands.rename(*row, name);
        }
    });
    connect(&m_commands, &WebhookCommands::renameRefused, this, [this](const QString &id, const QString &name) {
        m_model->keepTyped(id, name);
        if (m_ui->webhooksTableView->hasFocus() && selectedIds() == QStringList{id}) {
            renameSelected(); // who typed it mends it
        }
    });
    connect(&m_commands, &WebhookCommands::testStarted, this, [this](const QString &id) {
        m_model->setTesting(id, true);
        updateActions();
    });
    connect(&m_commands, &WebhookCommands::testFinished, this, [this](const QString &id) {
        m_model->setTesting(id, false);
        updateActions();
        refresh();
    });
    connect(&m_commands, &WebhookCommands::saved, this, &WebhooksPage::select);
    connect(&m_engine.store(), &Store::changed, this, &WebhooksPage::refresh);
    m_model->setChecks(m_engine.lastChecks());
    connect(&m_engine, &Engine::checked, this, [this] { m_model->setChecks(m_engine.lastChecks()); });
    m_activityTimer.setSingleShot(true);
    m_activityTimer.setInterval(activityPause);
    connect(&m_activityTimer, &QTimer::timeout, this, &WebhooksPage::refreshActivity);
}

WebhooksPage::~WebhooksPage() = default;

void WebhooksPage::setUpTable()
{
    auto *table = m_ui->webhooksTableView;
    table->setModel(m_proxy);
    table->setAlternatingRowColors(false);
    table->setIconSize({Metrics::icon, Metrics::icon});
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + Metrics::large);
    auto *header = table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(Metrics::icon + Metrics::large);
    const int em = fontMetrics().averageCharWidth();
    const auto wide = [em](int characters) {
        return em * characters + 2 * Metrics::small;
    };
    table->setItemDelegateForColumn(WebhooksModel::Hours, new ActivityStripDelegate(WebhooksModel::StripRole, this));
    table->setItemDelegateForColumn(WebhooksModel::Host, new UrlDelegate(this));
    table->sortByColumn(WebhooksModel::Name, Qt::AscendingOrder);
    using Kind = TableColumns::Kind;
    m_columns = new TableColumns(table,
                                 {{WebhooksModel::Status, u"status"_s, Metrics::icon + Metrics::large, Kind::Fixed},
                                  {WebhooksModel::Name, u"name"_s, wide(22), Kind::Usual, false},
                                  {WebhooksModel::Method, u"method"_s, wide(7)},
                                  {WebhooksModel::Host, u"host"_s, wide(17)},
                                  {WebhooksModel::Fires, u"fires"_s, wide(24), Kind::TakesRest},
                                  {WebhooksModel::LastResult, u"last_result"_s, wide(25)},
                                  {WebhooksModel::When, u"when"_s, wide(13)},
                                  {WebhooksModel::LastDelivery, u"last_delivery"_s, wide(18)},
                                  {WebhooksModel::Hours, u"hours"_s, ActivityStripDelegate::width(), Kind::Fixed}},
                                 {WebhooksModel::Method, WebhooksModel::When, WebhooksModel::Fires, WebhooksModel::Host,
                                  WebhooksModel::LastDelivery, WebhooksModel::Hours},
                                 m_preferences, webhooksColumns);

    connect(table, &QTableView::doubleClicked, this, &WebhooksPage::editSelected);
    connect(table, &QWidget::customContextMenuRequested, this, &WebhooksPage::showContextMenu);
    connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &WebhooksPage::updateActions);
    connect(m_proxy, &QAbstractItemModel::dataChanged, this, &WebhooksPage::updateActions);
    followSelection(table);
}

void WebhooksPage::setUpActions()
{
    for (const auto command :
         {Command::EditWebhook, Command::Test, Command::ToggleActive, Command::Duplicate, Command::Delete}) {
        m_ui->rowActions->add(m_actions.makeButton(command, this));
    }
    for (const auto command : rowCommands) {
        m_ui->webhooksTableView->addAction(&m_actions[command]);
    }
    for (const auto command : {Command::ImportWebhooks, Command::ExportSelected, Command::ExportAll}) {
        m_ui->moreButton->offered()->addAction(&m_actions[command]);
    }
    m_actions.explain(Command::AddWebhook, *m_ui->addPushButton);

    const auto doing = [this](Command command, const std::function<void()> &work) {
        m_actions.serve(command, this, work);
    };
    doing(Command::EditWebhook, [this] { editSelected(); });
    doing(Command::Test, [this] {
        for (const auto &webhook : selected()) {
            if (m_commands.isTesting(webhook.id)) {
                m_commands.cancelTest(webhook.id);
            } else {
                m_commands.test(webhook);
            }
        }
    });
    doing(Command::Check, [this] { Q_EMIT checkRequested(selectedIds().value(0)); });
    doing(Command::ViewInvocationData, [this] { showLastInvocation(); });
    doing(Command::ToggleActive, [this] {
        const auto webhooks = selected();
        const bool anyActive =
            std::any_of(webhooks.begin(), webhooks.end(), [](const Webhook &webhook) { return webhook.active; });
        m_commands.setActive(selectedIds(), !anyActive);
    });
    doing(Command::Duplicate, [this] { m_commands.duplicate(selectedIds().value(0)); });
    doing(Command::Rename, [this] { renameSelected(); });
    doing(Command::Delete, [this] { m_commands.remove(selected()); });
    doing(Command::Search, [this] { focusSearch(); });
}

void WebhooksPage::setUpMuting()
{
    const auto named = [this] {
        QList<Mutes::Named> subjects;
        for (const auto &webhook : selected()) {
            subjects.append({.subject = {.kind = MuteSubject::Kind::Webhook, .id = webhook.id}, .name = webhook.name});
        }
        return subjects;
    };
    m_muteMenu->setSubjects(named);
    connect(m_muteMenu, &MuteMenu::chosen, this, [this, named](const MuteSpan &span) { m_mutes->mute(named(), span); });
    m_actions.serve(Command::Mute, this, [this] { m_muteMenu->popUpAt(*m_ui->webhooksTableView); });
    m_actions.serve(Command::Unmute, this, [this, named] { m_mutes->unmute(named()); });
    m_actions.serve(Command::SendStatus, this, [this] { m_commands.sendStatus(selected()); });
    connect(m_mutes, &Mutes::message, &m_commands, &WebhookCommands::message);
    connect(m_mutes, &Mutes::changed, this, [this] {
        m_model->setMutes(m_mutes->all());
        updateActions();
    });
}

void WebhooksPage::editSelected()
{
    const auto ids = selectedIds();
    if (ids.size() == 1) {
        Q_EMIT editRequested(ids.first());
    }
}

void WebhooksPage::setUpEmptyStates()
{
    m_ui->emptyWidget->setWords(Symbol::Webhooks, tr("No webhooks yet"),
                                tr("A webhook sends a request to a system of yours when an integration turns Warning "
                                   "or Error. Add one and test "
                                   "it, or try one with a receiver that runs on this machine and shows what arrives."));
    connect(m_ui->emptyWidget->addAction(tr("Add Webhook"), true), &QPushButton::clicked, this,
            &WebhooksPage::addRequested);
    connect(m_ui->emptyWidget->addAction(tr("Try it with a local receiver"), false), &QPushButton::clicked, this,
            &WebhooksPage::tryRequested);
    m_ui->nothingFoundWidget->setWords(Symbol::Search, tr("Nothing found"),
                                       tr("No webhook has these words in its name, host, method or filters."));
    connect(m_ui->nothingFoundWidget->addAction(tr("Clear search"), false), &QPushButton::clicked, m_ui->searchLineEdit,
            &QLineEdit::clear);
}

void WebhooksPage::refresh()
{
    if (m_refreshing) {
        m_refreshAgain = true;
        return;
    }
    m_refreshing = true;
    m_engine.store().knownIntegrations(this, [this](const Result<QList<KnownIntegration>> &known) {
        if (known) {
            m_model->setKnown(*known);
        }
    });
    m_engine.store().webhooks(this, [this](const Result<QList<StoredWebhook>> &webhooks) {
        m_refreshing = false;
        if (webhooks) {
            showRows(*webhooks);
        } else {
            Q_EMIT m_commands.message({.text = webhooks.error().message, .role = ColorRole::Error});
        }
        if (std::exchange(m_refreshAgain, false)) {
            refresh();
        }
    });
}

void WebhooksPage::setOutbox(Outbox &outbox)
{
    m_outbox = &outbox;
    m_mutes->setOutbox(outbox);
    updateActions();
    connect(m_outbox, &Outbox::changed, this, [this] {
        m_activityStale = true;
        if (!m_activityTimer.isActive()) {
            m_activityTimer.start();
        }
    });
    m_activityStale = true;
    refreshActivity();
}

void WebhooksPage::refreshActivity()
{
    if (!m_outbox || !isVisible() || !std::exchange(m_activityStale, false)) {
        return;
    }
    const auto since = QDateTime::currentDateTimeUtc().addSecs(-3600 * (hoursShown - 1));
    m_outbox->activity(since, std::chrono::hours(1), this,
                       [this](const Result<QHash<QString, WebhookActivity>> &activity) {
                           if (activity) {
                               m_model->setActivity(*activity);
                           } else {
                               Q_EMIT m_commands.message({.text = activity.error().message, .role = ColorRole::Error});
                           }
                       });
}

void WebhooksPage::showRows(const QList<StoredWebhook> &webhooks)
{
    const bool first = !std::exchange(m_loaded, true) || m_model->rowCount() == 0;
    m_model->setWebhooks(webhooks);
    if (first && m_proxy->rowCount() > 0) {
        selectRow(0);
        m_ui->webhooksTableView->setFocus();
    }
    const QModelIndex current = m_ui->webhooksTableView->currentIndex();
    if (current.isValid() && selectedIds().isEmpty()) { // the selected one was deleted
        selectRow(current.row());
    }
    if (!m_toSelect.isEmpty()) {
        select(std::exchange(m_toSelect, {}));
    }
    updateShown();
    updateActions();
    Q_EMIT countChanged(m_model->rowCount());
}

void WebhooksPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateActions();
    refreshActivity();
    // Later: the pages' stack gives the focus to the first line only after this.
    if (!event->spontaneous()) {
        QMetaObject::invokeMethod(
            m_ui->webhooksTableView, [this] { m_ui->webhooksTableView->setFocus(); }, Qt::QueuedConnection);
    }
}

void WebhooksPage::updateShown()
{
    const bool isEmpty = m_model->rowCount() == 0;
    QWidget *shown = m_ui->listWidget;
    if (!m_loaded) {
        shown = m_ui->loadingWidget;
    } else if (isEmpty) {
        shown = m_ui->emptyWidget;
    } else if (m_proxy->rowCount() == 0) {
        shown = m_ui->nothingFoundWidget;
    }
    m_ui->stackedWidget->setCurrentWidget(shown);
    m_ui->searchLineEdit->setVisible(!isEmpty);
    m_ui->addPushButton->setVisible(m_loaded && !isEmpty);
    if (m_loaded && shown != m_ui->listWidget) {
        hidePanel();
    }
}

QStringList WebhooksPage::selectedIds() const
{
    QStringList ids;
    const auto rows = m_ui->webhooksTableView->selectionModel()
        ? m_ui->webhooksTableView->selectionModel()->selectedRows(WebhooksModel::Name)
        : QModelIndexList();
    for (const auto &index : rows) {
        ids.append(index.data(WebhooksModel::IdRole).toString());
    }
    return ids;
}

QList<Webhook> WebhooksPage::selected() const
{
    QList<Webhook> webhooks;
    for (const auto &id : selectedIds()) {
        if (const auto *row = m_model->find(id)) {
            webhooks.append(row->webhook);
        }
    }
    return webhooks;
}

QList<Webhook> WebhooksPage::all() const
{
    QList<Webhook> webhooks;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        webhooks.append(m_model->at(row)->webhook);
    }
    return webhooks;
}

void WebhooksPage::select(const QString &id)
{
    const QModelIndex source = m_model->indexOf(id);
    if (!source.isValid()) {
        m_toSelect = id;
        return;
    }
    if (!m_proxy->mapFromSource(source).isValid()) {
        m_ui->searchLineEdit->clear();
    }
    const QModelIndex index = m_proxy->mapFromSource(source);
    selectRow(index.row());
    m_ui->webhooksTableView->scrollTo(index);
}

void WebhooksPage::selectRow(int row)
{
    // QTableView::selectRow() heeds the keys held down: with Ctrl, as in Ctrl+S, it toggles.
    m_ui->webhooksTableView->selectionModel()->setCurrentIndex(
        m_proxy->index(row, WebhooksModel::Name), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void WebhooksPage::updateActions()
{
    if (!isVisible()) {
        return; // they are another page's
    }
    const auto webhooks = selected();
    const bool one = webhooks.size() == 1;
    const bool some = !webhooks.isEmpty();
    const auto all = [&](auto condition) {
        return some && std::all_of(webhooks.begin(), webhooks.end(), condition);
    };
    for (const auto command : {Command::EditWebhook, Command::Check, Command::Duplicate, Command::Rename}) {
        m_actions.offer(command, this, one);
    }
    for (const auto command : {Command::Delete, Command::ToggleActive, Command::Test, Command::ExportSelected}) {
        m_actions.offer(command, this, some);
    }
    m_actions.offer(Command::Mute, this, some && m_outbox);
    m_actions.offer(Command::Unmute, this,
                    std::any_of(webhooks.begin(), webhooks.end(), [this](const Webhook &webhook) {
                        return m_mutes->of(MuteSubject::Kind::Webhook, webhook.id).has_value();
                    }));
    m_actions.offer(Command::SendStatus, this, m_outbox && all([](const Webhook &webhook) { return webhook.active; }));
    m_actions[Command::ToggleActive].setText(
        all([](const Webhook &webhook) { return !webhook.active; }) ? tr("Acti&vate") : tr("&Deactivate"));
    const bool testing = all([this](const Webhook &webhook) { return m_commands.isTesting(webhook.id); });
    m_actions[Command::Test].setText(testing ? tr("Cancel &Test") : tr("&Test"));
    m_actions[Command::Test].setIcon(icon(testing ? Symbol::Stop : Symbol::Test));
    const auto *row = one ? m_model->find(webhooks.first().id) : nullptr;
    m_actions.offer(Command::ViewInvocationData, this, row && row->lastInvocation);
    m_actions.offer(Command::Search, this, m_model->rowCount() > 0);
}

void WebhooksPage::showContextMenu(const QPoint &position)
{
    QMenu menu(this);
    if (!selectedIds().isEmpty()) {
        menu.addActions(
            {&m_actions[Command::EditWebhook], &m_actions[Command::Test], &m_actions[Command::ViewInvocationData]});
        menu.addSeparator();
        if (m_actions[Command::Mute].isEnabled()) {
            menu.addMenu(m_muteMenu);
        }
        if (m_actions[Command::Unmute].isEnabled()) {
            menu.addAction(&m_actions[Command::Unmute]);
        }
        menu.addAction(&m_actions[Command::SendStatus]);
        menu.addSeparator();
        menu.addActions(
            {&m_actions[Command::ToggleActive], &m_actions[Command::Duplicate], &m_actions[Command::Rename]});
        menu.addSeparator();
        menu.addAction(&m_actions[Command::Delete]);
        menu.addSeparator();
    }
    menu.addMenu(m_columns->menu());
    menu.exec(m_ui->webhooksTableView->viewport()->mapToGlobal(position));
}

void WebhooksPage::renameSelected()
{
    const auto ids = selectedIds();
    if (ids.size() == 1) {
        m_ui->webhooksTableView->edit(m_proxy->mapFromSource(m_model->indexOf(ids.first())));
    }
}

void WebhooksPage::showLastInvocation()
{
    m_engine.store().invocations(selectedIds().value(0), this, [this](const Result<QList<Invocation>> &invocations) {
        if (!invocations) {
            Q_EMIT m_commands.message({.text = invocations.error().message, .role = ColorRole::Error});
        } else if (!invocations->isEmpty()) {
            showInvocation(invocations->first());
        }
    });
}

void WebhooksPage::showInvocation(const Invocation &invocation)
{
    auto *panel = qobject_cast<InvocationPanel *>(m_panel);
    if (!panel) {
        panel = new InvocationPanel(this);
        panel->setMinimumWidth(sidePanelWidth * 3 / 4);
        panel->setOwnTarget(m_ownTarget);
        m_panel = panel;
        connect(panel, &InvocationPanel::closeRequested, this, &WebhooksPage::closePanel);
        connect(panel, &InvocationPanel::mendRequested, this, [this](const MendPlace &place) {
            if (!place.webhookId.isEmpty()) {
                Q_EMIT mendRequested(place);
            }
        });
        m_ui->splitter->addWidget(panel);
        m_ui->splitter->setStretchFactor(0, 1);
        if (!m_ui->splitter->restoreState(m_preferences.state(webhooksSplitter))) {
            m_ui->splitter->setSizes({m_ui->splitter->width() - sidePanelWidth, sidePanelWidth});
        }
    }
    panel->setInvocation(invocation);
    panel->show();
}

void WebhooksPage::closePanel()
{
    if (hidePanel()) {
        m_ui->webhooksTableView->setFocus();
    }
}

bool WebhooksPage::hidePanel()
{
    const bool wasVisible = m_panel && m_panel->isVisible();
    if (wasVisible) {
        m_preferences.setState(webhooksSplitter, m_ui->splitter->saveState());
        m_panel->hide();
    }
    return wasVisible;
}

bool WebhooksPage::stepBack()
{
    if (m_panel && m_panel->isVisible()) {
        closePanel();
        return true;
    }
    if (!m_ui->searchLineEdit->text().isEmpty()) {
        m_ui->searchLineEdit->clear();
        if (selectedIds().isEmpty()) {
            selectRow(0);
        }
        m_ui->webhooksTableView->setFocus();
        return true;
    }
    return false;
}

void WebhooksPage::focusSearch()
{
    m_ui->searchLineEdit->setFocus(Qt::ShortcutFocusReason);
    m_ui->searchLineEdit->selectAll();
}

} // namespace Tocsin

#include "moc_webhookspage.cpp"
