// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The filters of the Deliveries page, and what follows from them.
#include "deathcausesview.h"
#include "deliveriesmodel.h"
#include "deliveriespage.h"
#include "deliverycommands.h"
#include "deliverycountswatch.h"
#include "deliverytext.h"
#include "filterchip.h"
#include "icons.h"
#include "preferences.h"
#include "replaydialog.h"
#include "ui_deliveriespage.h"

#include <QButtonGroup>
#include <QMenu>
#include <QToolButton>

#include <utility>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Tocsin {

namespace {

constexpr auto typingPause = 250ms;
constexpr int widestName = 200; // pixels
const QString deliveriesGrouping = u"deliveriesGrouping"_s;

QList<DeliveryState> statesOf(int chip)
{
    static const std::array<QList<DeliveryState>, 5> states{
        QList<DeliveryState>{},
        {DeliveryState::Delivered},
        {DeliveryState::Pending, DeliveryState::Sending, DeliveryState::Waiting},
        {DeliveryState::Dead},
        {DeliveryState::Superseded},
    };
    return states.at(static_cast<std::size_t>(chip));
}

} // namespace

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
    setUpChips();
    setUpChart();
    setUpCauses();

    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPause);
    connect(&m_typing, &QTimer::timeout, this, &DeliveriesPage::applyFilters);
    connect(m_ui->searchLineEdit, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_ui->searchLineEdit, &QLineEdit::returnPressed, this, [this] {
        applyFilters();
        m_ui->deliveriesTableView->setFocus();
    });
    connect(m_ui->webhookComboBox, &QComboBox::currentIndexChanged, this, &DeliveriesPage::applyFilters);
    connect(m_ui->spanComboBox, &QComboBox::currentIndexChanged, this, [this] { setEnded({}); });
}

void DeliveriesPage::setUpChips()
{
    const std::array<QString, ChipCount> words{tr("All", "deliveries of any state"), tr("Delivered"), tr("Waiting"),
                                               tr("Dead"), tr("Superseded")};
    auto *choices = new QButtonGroup(this);
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        auto *chip = new FilterChip(FilterChip::Kind::Choice, m_ui->listWidget);
        choices->addButton(chip);
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
    m_chips.at(SupersededChip)->setToolTip(tr("Not sent, since a newer status of the integration made them pointless"));
    m_chips.at(SupersededChip)->hide(); // until there is one
    {
        const QSignalBlocker quiet(m_chips.at(AllChip)); // not all filters are there yet
        m_chips.at(AllChip)->setChecked(true);
    }
    m_endedChip = new FilterChip(FilterChip::Kind::Removable, m_ui->listWidget);
    m_endedChip->hide();
    m_integrationChip = new FilterChip(FilterChip::Kind::Removable, m_ui->listWidget);
    m_integrationChip->hide();
    m_ui->chipsLayout->addWidget(m_integrationChip);
    m_ui->chipsLayout->addWidget(m_endedChip);
    m_ui->chipsLayout->addStretch();
    connect(m_integrationChip, &FilterChip::removeRequested, this, [this] {
        setIntegration({}, {});
        m_ui->deliveriesTableView->setFocus();
    });
    connect(m_endedChip, &FilterChip::removeRequested, this, [this] {
        setEnded({});
        m_ui->chart->setFocus();
    });
}

void DeliveriesPage::setUpChart()
{
    connect(m_feed, &DeliveriesFeed::timelineChanged, this,
            [this, usage = m_ui->chart->accessibleDescription()](const DeliveryTimeline &timeline) {
                m_ui->chart->setTimeline(timeline);
                const QString limit = m_ui->chart->limitInWords();
                m_ui->chart->setAccessibleDescription(limit.isEmpty() ? usage : limit % u". "_s % usage);
            });
    connect(m_ui->chart, &DeliveriesChart::chosen, this, [this](const TimeRange &range) { setEnded(range); });
    connect(m_ui->chart, &DeliveriesChart::released, this, [this] { setEnded({}); });
}

