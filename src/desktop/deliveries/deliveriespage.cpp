// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliveriespage.h"

#include "deliveriesmodel.h"
#include "deliverycountswatch.h"
#include "filterchip.h"
#include "icons.h"
#include "metrics.h"
#include "preferences.h"
#include "rowselection.h"
#include "ui_deliveriespage.h"

#include <QHeaderView>
#include <QScrollBar>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Tocsin {

namespace {

const QString headerState = u"deliveriesHeader"_s;
constexpr auto typingPause = 250ms;

QList<DeliveryState> statesOf(int chip)
{
    static const std::array<QList<DeliveryState>, 4> states{
        QList<DeliveryState>{},
        {DeliveryState::Delivered},
        {DeliveryState::Pending, DeliveryState::Sending, DeliveryState::Waiting},
        {DeliveryState::Dead},
    };
    return states.at(static_cast<std::size_t>(chip));
}

} // namespace

DeliveriesPage::DeliveriesPage(Engine &engine, Preferences &preferences, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_preferences(preferences)
    , m_model(new DeliveriesModel(this))
    , m_feed(new DeliveriesFeed(*m_model, this))
    , m_counts(new DeliveryCountsWatch(this))
{
    setWindowTitle(tr("Deliveries"));
}

DeliveriesPage::~DeliveriesPage()
{
    if (m_isLoaded) {
        m_preferences.setState(headerState, m_ui->deliveriesTableView->horizontalHeader()->saveState());
    }
}

void DeliveriesPage::setOutbox(Outbox &outbox)
{
    m_feed->setOutbox(outbox);
    m_counts->setOutbox(outbox);
}

void DeliveriesPage::setVisible(bool visible)
{
    if (visible && !m_ui) {
        build();
    }
    QWidget::setVisible(visible);
}

void DeliveriesPage::build()
{
    m_ui = std::make_unique<Ui::DeliveriesPage>();
    m_ui->setupUi(this);
    m_ui->replayButton->hide();
    setUpFilters();
    setUpTable();
    setUpEmptyStates();
    updateShown();

    connect(m_feed, &DeliveriesFeed::aboutToMerge, this, &DeliveriesPage::rememberPlace);
    connect(m_feed, &DeliveriesFeed::merged, this, &DeliveriesPage::restorePlace);
    connect(m_feed, &DeliveriesFeed::loaded, this, [this] {
        m_isLoaded = true;
        m_ui->deliveriesTableView->scrollToTop();
        updateShown();
    });
    connect(m_feed, &DeliveriesFeed::matchingChanged, this, &DeliveriesPage::showMatching);
    connect(m_feed, &DeliveriesFeed::failed, this,
            [this](const QString &sentence) { Q_EMIT message({.text = sentence, .role = ColorRole::Error}); });
    connect(m_counts, &DeliveryCountsWatch::countsChanged, this, &DeliveriesPage::updateShown);
    connect(&m_engine.store(), &Store::changed, this, &DeliveriesPage::readWebhooks);
    readWebhooks();
}

void DeliveriesPage::setUpFilters()
{
    m_ui->searchLineEdit->addAction(icon(Symbol::Search, ColorRole::Inactive), QLineEdit::LeadingPosition)
        ->setText(m_ui->searchLineEdit->accessibleName());
    m_ui->webhookComboBox->addItem(tr("All webhooks"), QString());
    m_ui->spanComboBox->addItem(tr("1 hour"), static_cast<int>(TimeSpan::Hour));
    m_ui->spanComboBox->addItem(tr("24 hours"), static_cast<int>(TimeSpan::Day));
    m_ui->spanComboBox->addItem(tr("7 days"), static_cast<int>(TimeSpan::Week));
    m_ui->spanComboBox->addItem(tr("All", "deliveries of any age"), static_cast<int>(TimeSpan::All));
    m_ui->spanComboBox->setCurrentIndex(1);

    const std::array<QString, ChipCount> words{tr("All", "deliveries of any state"), tr("Delivered"), tr("Waiting"),
                                               tr("Dead")};
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        auto *chip = new FilterChip(FilterChip::Kind::Choice, m_ui->listWidget);
        chip->setText(words.at(i));
        chip->setAccessibleName(words.at(i));
        m_ui->chipsLayout->addWidget(chip);
        connect(chip, &QAbstractButton::toggled, this, [this](bool on) {
            if (on) {
                applyFilters();
            }
        });
        m_chips.at(i) = chip;
    }
    m_chips.at(WaitingChip)->setToolTip(tr("Pending, being sent, or waiting for the next attempt"));
    m_chips.at(AllChip)->setChecked(true);
    m_ui->chipsLayout->addStretch();

    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPause);
    connect(&m_typing, &QTimer::timeout, this, &DeliveriesPage::applyFilters);
    connect(m_ui->searchLineEdit, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_ui->searchLineEdit, &QLineEdit::returnPressed, this, [this] {
        applyFilters();
        m_ui->deliveriesTableView->setFocus();
    });
    connect(m_ui->webhookComboBox, &QComboBox::currentIndexChanged, this, &DeliveriesPage::applyFilters);
    connect(m_ui->spanComboBox, &QComboBox::currentIndexChanged, this, &DeliveriesPage::applyFilters);
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
    const int em = fontMetrics().averageCharWidth();
    for (const auto &[column, characters] :
         std::initializer_list<std::pair<int, int>>{{DeliveriesModel::Time, 15},
                                                    {DeliveriesModel::State, 26},
                                                    {DeliveriesModel::Webhook, 22},
                                                    {DeliveriesModel::Integration, 20},
                                                    {DeliveriesModel::Status, 12},
                                                    {DeliveriesModel::Http, 8},
                                                    {DeliveriesModel::Attempts, 11},
                                                    {DeliveriesModel::Duration, 11}}) {
        header->resizeSection(column, em * characters);
    }
    header->restoreState(m_preferences.state(headerState));
    header->setSectionResizeMode(DeliveriesModel::Integration, QHeaderView::Stretch);

    connect(table->verticalScrollBar(), &QScrollBar::valueChanged, this, &DeliveriesPage::updateSeen);
    connect(table->verticalScrollBar(), &QScrollBar::rangeChanged, this, &DeliveriesPage::updateSeen);
    followSelection(table);
}

