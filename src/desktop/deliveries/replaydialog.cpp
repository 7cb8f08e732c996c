// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replaydialog.h"

#include "deliverytext.h"
#include "httpstatusrange.h"
#include "momenttext.h"
#include "problemlabel.h"
#include "replayjob.h"
#include "ui_replaydialog.h"

#include <QAction>

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Tocsin {

namespace {

constexpr auto countPause = 250ms; // after a change, and at least between two counts
constexpr auto progressAfter = 300ms; // what ends within that shows no progress
constexpr qsizetype namedWebhooks = 3; // and one more, rather than to count it
constexpr int widestWords = 200; // pixels
const QString momentFormat = u"yyyy-MM-dd HH:mm"_s;

int forPlural(qint64 count)
{
    return static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

QString momentInWords(const std::optional<QDateTime> &moment)
{
    return moment ? moment->toLocalTime().toString(momentFormat) : QString();
}

QString statusesInWords(const QList<HttpStatusRange> &ranges)
{
    QStringList words;
    for (const auto &range : ranges) {
        if (range.last == 0) {
            words.append(u"none"_s);
        } else {
            words.append(range.first == range.last ? QString::number(range.first)
                                                   : QString(QString::number(range.first / 100) % u"xx"_s));
        }
    }
    return words.join(u", "_s);
}

} // namespace

ReplayDialog::ReplayDialog(Outbox &outbox, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ReplayDialog>())
    , m_outbox(outbox)
{
    m_ui->setupUi(this);
    m_ui->progressBar->hide();
    m_ui->busyIndicator->hide();
    m_ui->restCheckBox->hide();
    setUpFields();
    setUpCounting();
    connect(m_ui->cancelPushButton, &QPushButton::clicked, this, &ReplayDialog::reject);
    connect(m_ui->replayPushButton, &QPushButton::clicked, this, &ReplayDialog::replay);
    readIntegrations();
    changed();
}

ReplayDialog::~ReplayDialog() = default;

void ReplayDialog::setUpFields()
{
    using States = QList<DeliveryState>;
    const auto add = [this](const QString &words, const States &states) {
        m_ui->stateComboBox->addItem(icon(symbolOf(states.constFirst()), roleOf(states.constFirst())), words,
                                     QVariant::fromValue(states));
    };
    add(tr("Dead"), {DeliveryState::Dead});
    add(tr("Superseded"), {DeliveryState::Superseded});
    add(tr("Dead or superseded"), {DeliveryState::Dead, DeliveryState::Superseded});
    add(tr("Delivered"), {DeliveryState::Delivered});
    setWebhooks({});
    m_ui->integrationComboBox->addItem(tr("All integrations"), QString());
    m_ui->sinceProblemLabel->setField(m_ui->sinceLineEdit);
    m_ui->untilProblemLabel->setField(m_ui->untilLineEdit);
    m_ui->statusProblemLabel->setField(m_ui->statusLineEdit);
    for (auto *comboBox : {m_ui->stateComboBox, m_ui->webhookComboBox, m_ui->integrationComboBox}) {
        connect(comboBox, &QComboBox::currentIndexChanged, this, &ReplayDialog::changed);
    }
    for (auto *line : {m_ui->sinceLineEdit, m_ui->untilLineEdit, m_ui->statusLineEdit}) {
        connect(line, &QLineEdit::textChanged, this, &ReplayDialog::changed);
        if (auto *clear = line->findChild<QAction *>(u"_q_qlineeditclearaction"_s)) { // Qt's own, without words
            clear->setText(tr("Clear %1", "a field").arg(line->accessibleName()));
        }
    }
    connect(m_ui->restCheckBox, &QCheckBox::toggled, this, &ReplayDialog::changed);
}

void ReplayDialog::setUpCounting()
{
    m_next.setSingleShot(true);
    m_next.setInterval(countPause);
    connect(&m_next, &QTimer::timeout, this, &ReplayDialog::count);
    m_patience.setSingleShot(true);
    m_patience.setInterval(progressAfter);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_ui->busyIndicator->setVisible(!isReplaying());
        m_ui->progressBar->setVisible(isReplaying());
    });
    connect(&m_outbox, &Outbox::changed, this, [this] {
        if (!m_next.isActive()) {
            m_next.start();
        }
    });
}

void ReplayDialog::setWebhooks(const QList<Choice> &webhooks)
{
    const QString chosen = m_ui->webhookComboBox->currentData().toString();
    {
        const QSignalBlocker quiet(m_ui->webhookComboBox);
        m_ui->webhookComboBox->clear();
        m_ui->webhookComboBox->addItem(tr("All webhooks"), QString());
        for (const auto &webhook : webhooks) {
            m_ui->webhookComboBox->addItem(webhook.name, webhook.id);
        }
        m_ui->webhookComboBox->setCurrentIndex(std::max(0, m_ui->webhookComboBox->findData(chosen)));
    }
    changed();
}

void ReplayDialog::readIntegrations()
{
    m_outbox.integrations(this, [this](const Result<QList<IntegrationState>> &integrations) {
        if (integrations) {
            showIntegrations(*integrations);
        }
    });
}

