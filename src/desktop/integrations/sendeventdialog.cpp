// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sendeventdialog.h"

#include "codeeditor.h"
#include "firing.h"
#include "icons.h"
#include "integrationwords.h"
#include "metrics.h"
#include "problemlabel.h"
#include "ui_sendeventdialog.h"

#include <QPushButton>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace Tocsin {

namespace {
constexpr auto progressAfter = 300ms; // what ends within that shows no progress
using EventField = EventDraft::Field;
} // namespace

SendEventDialog::SendEventDialog(Outbox &outbox, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::SendEventDialog>())
    , m_outbox(outbox)
    , m_ownTime(m_draft.value(EventField::EventTime))
    , m_untouched(m_draft.text())
{
    m_ui->setupUi(this);
    m_ui->webhooksListWidget->setIconSize({Metrics::icon, Metrics::icon});
    m_ui->busyIndicator->hide();
    m_ui->resultWidget->hide();
    m_ui->sendPushButton->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_ui->sendPushButton->setToolTip(tr("Accepts the event and delivers it (%1)")
                                         .arg(m_ui->sendPushButton->shortcut().toString(QKeySequence::NativeText)));
    setUpForm();
    setUpJson();
    setKnown({}, {});
    connect(&m_draft, &EventDraft::changed, this, &SendEventDialog::showDraft);
    connect(m_ui->forceCheckBox, &QCheckBox::toggled, this, &SendEventDialog::showForecast);
    connect(m_ui->sendPushButton, &QPushButton::clicked, this, &SendEventDialog::send);
    connect(m_ui->closePushButton, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->deliveriesPushButton, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT deliveriesRequested();
    });
    showDraft();
}

SendEventDialog::~SendEventDialog() = default;

void SendEventDialog::setUpForm()
{
    setUpField(EventField::Id, m_ui->idLineEdit, m_ui->idProblemLabel);
    setUpField(EventField::Name, m_ui->nameLineEdit, m_ui->nameProblemLabel);
    setUpField(EventField::Type, m_ui->typeLineEdit, m_ui->typeProblemLabel);
    setUpField(EventField::EventType, m_ui->eventTypeLineEdit, m_ui->eventTypeProblemLabel);
    setUpField(EventField::EventTime, m_ui->eventTimeLineEdit, m_ui->eventTimeProblemLabel);
    m_ui->statusProblemLabel->setField(m_ui->statusComboBox);
    m_problemLabels.insert(EventDraft::pathOf(EventField::Status), m_ui->statusProblemLabel);
    for (const auto status : allIntegrationStatuses()) {
        m_ui->statusComboBox->addItem(iconOf(status), toString(status));
    }
    connect(m_ui->statusComboBox, &QComboBox::currentTextChanged, this,
            [this](const QString &status) { m_draft.setValue(EventField::Status, status); });
    connect(m_ui->issuesEdit, &IssuesEdit::changed, this, [this] { m_draft.setIssues(m_ui->issuesEdit->issues()); });
    connect(m_ui->nowPushButton, &QPushButton::clicked, this, [this] {
        m_draft.setTimeToNow();
        m_ownTime = m_draft.value(EventField::EventTime);
    });
    connect(m_ui->integrationComboBox, &QComboBox::activated, this,
            [this] { choose(m_ui->integrationComboBox->currentData().toString()); });
}

void SendEventDialog::setUpField(EventField field, QLineEdit *edit, ProblemLabel *problem)
{
    problem->setField(edit);
    m_edits.insert(field, edit);
    m_problemLabels.insert(EventDraft::pathOf(field), problem);
    connect(edit, &QLineEdit::textChanged, this, [this, field](const QString &text) { m_draft.setValue(field, text); });
}

