// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliveriespage.h"

#include "actionregistry.h"
#include "busyindicator.h"
#include "deliveriesmodel.h"
#include "deliverycommands.h"
#include "deliverycountswatch.h"
#include "deliverypanel.h"
#include "deliverytext.h"
#include "filterchip.h"
#include "fonts.h"
#include "format.h"
#include "icons.h"
#include "metrics.h"
#include "mutetext.h"
#include "preferences.h"
#include "rowselection.h"
#include "tablecolumns.h"
#include "toolbuttonrow.h"
#include "ui_deliveriespage.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QShowEvent>
#include <QToolButton>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Tocsin {

namespace {

const QString deliveriesColumns = u"deliveriesTable"_s;
const QString deliveriesSplitter = u"deliveriesPanel"_s;
constexpr int deliveryPanelWidth = 420;
constexpr int mostCopied = 10'000; // deliveries
constexpr auto busyAfter = 300ms; // before it is shown that something is under way

} // namespace

DeliveriesPage::DeliveriesPage(Engine &engine, ActionRegistry &actions, Preferences &preferences, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_actions(actions)
    , m_preferences(preferences)
    , m_model(new DeliveriesModel(this))
    , m_feed(new DeliveriesFeed(*m_model, this))
    , m_counts(new DeliveryCountsWatch(this))
    , m_commands(new DeliveryCommands(this))
    , m_replayDead(new QMenu(tr("Replay All &Dead of"), this))
{
    setWindowTitle(tr("Deliveries"));
    setUpActions();
    connect(m_commands, &DeliveryCommands::message, this, &DeliveriesPage::message);
}

DeliveriesPage::~DeliveriesPage() = default;

void DeliveriesPage::setOutbox(Outbox &outbox)
{
    m_feed->setOutbox(outbox);
    m_counts->setOutbox(outbox);
    m_commands->setOutbox(outbox);
}

void DeliveriesPage::setVisible(bool visible)
{
    if (visible && !m_ui) {
        build();
    }
    QWidget::setVisible(visible);
}

void DeliveriesPage::setUpActions()
{
    m_replayDead->setIcon(icon(Symbol::Replay));
    m_replayDead->setEnabled(false);
    addActions({&m_actions[Command::Replay], &m_actions[Command::ReplayByFilters]});
    const auto doing = [this](Command command, const std::function<void()> &work) {
        m_actions.serve(command, this, work);
    };
    doing(Command::ViewInvocationData, [this] { openCurrent(); });
    doing(Command::Replay, [this] {
        QStringList ids = selectedIds();
        std::reverse(ids.begin(), ids.end()); // the oldest first, so that an integration's keep their order
        m_commands->replay(ids);
    });
    doing(Command::ReplayByFilters, [this] { openReplayDialog(); });
    doing(Command::CopyDeliveries, [this] { copySelected(); });
    doing(Command::Search, [this] { focusSearch(); });
}

void DeliveriesPage::build()
{
    m_ui = std::make_unique<Ui::DeliveriesPage>();
    m_ui->setupUi(this);
    m_busy = new BusyIndicator(this);
    m_busy->hide();
    m_ui->headLayout->insertWidget(1, m_busy);
    auto *pause = new ToolButtonRow(this);
    pause->add(m_actions.makeButton(Command::PauseDeliveries, pause));
    pause->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed); // room that is left is between it and the heading
    m_ui->headLayout->insertWidget(m_ui->headLayout->indexOf(m_ui->replayButton), pause);
    m_ui->replayButton->setIcon(icon(Symbol::Replay));
    m_ui->replayButton->offered()->addAction(&m_actions[Command::Replay]);
    m_ui->replayButton->offered()->addMenu(m_replayDead);
    m_ui->replayButton->offered()->addAction(&m_actions[Command::ReplayByFilters]);
    setUpFilters();
    setUpTable();
    setUpEmptyStates();
    updateShown();

    m_patience.setSingleShot(true);
    m_patience.setInterval(busyAfter);
    m_patience.start();
    connect(&m_patience, &QTimer::timeout, m_busy, &QWidget::show);
    const auto isDone = [this] {
        m_patience.stop();
        m_busy->hide();
    };
    connect(m_commands, &DeliveryCommands::started, &m_patience, qOverload<>(&QTimer::start));
    connect(m_commands, &DeliveryCommands::message, this, isDone);
    connect(m_feed, &DeliveriesFeed::aboutToMerge, this, &DeliveriesPage::rememberPlace);
    connect(m_feed, &DeliveriesFeed::merged, this, &DeliveriesPage::restorePlace);
    connect(m_feed, &DeliveriesFeed::loaded, this, [this, isDone] {
        isDone();
        m_isLoaded = true;
        m_topId.clear();
        m_isAtTop = true;
        updateActions();
    });
    connect(m_feed, &DeliveriesFeed::matchingChanged, this, &DeliveriesPage::showMatching);
    connect(m_feed, &DeliveriesFeed::failed, this, [this, isDone](const QString &sentence) {
        isDone();
        Q_EMIT message({.text = sentence, .role = ColorRole::Error});
    });
    connect(m_counts, &DeliveryCountsWatch::countsChanged, this, [this] {
        updateShown();
        updateReplayDead();
    });
    connect(&m_engine.store(), &Store::changed, this, &DeliveriesPage::readWebhooks);
    readWebhooks();
}