void DeliveriesPage::setUpCauses()
{
    m_grouping = new QToolButton(m_ui->listWidget);
    m_grouping->setText(tr("Group by Cause"));
    m_grouping->setToolTip(tr("Show the dead deliveries by what they died of"));
    m_grouping->setCheckable(true);
    m_grouping->setAutoRaise(true);
    m_grouping->setChecked(m_preferences.state(deliveriesGrouping) != "off");
    m_grouping->hide();
    m_ui->chipsLayout->addWidget(m_grouping);
    connect(m_grouping, &QToolButton::toggled, this, [this](bool on) {
        m_preferences.setState(deliveriesGrouping, on ? "on" : "off");
        applyFilters();
    });
    m_causes = new DeathCausesView(m_ui->listWidget);
    m_causes->hide();
    m_ui->listLayout->insertWidget(m_ui->listLayout->indexOf(m_ui->splitter), m_causes);
    connect(m_feed, &DeliveriesFeed::causesChanged, this, &DeliveriesPage::showCauses);
    connect(m_causes, &DeathCausesView::chosen, this, [this](const DeathCause &cause) { setCause(cause); });
    connect(m_causes, &DeathCausesView::released, this, [this] { setCause({}); });
    connect(m_causes, &DeathCausesView::editRequested, this, [this](const QString &webhookId, const QString &field) {
        Q_EMIT mendRequested({.webhookId = webhookId, .field = field});
    });
    connect(m_causes, &DeathCausesView::replayRequested, this,
            [this](const DeathCause &cause) { m_commands->replayCause(cause, m_causesFilter); });
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
    const QString wanted = std::exchange(m_wantedWebhook, {});
    const QString chosen = wanted.isEmpty() ? comboBox->currentData().toString() : wanted;
    QSet<QString> known;
    {
        const QSignalBlocker quiet(comboBox);
        while (comboBox->count() > 1) {
            comboBox->removeItem(1);
        }
        m_attemptsInAll.clear();
        for (const auto &webhook : webhooks) {
            known.insert(webhook.webhook.id);
            m_attemptsInAll.insert(webhook.webhook.id, static_cast<int>(webhook.webhook.retryDelays.size()) + 1);
            comboBox->addItem(webhook.webhook.name, webhook.webhook.id);
        }
        comboBox->setCurrentIndex(std::max(0, comboBox->findData(chosen)));
    }
    m_causes->setKnown(known);
    m_addButton->setVisible(webhooks.isEmpty());
    m_sendButton->setVisible(!webhooks.isEmpty());
    applyFilters();
    updateReplayDead();
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
    query.ended = m_ended;
    query.integrationId = m_integration;
    query.groupsDead = showsCauses();
    if (m_cause && !query.groupsDead) {
        m_cause.reset();
        m_causes->setChosen({});
    }
    if (m_cause) {
        query.cause = m_cause->key;
        query.causeWebhook = m_cause->webhookId;
    }
    m_grouping->setVisible(m_chips.at(DeadChip)->isChecked());
    m_causes->setVisible(query.groupsDead && !m_causes->isEmpty());
    m_ui->chart->setStates(query.states);
    if (query != m_feed->query()) {
        m_patience.start();
        m_feed->setQuery(query);
    }
}

void DeliveriesPage::clearFilters()
{
    setFilters(AllChip, {});
}

void DeliveriesPage::showIntegration(const QString &id, const QString &name)
{
    setFilters(AllChip, {});
    setIntegration(id, name);
}

void DeliveriesPage::showWebhook(const QString &id)
{
    setFilters(AllChip, id);
}

void DeliveriesPage::showFound(const QString &text)
{
    setFilters(AllChip, {});
    m_ui->searchLineEdit->setText(text);
}

void DeliveriesPage::setIntegration(const QString &id, const QString &name)
{
    m_integration = id;
    m_integrationChip->setVisible(!id.isEmpty());
    const QString words = fontMetrics().elidedText(name.isEmpty() ? id : name, Qt::ElideRight, widestName);
    m_integrationChip->setText(words);
    m_integrationChip->setAccessibleName(tr("Show other integrations than %1, too").arg(name.isEmpty() ? id : name));
    m_integrationChip->setToolTip(m_integrationChip->accessibleName());
    applyFilters();
}

bool DeliveriesPage::showsCauses() const
{
    return m_grouping->isChecked() && m_chips.at(DeadChip)->isChecked();
}

void DeliveriesPage::setCause(const std::optional<DeathCause> &cause)
{
    m_cause = cause;
    m_causes->setChosen(cause);
    applyFilters();
}

void DeliveriesPage::showCauses(const QList<DeathCause> &causes, const DeliveryFilter &filter)
{
    m_causesFilter = filter;
    m_causes->setCauses(causes);
    m_causes->setVisible(showsCauses() && !causes.isEmpty());
    if (m_cause && !m_causes->isChosenThere()) { // replayed, or forgotten
        setCause({});
    }
}

