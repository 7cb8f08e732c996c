// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "integrationspage.h"

#include "actionregistry.h"
#include "icons.h"
#include "integrationsmodel.h"
#include "integrationwords.h"
#include "metrics.h"
#include "mutemenu.h"
#include "mutes.h"
#include "mutetext.h"
#include "preferences.h"
#include "rowselection.h"
#include "sendeventdialog.h"
#include "tablecolumns.h"
#include "tableproxy.h"
#include "ui_integrationspage.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Tocsin {

namespace {
const QString integrationsColumns = u"integrationsTable"_s;
constexpr auto shownPause = 400ms;
constexpr auto hiddenPause = 5s; // nobody looks
} // namespace

IntegrationsPage::IntegrationsPage(Engine &engine, ActionRegistry &actions, Preferences &preferences, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_actions(actions)
    , m_preferences(preferences)
    , m_model(new IntegrationsModel(this))
    , m_mutes(new Mutes(this))
    , m_proxy(new TableProxy({.nameColumn = IntegrationsModel::Name,
                              .search = IntegrationsModel::SearchRole,
                              .sort = IntegrationsModel::SortRole},
                             this))
{
    setWindowTitle(tr("Integrations"));
    m_proxy->setSourceModel(m_model);
    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &IntegrationsPage::refresh);
    m_actions[Command::SendEvent].setEnabled(false);
    connect(&m_actions[Command::SendEvent], &QAction::triggered, this, &IntegrationsPage::sendEvent);
    m_actions.serve(Command::Search, this, [this] { focusSearch(); });
    connect(m_mutes, &Mutes::message, this, &IntegrationsPage::message);
    connect(m_mutes, &Mutes::changed, this, &IntegrationsPage::refresh);
}

IntegrationsPage::~IntegrationsPage() = default;

void IntegrationsPage::setOutbox(Outbox &outbox)
{
    m_outbox = &outbox;
    connect(m_outbox, &Outbox::changed, this, &IntegrationsPage::refreshSoon);
    connect(&m_engine.store(), &Store::changed, this, &IntegrationsPage::refreshSoon);
    m_mutes->setOutbox(outbox);
    m_actions[Command::SendEvent].setEnabled(true);
    if (m_ui) {
        m_ui->sendPushButton->setEnabled(true);
    }
    refresh();
}

void IntegrationsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_actions.offer(Command::Search, this, true);
    updateActions();
}

void IntegrationsPage::setVisible(bool visible)
{
    if (visible) {
        build();
        if (m_refresh.isActive()) {
            refresh();
        }
    }
    QWidget::setVisible(visible);
    if (visible) { // later: the pages' stack gives the focus to the first line only after this
        QMetaObject::invokeMethod(
            m_ui->integrationsTableView, [this] { m_ui->integrationsTableView->setFocus(); }, Qt::QueuedConnection);
    }
}

void IntegrationsPage::build()
{
    if (m_ui) {
        return;
    }
    m_ui = std::make_unique<Ui::IntegrationsPage>();
    m_ui->setupUi(this);
    m_ui->searchLineEdit->addAction(icon(Symbol::Search, ColorRole::Inactive), QLineEdit::LeadingPosition)
        ->setText(m_ui->searchLineEdit->accessibleName());
    m_ui->sendPushButton->setEnabled(m_outbox);
    m_actions.explain(Command::SendEvent, *m_ui->sendPushButton);
    setUpTable();
    setUpMuting();
    setUpEmptyStates();
    updateShown();
    connect(m_ui->sendPushButton, &QPushButton::clicked, this, &IntegrationsPage::sendEvent);
    connect(m_ui->searchLineEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy->setSearch(text);
        updateShown();
    });
}