void DeliveriesPage::setUpTable()
{
    auto *table = m_ui->deliveriesTableView;
    table->setModel(m_model);
    table->setIconSize({Metrics::icon, Metrics::icon});
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + Metrics::medium);
    auto *header = table->horizontalHeader();
    header->setMinimumSectionSize(Metrics::icon + Metrics::large);
    const QDateTime now = QDateTime::currentDateTime();
    Delivery waiting;
    waiting.state = DeliveryState::Waiting;
    waiting.nextAttemptAt = now;
    const auto wide = [this](const QString &sample) {
        return fontMetrics().horizontalAdvance(sample) + Metrics::huge;
    };
    const auto underHead = [this, wide](int column) {
        return wide(m_model->headerData(column, Qt::Horizontal).toString());
    };
    const QFontMetrics fixed(fixedFont());
    const int time =
        std::max(fixed.horizontalAdvance(u"00:00:00"_s), fixed.horizontalAdvance(formatMoment(now.addDays(-1))))
        + Metrics::huge;
    const int name = wide(QString(14, u'n'));
    using Kind = TableColumns::Kind;
    using Model = DeliveriesModel;
    // What the panel says anyway goes first.
    m_columns = new TableColumns(
        table,
        {{Model::Time, u"time"_s, time},
         {Model::State, u"state"_s, wide(stateInWords(waiting, now)) + Metrics::icon, Kind::Usual, true,
          wide(longestMuteInWords()) + Metrics::icon, wide(stateWord(DeliveryState::Superseded)) + Metrics::icon},
         {Model::Webhook, u"webhook"_s, name, Kind::TakesRest, false},
         {Model::Integration, u"integration"_s, name, Kind::TakesRest},
         {Model::Status, u"status"_s, wide(u"Refreshing"_s)},
         {Model::Http, u"http"_s, underHead(Model::Http)},
         {Model::Attempts, u"attempts"_s, underHead(Model::Attempts)},
         {Model::Duration, u"duration"_s, underHead(Model::Duration)}},
        {Model::Duration, Model::Attempts, Model::Status, Model::Http}, m_preferences, deliveriesColumns);

    connect(table->verticalScrollBar(), &QScrollBar::valueChanged, this, &DeliveriesPage::updateSeen);
    connect(table->verticalScrollBar(), &QScrollBar::rangeChanged, this, &DeliveriesPage::updateSeen);
    connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateActions();
        if (selectedCount() == 1 && (m_opensBySelection || (m_panel && m_panel->isVisible()))) {
            showDelivery(selectedIds().constFirst());
        }
    });
    connect(m_model, &QAbstractItemModel::dataChanged, this, &DeliveriesPage::updateActions);
    connect(m_model, &QAbstractItemModel::modelReset, this, &DeliveriesPage::updateActions);
    connect(table, &QAbstractItemView::clicked, this, &DeliveriesPage::openCurrent);
    connect(table, &QAbstractItemView::activated, this, &DeliveriesPage::openCurrent);
    connect(table, &QWidget::customContextMenuRequested, this, &DeliveriesPage::showContextMenu);
    table->addAction(&m_actions[Command::CopyDeliveries]);
    followSelection(table);
}