void DeliveriesPage::showDead(const QString &webhookId)
{
    setFilters(DeadChip, webhookId);
}

/// With deliveries of any age: one that dies may have been tried for days.
void DeliveriesPage::setFilters(Chip chip, const QString &webhookId)
{
    {
        const QSignalBlocker quietWebhook(m_ui->webhookComboBox);
        const QSignalBlocker quietSpan(m_ui->spanComboBox);
        const QSignalBlocker quietChip(m_chips.at(chip));
        const int webhook = m_ui->webhookComboBox->findData(webhookId);
        m_wantedWebhook = webhook < 0 ? webhookId : QString();
        m_ui->webhookComboBox->setCurrentIndex(std::max(0, webhook));
        m_ui->spanComboBox->setCurrentIndex(m_ui->spanComboBox->count() - 1);
        m_ui->searchLineEdit->clear();
        m_chips.at(chip)->setChecked(true);
    }
    m_cause.reset();
    m_causes->setChosen({});
    m_integration.clear();
    m_integrationChip->hide();
    setEnded({});
}

void DeliveriesPage::setEnded(const std::optional<TimeRange> &range)
{
    m_ended = range;
    m_ui->chart->setChosen(range);
    m_endedChip->setVisible(range.has_value());
    if (range) {
        const QString words = spanInWords(range->start, range->end);
        m_endedChip->setText(words);
        m_endedChip->setAccessibleName(tr("Show other times than %1, too").arg(words));
        m_endedChip->setToolTip(m_endedChip->accessibleName());
    }
    applyFilters();
}

void DeliveriesPage::showMatching(const MatchingDeliveries &matching)
{
    for (int chip = 0; chip < ChipCount; ++chip) {
        qint64 count = 0;
        bool isCut = false;
        const auto states = statesOf(chip);
        for (const auto state : states.isEmpty() ? allDeliveryStates() : states) {
            count += matching.states.value(state);
            isCut = isCut || matching.cut.contains(state);
        }
        if (chip == SupersededChip) {
            m_chips.at(SupersededChip)->setVisible(count > 0 || m_chips.at(SupersededChip)->isChecked());
        }
        const QString number = QLocale().toString(count);
        m_chips.at(static_cast<std::size_t>(chip))
            ->setCount(isCut ? tr("%1+", "a count, and there are more").arg(number) : number);
    }
}

void DeliveriesPage::updateReplayDead()
{
    m_replayDead->clear();
    const auto &webhooks = m_counts->counts().webhooks;
    for (int i = 1; m_ui && i < m_ui->webhookComboBox->count(); ++i) {
        const QString id = m_ui->webhookComboBox->itemData(i).toString();
        const QString name = m_ui->webhookComboBox->itemText(i);
        const qint64 dead = webhooks.value(id).value(DeliveryState::Dead);
        if (dead > 0) {
            const QString words = tr("%1 (%2)", "a webhook, how many dead deliveries")
                                      .arg(QString(name).replace(u'&', u"&&"_s), QLocale().toString(dead));
            connect(m_replayDead->addAction(words), &QAction::triggered, this,
                    [this, id, name, dead] { m_commands->replayAllDead(id, name, dead); });
        }
    }
    m_replayDead->setEnabled(!m_replayDead->isEmpty());
}

void DeliveriesPage::replayDead(const QString &webhookId, const QString &webhookName, qint64 count)
{
    m_commands->replayAllDead(webhookId, webhookName, count);
}

void DeliveriesPage::openReplayDialog()
{
    if (!m_replayDialog) {
        QList<ReplayDialog::Choice> webhooks;
        for (int i = 1; i < m_ui->webhookComboBox->count(); ++i) {
            webhooks.append(
                {.id = m_ui->webhookComboBox->itemData(i).toString(), .name = m_ui->webhookComboBox->itemText(i)});
        }
        m_replayDialog = new ReplayDialog(m_engine.outbox(), window());
        m_replayDialog->setAttribute(Qt::WA_DeleteOnClose);
        m_replayDialog->setWebhooks(webhooks);
        m_replayDialog->setFilter(m_feed->filter(), m_integrationChip->text());
        connect(m_replayDialog, &ReplayDialog::message, this, &DeliveriesPage::message);
    }
    m_replayDialog->open();
}

} // namespace Tocsin