void IntegrationsPage::setUpTable()
{
    auto *table = m_ui->integrationsTableView;
    table->setModel(m_proxy);
    table->setIconSize({Metrics::icon, Metrics::icon});
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + Metrics::large);
    const int em = fontMetrics().averageCharWidth();
    const auto wide = [em](int characters) {
        return em * characters + 2 * Metrics::small;
    };
    table->sortByColumn(IntegrationsModel::Name, Qt::AscendingOrder);
    using Kind = TableColumns::Kind;
    m_columns =
        new TableColumns(table,
                         {{IntegrationsModel::Name, u"name"_s, wide(20), Kind::Usual, false},
                          {IntegrationsModel::Status, u"status"_s, wide(14)},
                          {IntegrationsModel::Since, u"since"_s, wide(14)},
                          {IntegrationsModel::Issues, u"issues"_s, wide(24), Kind::TakesRest},
                          {IntegrationsModel::Type, u"type"_s, wide(15)},
                          {IntegrationsModel::Id, u"id"_s, wide(14)},
                          {IntegrationsModel::LastEvent, u"last_event"_s, wide(15)},
                          {IntegrationsModel::Fires, u"fires"_s, wide(20), Kind::Usual, true,
                           fontMetrics().horizontalAdvance(longestMuteInWords()) + Metrics::icon + Metrics::huge}},
                         {IntegrationsModel::Id, IntegrationsModel::LastEvent, IntegrationsModel::Type}, m_preferences,
                         integrationsColumns);
    connect(table->selectionModel(), &QItemSelectionModel::currentChanged, this, &IntegrationsPage::showIssues);
    connect(m_proxy, &QAbstractItemModel::dataChanged, this, &IntegrationsPage::showIssues);
    connect(table, &QTableView::activated, this, &IntegrationsPage::sendEvent);
    connect(table, &QWidget::customContextMenuRequested, this, &IntegrationsPage::showContextMenu);
    followSelection(table);
}

void IntegrationsPage::setUpMuting()
{
    m_muteMenu = new MuteMenu(this);
    const auto named = [this] {
        QList<Mutes::Named> subjects;
        if (const auto *integration = m_model->at(m_model->indexOf(currentId()).row())) {
            subjects.append({.subject = {.kind = MuteSubject::Kind::Integration, .id = integration->id},
                             .name = shortened(integration->name)});
        }
        return subjects;
    };
    m_muteMenu->setSubjects(named);
    connect(m_muteMenu, &MuteMenu::chosen, this, [this, named](const MuteSpan &span) { m_mutes->mute(named(), span); });
    m_actions.serve(Command::Mute, this, [this] { m_muteMenu->popUpAt(*m_ui->integrationsTableView); });
    m_actions.serve(Command::Unmute, this, [this, named] { m_mutes->unmute(named()); });
}

void IntegrationsPage::updateActions()
{
    if (!isVisible()) {
        return; // they are another page's
    }
    const auto *integration = m_model->at(m_model->indexOf(currentId()).row());
    m_actions.offer(Command::Mute, this, m_outbox && integration);
    m_actions.offer(Command::Unmute, this, integration && integration->mute);
}

void IntegrationsPage::setUpEmptyStates()
{
    m_ui->emptyWidget->setWords(Symbol::Integrations, tr("No integrations yet"),
                                tr("What is watched appears here with its first event, and stays with its status, "
                                   "since when, and its issues. Events come from tocsinctl, over HTTP, or from here."));
    connect(m_ui->emptyWidget->addAction(tr("Send Event…"), true), &QPushButton::clicked, this,
            &IntegrationsPage::sendEvent);
    m_ui->nothingFoundWidget->setWords(Symbol::Search, tr("Nothing found"),
                                       tr("No integration has these words in its name, ID, type, status or issues."));
    connect(m_ui->nothingFoundWidget->addAction(tr("Clear search"), false), &QPushButton::clicked, m_ui->searchLineEdit,
            &QLineEdit::clear);
}

void IntegrationsPage::refreshSoon()
{
    const bool isSeen = isVisible() || m_dialog;
    if (!m_refresh.isActive()) {
        m_refresh.start(isSeen ? std::chrono::milliseconds(shownPause) : hiddenPause);
    }
}

void IntegrationsPage::refresh()
{
    m_refresh.stop();
    if (!m_outbox) {
        return;
    }
    if (std::exchange(m_isRefreshing, true)) {
        refreshSoon();
        return;
    }
    m_engine.store().webhooks(this, [this](const Result<QList<StoredWebhook>> &stored) {
        if (stored) {
            QList<Webhook> webhooks;
            for (const auto &one : *stored) {
                webhooks.append(one.webhook);
            }
            m_model->setWebhooks(webhooks);
        }
        readIntegrations();
    });
}

void IntegrationsPage::readIntegrations()
{
    m_outbox->integrations(this, [this](const Result<QList<IntegrationState>> &integrations) {
        m_isRefreshing = false;
        if (!integrations) {
            Q_EMIT message({.text = integrations.error().message, .role = ColorRole::Error});
            return;
        }
        m_isLoaded = true;
        m_model->setIntegrations(*integrations);
        if (m_dialog) {
            m_dialog->setMutes(m_mutes->all());
            m_dialog->setKnown(m_model->all(), m_model->webhooks());
        }
        updateShown();
        Q_EMIT countChanged(m_model->rowCount());
    });
}