void DeliveriesPage::setUpEmptyStates()
{
    m_ui->emptyWidget->setWords(Symbol::Deliveries, tr("No deliveries yet"),
                                tr("When an integration turns Warning or Error, this page shows which webhooks were "
                                   "called, what was sent and what came back, and what still waits."));
    m_addButton = m_ui->emptyWidget->addAction(tr("Add Webhook"), true);
    m_sendButton = m_ui->emptyWidget->addAction(tr("Send Event…"), true);
    for (auto *button : {m_addButton, m_sendButton}) {
        button->hide(); // until it is known whether there are webhooks
    }
    connect(m_addButton, &QPushButton::clicked, this, &DeliveriesPage::addRequested);
    connect(m_sendButton, &QPushButton::clicked, this, &DeliveriesPage::sendRequested);
    m_ui->nothingFoundWidget->setWords(Symbol::Search, tr("Nothing found"),
                                       tr("No delivery is in this state, of this webhook, from this time and with "
                                          "these words."));
    connect(m_ui->nothingFoundWidget->addAction(tr("Clear Filters"), false), &QPushButton::clicked, this,
            &DeliveriesPage::clearFilters);
}

void DeliveriesPage::updateShown()
{
    const auto &counts = m_counts->counts();
    const bool isEmpty =
        std::all_of(counts.states.begin(), counts.states.end(), [](qint64 count) { return count == 0; })
        && m_model->rowCount() == 0;
    QWidget *shown = m_ui->listWidget;
    if (!m_isLoaded) {
        shown = m_ui->loadingWidget;
    } else if (isEmpty) {
        shown = m_ui->emptyWidget;
    }
    m_ui->stackedWidget->setCurrentWidget(shown);
    m_ui->tableStackedWidget->setCurrentWidget(
        m_model->rowCount() == 0 ? static_cast<QWidget *>(m_ui->nothingFoundWidget) : m_ui->deliveriesTableView);
    if (m_isLoaded && m_model->rowCount() == 0) { // nothing is there to belong to
        m_shown.clear();
        hidePanel();
    }
    for (QWidget *widget : std::initializer_list<QWidget *>{m_ui->searchLineEdit, m_ui->webhookComboBox,
                                                            m_ui->spanComboBox, m_ui->replayButton}) {
        widget->setVisible(m_isLoaded && !isEmpty);
    }
}

void DeliveriesPage::updateSeen()
{
    const auto *table = m_ui->deliveriesTableView;
    const int first = table->verticalScrollBar()->value();
    const int rows = table->viewport()->height() / std::max(1, table->verticalHeader()->defaultSectionSize()) + 1;
    m_feed->setSeen(first, first + rows);
}

void DeliveriesPage::rememberPlace()
{
    const auto *table = m_ui->deliveriesTableView;
    const int top = table->verticalScrollBar()->value();
    m_isAtTop = top == 0;
    m_topId = m_isAtTop ? QString() : m_model->idAt(top);
    const auto *selection = table->selectionModel();
    m_currentId = selection->isRowSelected(table->currentIndex().row())
        ? table->currentIndex().data(DeliveriesModel::IdRole).toString()
        : QString();
}