void ReplayDialog::showIntegrations(const QList<IntegrationState> &integrations)
{
    const QSignalBlocker quiet(m_ui->integrationComboBox);
    const QString chosen = m_ui->integrationComboBox->currentData().toString();
    for (const auto &integration : integrations) {
        if (integration.id != chosen) {
            m_ui->integrationComboBox->addItem(
                tr("%1 (%2)", "an integration and its id").arg(integration.name, integration.id), integration.id);
        }
    }
}

void ReplayDialog::setFilter(const DeliveryFilter &filter, const QString &integrationName)
{
    auto states = filter.states;
    states.removeIf([](DeliveryState state) { return !isFinished(state); });
    const int state = m_ui->stateComboBox->findData(QVariant::fromValue(states));
    m_ui->stateComboBox->setCurrentIndex(std::max(0, state));
    m_ui->webhookComboBox->setCurrentIndex(std::max(0, m_ui->webhookComboBox->findData(filter.webhookId)));
    if (m_ui->integrationComboBox->findData(filter.integrationId) < 0) {
        m_ui->integrationComboBox->addItem(integrationName.isEmpty() ? filter.integrationId : integrationName,
                                           filter.integrationId);
    }
    m_ui->integrationComboBox->setCurrentIndex(m_ui->integrationComboBox->findData(filter.integrationId));
    m_ui->sinceLineEdit->setText(momentInWords(filter.since));
    m_ui->untilLineEdit->setText(momentInWords(filter.until));
    m_ui->statusLineEdit->setText(statusesInWords(filter.httpStatuses));
    m_rest = {.ended = filter.ended, .text = filter.text, .cause = filter.cause};
    QStringList rest;
    if (!m_rest.text.isEmpty()) {
        rest.append(tr("with “%1”").arg(fontMetrics().elidedText(m_rest.text, Qt::ElideRight, widestWords)));
    }
    if (m_rest.ended) {
        rest.append(tr("that ended %1").arg(spanInWords(m_rest.ended->start, m_rest.ended->end)));
    }
    if (m_rest.cause) {
        rest.append(tr("that died of the chosen cause"));
    }
    m_ui->restCheckBox->setText(tr("&Only those %1").arg(rest.join(u", "_s).replace(u'&', u"&&"_s)));
    m_ui->restCheckBox->setToolTip(m_rest.text);
    m_ui->restCheckBox->setVisible(!rest.isEmpty());
    m_ui->restCheckBox->setChecked(!rest.isEmpty());
    changed();
}

std::optional<DeliveryFilter> ReplayDialog::filter() const
{
    DeliveryFilter filter = m_ui->restCheckBox->isChecked() ? m_rest : DeliveryFilter();
    filter.states = m_ui->stateComboBox->currentData().value<QList<DeliveryState>>();
    filter.webhookId = m_ui->webhookComboBox->currentData().toString();
    filter.integrationId = m_ui->integrationComboBox->currentData().toString();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const auto &[line, moment] :
         {std::pair(m_ui->sinceLineEdit, &filter.since), std::pair(m_ui->untilLineEdit, &filter.until)}) {
        const QString text = line->text().trimmed();
        *moment = momentFromString(text, now);
        if (!text.isEmpty() && !*moment) {
            return std::nullopt;
        }
    }
    if (const QString statuses = m_ui->statusLineEdit->text().trimmed(); !statuses.isEmpty()) {
        const auto read = httpStatusesFromString(statuses);
        if (!read) {
            return std::nullopt;
        }
        filter.httpStatuses = *read;
    }
    return filter;
}

/// Says beside each field what is wrong with it; false where something is.
bool ReplayDialog::judge()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto momentProblems = [&now](const QLineEdit *line) {
        const QString text = line->text().trimmed();
        return text.isEmpty() || momentFromString(text, now)
            ? Problems()
            : Problems{{.severity = Severity::Error,
                        .field = {},
                        .message = tr("This is no time such as 2026-01-31 08:00, and no age such as 2h."),
                        .position = {}}};
    };
    const QString statuses = m_ui->statusLineEdit->text().trimmed();
    const Problems ofStatus = statuses.isEmpty() || httpStatusesFromString(statuses)
        ? Problems()
        : Problems{{.severity = Severity::Error,
                    .field = {},
                    .message = tr("Write statuses such as 503 or 5xx, separated by commas, or none."),
                    .position = {}}};
    const Problems ofSince = momentProblems(m_ui->sinceLineEdit);
    const Problems ofUntil = momentProblems(m_ui->untilLineEdit);
    m_ui->sinceProblemLabel->setProblems(ofSince);
    m_ui->untilProblemLabel->setProblems(ofUntil);
    m_ui->statusProblemLabel->setProblems(ofStatus);
    return ofSince.isEmpty() && ofUntil.isEmpty() && ofStatus.isEmpty();
}

void ReplayDialog::changed()
{
    m_forecast.reset();
    m_isStale = m_isCounting;
    if (judge()) {
        m_next.start();
    } else {
        m_next.stop();
    }
    showCount();
}