void IntegrationsPage::updateShown()
{
    if (!m_ui) {
        return;
    }
    const bool isEmpty = m_model->rowCount() == 0;
    QWidget *shown = m_ui->listWidget;
    if (!m_isLoaded) {
        shown = m_ui->loadingWidget;
    } else if (isEmpty) {
        shown = m_ui->emptyWidget;
    } else if (m_proxy->rowCount() == 0) {
        shown = m_ui->nothingFoundWidget;
    }
    m_ui->stackedWidget->setCurrentWidget(shown);
    m_ui->searchLineEdit->setVisible(!isEmpty);
    m_ui->sendPushButton->setVisible(m_isLoaded && !isEmpty);
    if (m_proxy->rowCount() > 0 && !m_ui->integrationsTableView->currentIndex().isValid()) {
        m_ui->integrationsTableView->selectionModel()->setCurrentIndex(m_proxy->index(0, IntegrationsModel::Name),
                                                                       QItemSelectionModel::ClearAndSelect
                                                                           | QItemSelectionModel::Rows);
    }
    showIssues();
}

QString IntegrationsPage::currentId() const
{
    return m_ui ? m_ui->integrationsTableView->currentIndex().data(IntegrationsModel::IdRole).toString() : QString();
}

void IntegrationsPage::showIssues()
{
    const auto *integration = m_model->at(m_model->indexOf(currentId()).row());
    const QString issues = integration ? issuesToShow(integration->issues) : QString();
    m_ui->issuesWidget->setVisible(!issues.isEmpty());
    if (!issues.isEmpty()) {
        m_ui->issuesTitleLabel->setText(tr("Issues of %1").arg(shortened(integration->name)));
        m_ui->issuesLabel->setText(issues);
    }
    updateActions();
}

void IntegrationsPage::showContextMenu(const QPoint &position)
{
    QMenu menu(this);
    const auto *integration = m_model->at(m_model->indexOf(currentId()).row());
    if (integration) {
        auto *show = menu.addAction(icon(Symbol::Deliveries), tr("&Show deliveries"));
        connect(show, &QAction::triggered, this,
                [this, id = integration->id, name = integration->name] { Q_EMIT deliveriesOfRequested(id, name); });
        menu.addAction(&m_actions[Command::SendEvent]);
        menu.addSeparator();
        menu.addMenu(m_muteMenu);
        if (integration->mute) {
            menu.addAction(&m_actions[Command::Unmute]);
        }
        menu.addSeparator();
    }
    menu.addMenu(m_columns->menu());
    menu.exec(m_ui->integrationsTableView->viewport()->mapToGlobal(position));
}

void IntegrationsPage::sendEvent()
{
    if (!m_outbox) {
        return;
    }
    if (!m_dialog) {
        m_dialog = new SendEventDialog(*m_outbox, window());
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        m_dialog->setMutes(m_mutes->all());
        m_dialog->setKnown(m_model->all(), m_model->webhooks());
        m_dialog->choose(isVisible() ? currentId() : QString());
        connect(m_dialog, &SendEventDialog::deliveriesRequested, this, &IntegrationsPage::deliveriesRequested);
        refresh();
    }
    m_dialog->open();
}

void IntegrationsPage::focusSearch()
{
    m_ui->searchLineEdit->setFocus(Qt::ShortcutFocusReason);
    m_ui->searchLineEdit->selectAll();
}

void IntegrationsPage::select(const QString &id)
{
    const QModelIndex source = m_model->indexOf(id);
    if (!m_proxy->mapFromSource(source).isValid()) {
        m_ui->searchLineEdit->clear();
    }
    const QModelIndex index = m_proxy->mapFromSource(source);
    m_ui->integrationsTableView->setCurrentIndex(index);
    m_ui->integrationsTableView->scrollTo(index);
}

bool IntegrationsPage::stepBack()
{
    if (!m_ui || m_ui->searchLineEdit->text().isEmpty()) {
        return false;
    }
    m_ui->searchLineEdit->clear();
    m_ui->integrationsTableView->setFocus();
    return true;
}

} // namespace Tocsin

#include "moc_integrationspage.cpp"