void DeliveriesPage::setUpEmptyStates()
{
    m_ui->emptyWidget->setWords(Symbol::Deliveries, tr("No deliveries yet"),
                                tr("When an integration turns Warning or Error, this page shows which webhooks were "
                                   "called, what was sent and what came back, and what still waits."));
    connect(m_ui->emptyWidget->addAction(tr("Add Webhook"), true), &QPushButton::clicked, this,
            &DeliveriesPage::addRequested);
    m_ui->nothingFoundWidget->setWords(Symbol::Search, tr("Nothing found"),
                                       tr("No delivery is in this state, of this webhook, from this time and with "
                                          "these words."));
    connect(m_ui->nothingFoundWidget->addAction(tr("Show all deliveries"), false), &QPushButton::clicked, this,
            &DeliveriesPage::clearFilters);
}

void DeliveriesPage::readWebhooks()
{
    m_engine.store().webhooks(this, [this](const Result<QList<StoredWebhook>> &webhooks) {
        if (webhooks) {
            showWebhooks(*webhooks);
        } else {
            Q_EMIT message({.text = webhooks.error().message, .role = ColorRole::Error});
        }
    });
}

void DeliveriesPage::showWebhooks(const QList<StoredWebhook> &webhooks)
{
    auto *comboBox = m_ui->webhookComboBox;
    const QString chosen = comboBox->currentData().toString();
    {
        const QSignalBlocker quiet(comboBox);
        while (comboBox->count() > 1) {
            comboBox->removeItem(1);
        }
        for (const auto &webhook : webhooks) {
            comboBox->addItem(webhook.webhook.name, webhook.webhook.id);
        }
        comboBox->setCurrentIndex(std::max(0, comboBox->findData(chosen)));
    }
    applyFilters();
}

void DeliveriesPage::applyFilters()
{
    m_typing.stop();
    DeliveriesQuery query;
    for (int chip = 0; chip < ChipCount; ++chip) {
        if (m_chips.at(static_cast<std::size_t>(chip))->isChecked()) {
            query.states = statesOf(chip);
        }
    }
    query.webhookId = m_ui->webhookComboBox->currentData().toString();
    query.span = static_cast<TimeSpan>(m_ui->spanComboBox->currentData().toInt());
    query.text = m_ui->searchLineEdit->text().simplified();
    m_feed->setQuery(query);
}

void DeliveriesPage::clearFilters()
{
    {
        const QSignalBlocker quietWebhook(m_ui->webhookComboBox);
        const QSignalBlocker quietSpan(m_ui->spanComboBox);
        m_ui->webhookComboBox->setCurrentIndex(0);
        m_ui->spanComboBox->setCurrentIndex(m_ui->spanComboBox->count() - 1);
        m_ui->searchLineEdit->clear();
        m_chips.at(AllChip)->setChecked(true);
    }
    applyFilters();
}

void DeliveriesPage::showMatching(const MatchingDeliveries &matching)
{
    const auto count = [&matching](const QList<DeliveryState> &states) {
        qint64 sum = 0;
        for (const auto state : states.isEmpty() ? allDeliveryStates() : states) {
            sum += matching.states.value(state);
        }
        return sum;
    };
    for (int chip = 0; chip < ChipCount; ++chip) {
        const QString number = QLocale().toString(count(statesOf(chip)));
        m_chips.at(static_cast<std::size_t>(chip))
            ->setCount(matching.isAll ? number : tr("%1+", "a count, and there are more").arg(number));
    }
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
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_ui->searchLineEdit, m_ui->webhookComboBox, m_ui->spanComboBox}) {
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
    m_topRow = top > 0 ? QPersistentModelIndex(m_model->index(top, 0)) : QPersistentModelIndex();
}

void DeliveriesPage::restorePlace()
{
    if (m_topRow.isValid()) {
        m_ui->deliveriesTableView->verticalScrollBar()->setValue(m_topRow.row());
    }
    updateShown();
}

void DeliveriesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_feed->setLive(true);
    m_counts->setLive(true);
}

void DeliveriesPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_feed->setLive(false);
    m_counts->setLive(false);
}

bool DeliveriesPage::stepBack()
{
    if (m_ui && !m_ui->searchLineEdit->text().isEmpty()) {
        m_ui->searchLineEdit->clear();
        return true;
    }
    return false;
}

void DeliveriesPage::focusSearch()
{
    m_ui->searchLineEdit->setFocus(Qt::ShortcutFocusReason);
    m_ui->searchLineEdit->selectAll();
}

} // namespace Tocsin