void ReplayDialog::count()
{
    const auto chosen = filter();
    m_countsAgain = m_isCounting;
    if (m_isCounting || isReplaying() || !chosen) {
        return;
    }
    m_isCounting = true;
    m_isStale = false;
    m_patience.start();
    m_outbox.forecastReplay(*chosen, this, [this](const Result<ReplayForecast> &forecast) { showForecast(forecast); });
}

void ReplayDialog::showForecast(const Result<ReplayForecast> &forecast)
{
    m_isCounting = false;
    m_patience.stop();
    m_ui->busyIndicator->hide();
    if (std::exchange(m_countsAgain, false)) {
        m_next.start();
    }
    if (isReplaying() || m_isStale) {
        return;
    }
    if (forecast) {
        m_forecast = *forecast;
        showCount();
    } else {
        m_ui->countLabel->setText(forecast.error().message);
    }
}

void ReplayDialog::showCount()
{
    m_ui->countLabel->setText(countInWords());
    const qint64 count = m_forecast ? m_forecast->count : 0;
    m_ui->replayPushButton->setText(count > 0 ? tr("&Replay %Ln", "deliveries", forPlural(count)) : tr("&Replay"));
    m_ui->replayPushButton->setEnabled(count > 0);
    m_ui->replayPushButton->setToolTip(count > 0 ? tr("Send them again, in their order and under their ids")
                                                 : m_ui->countLabel->text());
    m_ui->replayPushButton->setAccessibleDescription(m_ui->countLabel->text());
}

QString ReplayDialog::countInWords() const
{
    if (!m_forecast) {
        return filter() ? tr("Counting…") : tr("Nothing can be counted until what is marked is right.");
    }
    const auto ofRemoved = m_forecast->ofRemoved;
    if (m_forecast->count == 0) {
        return ofRemoved > 0 ? tr("There is nothing to replay: the webhooks of these %Ln deliveries were removed.",
                                  nullptr, forPlural(ofRemoved))
                             : tr("No delivery matches these filters.");
    }
    QStringList sentences{tr("%Ln deliveries will be sent again.", nullptr, forPlural(m_forecast->count))};
    if (m_forecast->webhooks.size() > 1) {
        QStringList shares;
        const auto all = m_forecast->webhooks.size();
        const auto named = m_forecast->webhooks.first(all > namedWebhooks + 1 ? namedWebhooks : all);
        for (const auto &share : named) {
            shares.append(tr("%1 (%2)", "a webhook, how many deliveries")
                              .arg(share.webhookName, QLocale().toString(share.count)));
        }
        if (const auto more = all - named.size(); more > 0) {
            shares.append(tr("%Ln more webhooks", nullptr, static_cast<int>(more)));
        }
        sentences.append(tr("By webhook: %1.").arg(shares.join(u", "_s)));
    }
    if (ofRemoved > 0) {
        sentences.append(tr("%Ln of removed webhooks are left out.", nullptr, forPlural(ofRemoved)));
    }
    return sentences.join(u' ');
}

void ReplayDialog::replay()
{
    if (!m_forecast || m_forecast->count == 0 || isReplaying()) {
        return;
    }
    m_next.stop();
    m_focusLoan.lend({m_ui->filtersWidget, m_ui->replayPushButton}, m_ui->cancelPushButton);
    m_ui->filtersWidget->setEnabled(false);
    m_ui->replayPushButton->setEnabled(false);
    m_ui->cancelPushButton->setText(tr("Stop"));
    m_ui->progressBar->setRange(0, 100);
    m_ui->progressBar->setValue(0);
    m_job = m_outbox.replayMatching(m_forecast->filter);
    connect(m_job, &ReplayJob::progressed, this, &ReplayDialog::showProgress);
    connect(m_job, &ReplayJob::finished, this, &ReplayDialog::end);
    m_patience.start();
}

void ReplayDialog::showProgress(qint64 replayed)
{
    const qint64 count = std::max<qint64>(m_forecast ? m_forecast->count : 1, 1);
    m_ui->progressBar->setValue(static_cast<int>(std::min<qint64>(100, 100 * replayed / count)));
    m_ui->countLabel->setText(tr("Replayed %1 of %2.").arg(QLocale().toString(replayed), QLocale().toString(count)));
}

void ReplayDialog::end(const ReplayOutcome &outcome)
{
    m_patience.stop();
    m_job.clear();
    const QString replayed = tr("%Ln deliveries will be sent again.", nullptr, forPlural(outcome.replayed));
    if (outcome.fault) {
        Q_EMIT message({.text = QString(outcome.fault->message % u' ' % replayed), .role = ColorRole::Error});
    } else if (outcome.isStopped) {
        Q_EMIT message({.text = tr("The replay was stopped: %1").arg(replayed), .role = ColorRole::Warning});
    } else {
        Q_EMIT message({.text = replayed, .role = ColorRole::Success});
    }
    accept();
}

void ReplayDialog::reject()
{
    if (isReplaying()) {
        m_job->cancel();
        m_ui->cancelPushButton->setEnabled(false);
        m_ui->countLabel->setText(tr("Stopping…"));
    } else {
        QDialog::reject();
    }
}

} // namespace Tocsin

#include "moc_replaydialog.cpp"