void SendEventDialog::setUpJson()
{
    m_ui->jsonEditor->setLanguage(CodeLanguage::JsonText);
    m_ui->jsonEditor->setLineRange(8, 30);
    m_ui->jsonProblemLabel->setField(m_ui->jsonEditor);
    connect(m_ui->jsonEditor, &CodeEditor::textChanged, this, [this] { m_draft.setText(m_ui->jsonEditor->text()); });
}

void SendEventDialog::setKnown(const QList<IntegrationState> &integrations, const QList<Webhook> &webhooks)
{
    m_integrations = integrations;
    m_webhooks = webhooks;
    const QSignalBlocker blocker(m_ui->integrationComboBox);
    m_ui->integrationComboBox->clear();
    m_ui->integrationComboBox->addItem(tr("New integration"));
    for (const auto &integration : integrations) {
        m_ui->integrationComboBox->addItem(
            tr("%1 (%2)", "an integration and its id").arg(integration.name, integration.id), integration.id);
    }
    showDraft();
}

void SendEventDialog::choose(const QString &integrationId)
{
    const auto *integration = known(integrationId);
    m_draft.setValue(EventField::Id, integration ? integration->id : QString());
    m_draft.setValue(EventField::Name, integration ? integration->name : QString());
    m_draft.setValue(EventField::Type, integration ? integration->type : QString());
}

const IntegrationState *SendEventDialog::known(const QString &id) const
{
    const auto found = std::find_if(m_integrations.begin(), m_integrations.end(),
                                    [&id](const IntegrationState &integration) { return integration.id == id; });
    return found == m_integrations.end() || id.isEmpty() ? nullptr : &*found;
}

void SendEventDialog::showDraft()
{
    for (auto edit = m_edits.cbegin(); edit != m_edits.cend(); ++edit) {
        const QSignalBlocker blocker(edit.value());
        if (edit.value()->text() != m_draft.value(edit.key())) {
            edit.value()->setText(m_draft.value(edit.key()));
        }
    }
    {
        const QSignalBlocker blocker(m_ui->statusComboBox);
        m_ui->statusComboBox->setCurrentIndex(m_ui->statusComboBox->findText(m_draft.value(EventField::Status)));
    }
    {
        const QSignalBlocker blocker(m_ui->issuesEdit);
        m_ui->issuesEdit->setIssues(m_draft.issues());
    }
    {
        const QSignalBlocker blocker(m_ui->integrationComboBox);
        m_ui->integrationComboBox->setCurrentIndex(
            known(m_draft.value(EventField::Id)) ? m_ui->integrationComboBox->findData(m_draft.value(EventField::Id))
                                                 : 0);
    }
    if (m_ui->jsonEditor->text() != m_draft.text()) {
        const QSignalBlocker blocker(m_ui->jsonEditor);
        m_ui->jsonEditor->replaceText(m_draft.text());
    }
    m_ui->formWidget->setEnabled(m_draft.isReadable());
    showProblems();
    showForecast();
}

void SendEventDialog::showProblems()
{
    m_ui->jsonEditor->setProblems(m_draft.problems());
    m_ui->jsonProblemLabel->setProblems(m_draft.problems());
    m_ui->formProblemLabel->setProblems(m_draft.isReadable() ? Problems() : m_draft.problems());
    for (auto label = m_problemLabels.cbegin(); label != m_problemLabels.cend(); ++label) {
        Problems here;
        for (Problem problem : m_draft.problems()) {
            if (problem.field == label.key() && m_draft.text() != m_untouched) {
                problem.position = {}; // a line of the JSON, which is not seen here
                problem.message = inFormsWords(problem);
                here.append(problem);
            }
        }
        label.value()->setProblems(here);
    }
}

/// The form has names for its fields, not paths.
QString SendEventDialog::inFormsWords(const Problem &problem) const
{
    for (auto edit = m_edits.cbegin(); edit != m_edits.cend(); ++edit) {
        if (EventDraft::pathOf(edit.key()) == problem.field && m_draft.isReadable()
            && m_draft.value(edit.key()).isEmpty()) {
            return tr("%1 is empty.", "a field").arg(edit.value()->accessibleName());
        }
    }
    return problem.message;
}

