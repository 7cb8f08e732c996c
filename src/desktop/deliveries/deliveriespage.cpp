// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliveriespage.h"

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
#include "preferences.h"
#include "rowselection.h"
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

const QString deliveriesHeader = u"deliveriesHeader"_s;
const QString deliveriesSplitter = u"deliveriesPanel"_s;
constexpr int deliveryPanelWidth = 420;
constexpr auto busyAfter = 300ms; // before it is shown that something is under way

} // namespace

DeliveriesPage::DeliveriesPage(Engine &engine, Preferences &preferences, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
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

DeliveriesPage::~DeliveriesPage()
{
    if (m_isLoaded) {
        m_preferences.setState(deliveriesHeader, m_ui->deliveriesTableView->horizontalHeader()->saveState());
    }
}

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
    const auto add = [this](QAction *&action, Symbol symbol, const QString &text, const QKeySequence &keys,
                            Qt::ShortcutContext context) {
        action = new QAction(icon(symbol), text, this);
        action->setShortcut(keys);
        action->setShortcutContext(context);
        action->setEnabled(false);
    };
    add(m_actions.open, Symbol::Panel, tr("View &Invocation Data"), {}, Qt::WidgetShortcut);
    add(m_actions.replay, Symbol::Replay, tr("&Replay"), Qt::CTRL | Qt::Key_R, Qt::WidgetWithChildrenShortcut);
    add(m_actions.copy, Symbol::Copy, tr("&Copy"), QKeySequence::Copy, Qt::WidgetShortcut);
    m_replayDead->setIcon(icon(Symbol::Replay));
    m_replayDead->setEnabled(false);
    addAction(m_actions.replay);
    connect(m_actions.open, &QAction::triggered, this, &DeliveriesPage::openCurrent);
    connect(m_actions.replay, &QAction::triggered, this, [this] { m_commands->replay(selectedIds()); });
    connect(m_actions.copy, &QAction::triggered, this, &DeliveriesPage::copySelected);
}

void DeliveriesPage::build()
{
    m_ui = std::make_unique<Ui::DeliveriesPage>();
    m_ui->setupUi(this);
    m_busy = new BusyIndicator(this);
    m_busy->hide();
    m_ui->headLayout->insertWidget(1, m_busy);
    if (m_pause) {
        auto *pause = new QToolButton(this);
        pause->setDefaultAction(m_pause);
        m_ui->headLayout->insertWidget(m_ui->headLayout->indexOf(m_ui->replayButton), pause);
    }
    m_ui->replayButton->setIcon(icon(Symbol::Replay));
    m_ui->replayButton->offered()->addAction(m_actions.replay);
    m_ui->replayButton->offered()->addMenu(m_replayDead);
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
        m_topRow = QPersistentModelIndex();
        m_isAtTop = true;
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
    const auto head = [this](int column) {
        return m_model->headerData(column, Qt::Horizontal).toString();
    };
    for (const auto &[column, sample] :
         std::initializer_list<std::pair<int, QString>>{{DeliveriesModel::State, stateInWords(waiting, now)},
                                                        {DeliveriesModel::Status, u"Refreshing"_s},
                                                        {DeliveriesModel::Http, head(DeliveriesModel::Http)},
                                                        {DeliveriesModel::Attempts, head(DeliveriesModel::Attempts)},
                                                        {DeliveriesModel::Duration, head(DeliveriesModel::Duration)}}) {
        const int beside = column == DeliveriesModel::State ? Metrics::icon + Metrics::huge : Metrics::huge;
        header->resizeSection(column, fontMetrics().horizontalAdvance(sample) + beside);
    }
    const QFontMetrics fixed(fixedFont());
    header->resizeSection(
        DeliveriesModel::Time,
        std::max(fixed.horizontalAdvance(u"00:00:00"_s), fixed.horizontalAdvance(formatMoment(now.addDays(-1))))
            + Metrics::huge);
    header->restoreState(m_preferences.state(deliveriesHeader));
    header->setSectionResizeMode(DeliveriesModel::Webhook, QHeaderView::Stretch);
    header->setSectionResizeMode(DeliveriesModel::Integration, QHeaderView::Stretch);
    makeRoom(false);

    connect(table->verticalScrollBar(), &QScrollBar::valueChanged, this, &DeliveriesPage::updateSeen);
    connect(table->verticalScrollBar(), &QScrollBar::rangeChanged, this, &DeliveriesPage::updateSeen);
    connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateActions();
        const QStringList ids = selectedIds();
        if (ids.size() == 1 && (m_opensBySelection || (m_panel && m_panel->isVisible()))) {
            showDelivery(ids.constFirst());
        }
    });
    connect(m_model, &QAbstractItemModel::dataChanged, this, &DeliveriesPage::updateActions);
    connect(table, &QAbstractItemView::clicked, this, &DeliveriesPage::openCurrent);
    connect(table, &QAbstractItemView::activated, this, &DeliveriesPage::openCurrent);
    connect(table, &QWidget::customContextMenuRequested, this, &DeliveriesPage::showContextMenu);
    table->addAction(m_actions.copy);
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
    m_topRow = m_isAtTop ? QPersistentModelIndex() : QPersistentModelIndex(m_model->index(top, 0));
}