void DeliveriesPage::restorePlace()
{
    updateShown();
    auto *table = m_ui->deliveriesTableView;
    const QModelIndex current = m_currentId.isEmpty() ? QModelIndex() : m_model->indexOf(m_currentId);
    if (current.isValid() && !table->selectionModel()->hasSelection()) { // all rows were exchanged
        table->selectionModel()->setCurrentIndex(current,
                                                 QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    const QModelIndex top = m_model->indexOf(m_topId);
    if (m_isAtTop || top.isValid()) { // a table follows its current row, which may have gone
        table->verticalScrollBar()->setValue(m_isAtTop ? 0 : top.row());
    }
    refreshPanel();
}

void DeliveriesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateActions();
    if (!event->spontaneous()) {
        QMetaObject::invokeMethod(
            m_ui->deliveriesTableView, [this] { m_ui->deliveriesTableView->setFocus(); }, Qt::QueuedConnection);
    }
    m_feed->setLive(true);
    m_counts->setLive(true);
}

void DeliveriesPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_feed->setLive(false);
    m_counts->setLive(false);
}

void DeliveriesPage::updateActions()
{
    if (!isVisible()) {
        return; // they are another page's
    }
    const int count = selectedCount();
    m_actions.offer(Command::ViewInvocationData, this, count > 0);
    m_actions.offer(Command::CopyDeliveries, this, count > 0);
    m_actions.offer(Command::Replay, this, count > 0 && mayReplaySelected());
    m_actions.offer(Command::ReplayByFilters, this, m_isLoaded);
    m_actions.offer(Command::Search, this, true);
    m_actions[Command::Replay].setText(count > 1 ? tr("&Replay %Ln Selected", "deliveries", count) : tr("&Replay"));
}

/// What has not been read may be finished.
bool DeliveriesPage::mayReplaySelected() const
{
    const auto ranges = m_ui->deliveriesTableView->selectionModel()->selection();
    for (const auto &range : ranges) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            const auto *delivery = m_model->at(row);
            if (!delivery || isFinished(delivery->state)) {
                return true;
            }
        }
    }
    return false;
}

int DeliveriesPage::selectedCount() const
{
    int count = 0;
    const auto ranges = m_ui ? m_ui->deliveriesTableView->selectionModel()->selection() : QItemSelection();
    for (const auto &range : ranges) {
        count += range.height();
    }
    return count;
}

QStringList DeliveriesPage::selectedIds() const
{
    QStringList ids;
    auto ranges = m_ui ? m_ui->deliveriesTableView->selectionModel()->selection() : QItemSelection();
    std::sort(ranges.begin(), ranges.end(), [](const auto &one, const auto &other) { return one.top() < other.top(); });
    for (const auto &range : std::as_const(ranges)) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            ids.append(m_model->idAt(row));
        }
    }
    return ids;
}

void DeliveriesPage::showContextMenu(const QPoint &position)
{
    QMenu menu(this);
    if (selectedCount() > 0) {
        menu.addActions({&m_actions[Command::ViewInvocationData], &m_actions[Command::Replay]});
        menu.addSeparator();
        menu.addAction(&m_actions[Command::CopyDeliveries]);
        menu.addSeparator();
    }
    menu.addMenu(m_columns->menu());
    menu.exec(m_ui->deliveriesTableView->viewport()->mapToGlobal(position));
}

/// One: its message id, to look for in a receiver's log. Several: the rows as a table.
void DeliveriesPage::copySelected()
{
    const QStringList ids = selectedIds();
    if (ids.size() > mostCopied) {
        Q_EMIT message({.text = tr("Nothing was copied: more than %Ln deliveries are selected.", nullptr, mostCopied)});
        return;
    }
    m_feed->read(ids, this, [this](const QList<Delivery> &deliveries) {
        if (deliveries.size() == 1) {
            QGuiApplication::clipboard()->setText(deliveries.constFirst().messageId);
            return;
        }
        QStringList lines;
        for (const auto &delivery : deliveries) {
            QStringList cells{delivery.messageId, delivery.createdAt.toString(Qt::ISODateWithMs)};
            for (int column = DeliveriesModel::State; column < DeliveriesModel::ColumnCount; ++column) {
                cells.append(m_model->display(delivery, column).toString());
            }
            lines.append(cells.join(u'\t'));
        }
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    });
}