void SendEventDialog::showForecast()
{
    m_ui->webhooksListWidget->clear();
    m_ui->sendPushButton->setEnabled(m_draft.eventToSend() && !m_isSending);
    if (!m_draft.eventToSend()) {
        const auto &problems = m_draft.problems();
        m_ui->forecastLabel->setText(
            problems.isEmpty() ? tr("The event is not complete yet.")
                               : tr("The event is not complete yet. %1").arg(inFormsWords(problems.constFirst())));
        return;
    }
    const auto *integration = known(m_draft.eventToSend()->integrationId);
    const auto before = integration ? integration->status : std::nullopt;
    const auto result = forecast(m_webhooks, *m_draft.eventToSend(), before, m_ui->forceCheckBox->isChecked(), m_mutes);
    m_ui->forecastLabel->setText(
        forecastInWords(result, *m_draft.eventToSend(), integration ? integration->since : std::nullopt));
    for (const auto &line : result.lines) {
        const bool fires = !line.obstacles && !result.isSuppressed;
        const QString reason = result.isSuppressed && !line.obstacles ? tr("would fire if the status changed")
                                                                      : firingInWords(line, *m_draft.eventToSend());
        const ColorRole firing = line.mute ? ColorRole::Warning : ColorRole::Success;
        auto *item = new QListWidgetItem(icon(fires ? firing : ColorRole::Inactive),
                                         tr("%1: %2", "a webhook and what it does").arg(line.webhookName, reason),
                                         m_ui->webhooksListWidget);
        item->setToolTip(item->text());
    }
}

void SendEventDialog::send()
{
    if (m_draft.value(EventField::EventTime) == m_ownTime) {
        m_draft.setTimeToNow();
        m_ownTime = m_draft.value(EventField::EventTime);
    }
    if (!m_draft.eventToSend() || m_isSending) {
        return;
    }
    m_isSending = true;
    m_ui->resultWidget->hide();
    m_ui->closePushButton->setText(tr("Stop Waiting"));
    m_focusLoan.lend({m_ui->sendPushButton}, m_ui->closePushButton);
    showForecast();
    QTimer::singleShot(progressAfter, m_ui->busyIndicator, [this] { m_ui->busyIndicator->setVisible(m_isSending); });
    m_outbox.accept({*m_draft.eventToSend()}, m_ui->forceCheckBox->isChecked(), this,
                    [this](const Result<QList<AcceptedEvent>> &result) { sent(result); });
}

void SendEventDialog::sent(const Result<QList<AcceptedEvent>> &result)
{
    m_isSending = false;
    m_ui->busyIndicator->hide();
    m_ui->closePushButton->setText(tr("Close"));
    if (!result) {
        showResult(false, tr("The event was not accepted: %1").arg(result.error().message), false);
    } else if (result->constFirst().suppressed) {
        showResult(true, tr("Accepted and suppressed. %1").arg(result->constFirst().suppressedReason), false);
    } else {
        const int fired = static_cast<int>(result->constFirst().deliveryIds.size());
        showResult(true,
                   fired == 0 ? tr("Accepted; no webhook fires.") : tr("Accepted, %n webhook(s) fire.", nullptr, fired),
                   fired > 0);
    }
    showForecast();
    m_focusLoan.giveBack(m_ui->closePushButton);
}

void SendEventDialog::showResult(bool isGood, const QString &sentence, bool hasDeliveries)
{
    const ColorRole role = isGood ? ColorRole::Success : ColorRole::Error;
    m_ui->resultDot->setStatus(role, sentence);
    m_ui->resultLabel->setText(sentence);
    m_ui->deliveriesPushButton->setVisible(hasDeliveries);
    m_ui->resultWidget->show();
}

} // namespace Tocsin

#include "moc_sendeventdialog.cpp"