void DeliveriesPage::restorePlace()
{
    updateShown();
    if (m_isAtTop || m_topRow.isValid()) { // a table follows its current row, which may have gone
        m_ui->deliveriesTableView->verticalScrollBar()->setValue(m_isAtTop ? 0 : m_topRow.row());
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
    m_actions.open->setEnabled(false);
    m_actions.replay->setEnabled(false);
    m_actions.copy->setEnabled(false);
    m_feed->setLive(false);
    m_counts->setLive(false);
}

void DeliveriesPage::updateActions()
{
    const QStringList ids = selectedIds();
    m_actions.open->setEnabled(!ids.isEmpty());
    m_actions.copy->setEnabled(!ids.isEmpty());
    m_actions.replay->setEnabled(std::any_of(ids.begin(), ids.end(), [this](const QString &id) {
        const auto *delivery = m_model->find(id);
        return delivery && isFinished(delivery->state);
    }));
    m_actions.replay->setText(ids.size() > 1 ? tr("&Replay %Ln Selected", "deliveries", static_cast<int>(ids.size()))
                                             : tr("&Replay"));
}

QStringList DeliveriesPage::selectedIds() const
{
    QStringList ids;
    if (m_ui) {
        const auto rows = m_ui->deliveriesTableView->selectionModel()->selectedRows();
        for (const auto &index : rows) {
            ids.append(index.data(DeliveriesModel::IdRole).toString());
        }
    }
    return ids;
}

void DeliveriesPage::showContextMenu(const QPoint &position)
{
    if (selectedIds().isEmpty()) {
        return;
    }
    QMenu menu(this);
    menu.addActions({m_actions.open, m_actions.replay});
    menu.addSeparator();
    menu.addAction(m_actions.copy);
    menu.exec(m_ui->deliveriesTableView->viewport()->mapToGlobal(position));
}

/// One: its message id, to look for in a receiver's log. Several: the rows as a table.
void DeliveriesPage::copySelected()
{
    auto rows = m_ui->deliveriesTableView->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const auto &row : std::as_const(rows)) {
        const auto *delivery = m_model->at(row.row());
        if (rows.size() == 1) {
            lines.append(delivery->messageId);
            break;
        }
        QStringList cells{delivery->messageId, delivery->createdAt.toString(Qt::ISODateWithMs)};
        for (int column = DeliveriesModel::State; column < DeliveriesModel::ColumnCount; ++column) {
            cells.append(row.siblingAtColumn(column).data().toString());
        }
        lines.append(cells.join(u'\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
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
        makeRoom(true);
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
    if (m_panel && m_panel->isVisible()) {
        m_opensBySelection = false;
        m_preferences.setState(deliveriesSplitter, m_ui->splitter->saveState());
        m_panel->hide();
        makeRoom(false);
        m_ui->deliveriesTableView->setFocus();
    }
}

void DeliveriesPage::makeRoom(bool beside)
{
    auto *table = m_ui->deliveriesTableView;
    constexpr int forNames = 200; // the webhook's and the integration's
    // What the panel says anyway goes first.
    for (const int column : {DeliveriesModel::Duration, DeliveriesModel::Attempts, DeliveriesModel::Status}) {
        table->setColumnHidden(column, false);
    }
    int room = m_ui->splitter->width() - std::max(deliveryPanelWidth, m_panel ? m_panel->width() : 0) - forNames;
    for (int column = 0; column < DeliveriesModel::ColumnCount; ++column) {
        const bool isName = column == DeliveriesModel::Webhook || column == DeliveriesModel::Integration;
        room -= isName ? 0 : table->columnWidth(column);
    }
    for (const int column : {DeliveriesModel::Duration, DeliveriesModel::Attempts, DeliveriesModel::Status}) {
        if (beside && room < 0) {
            room += table->columnWidth(column);
            table->setColumnHidden(column, true);
        }
    }
}

bool DeliveriesPage::stepBack()
{
    if (!m_ui) {
        return false;
    }
    if (m_panel && m_panel->isVisible()) {
        closePanel();
    } else if (m_ended) {
        setEnded({});
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