void DeliveriesPage::openCurrent()
{
    const QStringList ids = selectedIds();
    if (!ids.isEmpty()) {
        m_opensBySelection = true;
        showDelivery(ids.constFirst());
    }
}

void DeliveriesPage::showDelivery(const QString &id)
{
    if (m_shown != id || !m_panel || !m_panel->isVisible()) {
        m_shown = id;
        refreshPanel();
    }
}

void DeliveriesPage::refreshPanel()
{
    if (m_shown.isEmpty()) {
        return;
    }
    const auto *row = m_model->find(m_shown);
    if (row && m_panel && m_panel->isVisible() && m_panel->delivery() == *row) {
        return;
    }
    m_engine.outbox().delivery(m_shown, this,
                               [this, id = m_shown](const Result<std::optional<DeliveryDetails>> &details) {
                                   if (id != m_shown) {
                                       return;
                                   }
                                   if (!details) {
                                       m_shown.clear();
                                       Q_EMIT message({.text = details.error().message, .role = ColorRole::Error});
                                   } else if (*details) {
                                       showDetails(**details);
                                   } else {
                                       closePanel();
                                   }
                               });
}

void DeliveriesPage::showDetails(const DeliveryDetails &details)
{
    if (!m_panel) {
        m_panel = new DeliveryPanel(this);
        m_panel->setMinimumWidth(deliveryPanelWidth * 3 / 4);
        m_panel->setOwnTarget(m_ownTarget);
        connect(m_panel, &DeliveryPanel::closeRequested, this, &DeliveriesPage::closePanel);
        connect(m_panel, &DeliveryPanel::mendRequested, this, &DeliveriesPage::mendRequested);
        connect(m_panel, &DeliveryPanel::replayRequested, this,
                [this](const QString &id) { m_commands->replay({id}); });
        m_ui->splitter->addWidget(m_panel);
        m_ui->splitter->setStretchFactor(0, 1);
        if (!m_ui->splitter->restoreState(m_preferences.state(deliveriesSplitter))) {
            m_ui->splitter->setSizes({m_ui->splitter->width() - deliveryPanelWidth, deliveryPanelWidth});
        }
    }
    m_panel->setDelivery(details, m_attemptsInAll.value(details.delivery.webhookId));
    if (!m_panel->isVisible()) {
        m_panel->show();
        const auto current = m_model->indexOf(details.delivery.id);
        if (current.isValid()) {
            m_ui->deliveriesTableView->scrollTo(current);
        }
    }
}

void DeliveriesPage::closePanel()
{
    m_shown.clear();
    if (hidePanel()) {
        m_opensBySelection = false;
        m_ui->deliveriesTableView->setFocus();
    }
}

bool DeliveriesPage::hidePanel()
{
    const bool wasVisible = m_panel && m_panel->isVisible();
    if (wasVisible) {
        m_preferences.setState(deliveriesSplitter, m_ui->splitter->saveState());
        m_panel->hide();
    }
    return wasVisible;
}

bool DeliveriesPage::stepBack()
{
    if (!m_ui) {
        return false;
    }
    if (m_panel && m_panel->isVisible()) {
        closePanel();
    } else if (m_cause) {
        setCause({});
    } else if (m_ended) {
        setEnded({});
    } else if (!m_integration.isEmpty()) {
        setIntegration({}, {});
    } else if (!m_ui->searchLineEdit->text().isEmpty()) {
        m_ui->searchLineEdit->clear();
    } else {
        return false;
    }
    return true;
}

void DeliveriesPage::focusSearch()
{
    m_ui->searchLineEdit->setFocus(Qt::ShortcutFocusReason);
    m_ui->searchLineEdit->selectAll();
}

} // namespace Tocsin

#include "moc_deliveriespage.cpp"
