// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorpage.h"

#include "actionregistry.h"
#include "checkview.h"
#include "codeeditor.h"
#include "mutes.h"
#include "ownpalette.h"
#include "previewpanel.h"
#include "ui_editorpage.h"
#include "webhookform.h"

#include <QMessageBox>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

EditorPage::EditorPage(Engine &engine, ActionRegistry &actions, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_actions(actions)
    , m_ui(std::make_unique<Ui::EditorPage>())
{
    m_ui->setupUi(this);
    m_form = m_ui->form;
    m_form->setDraft(&m_draft);
    m_ui->scrollArea->viewport()->installEventFilter(this);
    setUpPanel();
    setUpPresets();
    connectBar();
    connectActions();
    keepPalette(m_ui->bar, [this] { updateBar(); });

    connect(m_ui->backButton, &QPushButton::clicked, this, &EditorPage::leave);
    connect(&m_draft, &WebhookDraft::changed, this, &EditorPage::draftChanged);
    connect(&m_draft, &WebhookDraft::loaded, this, &EditorPage::draftChanged);
    connect(&m_draft, &WebhookDraft::problemsChanged, this, &EditorPage::updateRefusal);
    connect(&m_engine.store(), &Store::changed, this, &EditorPage::loadKnown);
    connect(&m_engine.store(), &Store::changed, this, &EditorPage::watchStored);
    connect(m_ui->conflictBar, &ConflictBar::reloadRequested, this, &EditorPage::reload);
    connect(m_ui->conflictBar, &ConflictBar::keepRequested, this, [this] {
        if (m_elsewhere) {
            keepMine(StoredWebhook(*m_elsewhere));
        }
    });
    connect(m_ui->conflictBar, &ConflictBar::compareRequested, this, &EditorPage::compare);
    updateHeader();
}

EditorPage::~EditorPage()
{
    if (m_saveJob) {
        m_saveJob->disconnect(this);
    }
}

void EditorPage::setUpPanel()
{
    SidePanel *panel = m_ui->sidePanel;
    m_ui->splitter->setStretchFactor(0, formShare);
    m_ui->splitter->setStretchFactor(1, panelShare);
    // Kept as it was last drawn by hand: what a splitter says while the panel is closed has no width for it.
    connect(m_ui->splitter, &QSplitter::splitterMoved, this, [this] { m_layoutState = m_ui->splitter->saveState(); });
    connect(m_form, &WebhookForm::schemaRequested, panel, &SidePanel::showSchema);
    connect(m_form, &WebhookForm::previewRequested, panel, &SidePanel::showPreview);
    connect(panel, &SidePanel::insertRequested, m_form, [this](const QString &path) {
        m_form->bodyEditor()->insertPlaceholder(path);
        m_form->focusField(WebhookDraft::Field::BodyTemplate);
    });
    connect(panel, &SidePanel::mendRequested, this, [this](const MendPlace &place) {
        m_start = place;
        focusStart();
    });
    connect(panel, &SidePanel::validatorRequested, this, [this](const QString &jsonPath, const QString &value) {
        m_form->revealField(WebhookDraft::Field::ExpectedValues, m_draft.addExpectation(jsonPath, value));
    });
    // What was under the focus is gone; Esc and Tab go on from the form.
    connect(panel, &SidePanel::closed, m_form, [this] { m_form->setFocus(Qt::OtherFocusReason); });
}

void EditorPage::connectBar()
{
    connect(m_ui->testButton, &QPushButton::clicked, this, &EditorPage::test);
    connect(m_ui->checkButton, &QPushButton::clicked, this, &EditorPage::check);
    connect(m_ui->saveButton, &QPushButton::clicked, this, &EditorPage::save);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &EditorPage::leave);
    connect(m_ui->invocationButton, &QPushButton::clicked, this, &EditorPage::showInvocationData);
    connect(m_ui->stopButton, &QPushButton::clicked, this, &EditorPage::cancelJob);
    connect(&m_test, &TestRun::changed, this, &EditorPage::updateBar);
    connect(&m_check, &CheckRun::changed, this, &EditorPage::updateBar);
    connect(&m_check, &CheckRun::progressed, this, [this] { m_ui->sidePanel->check()->setResult(m_check.found()); });
    connect(&m_test, &TestRun::finished, this, &EditorPage::testFinished);
}

void EditorPage::connectActions()
{
    const auto doing = [this](Command command, QAbstractButton *button, const std::function<void()> &work) {
        m_actions.explain(command, *button);
        m_actions.serve(command, this, work);
    };
    doing(Command::SaveWebhook, m_ui->saveButton, [this] { save(); });
    doing(Command::Test, m_ui->testButton, [this] { test(); });
    doing(Command::Check, m_ui->checkButton, [this] { check(); });
    doing(Command::ViewInvocationData, m_ui->invocationButton, [this] { showInvocationData(); });
}

void EditorPage::cancelJob()
{
    if (m_saveJob) {
        m_saveJob->cancel();
    } else {
        if (std::exchange(m_savesAfterTest, false)) {
            m_ui->messageBar->closeMessage();
            m_afterSave = {};
        }
        m_test.cancel();
        m_check.cancel();
    }
}

void EditorPage::addWebhook(const Webhook &prefill)
{
    load(prefill);
    m_form->focusField(WebhookDraft::Field::Name);
    m_offersPreview = true;
}

void EditorPage::editWebhook(const QString &id)
{
    m_isLoading = true;
    setEditable(false);
    m_engine.store().webhook(id, this, [this](const Result<std::optional<StoredWebhook>> &found) {
        m_isLoading = false;
        const bool checks = std::exchange(m_checksOnceLoaded, false);
        setEditable(true);
        if (!found) {
            showError(found.error().message);
        } else if (!*found) {
            showError(tr("The webhook is no longer there; saving adds it again."));
        } else {
            load((*found)->webhook, (*found)->version);
            focusStart();
            if (checks) {
                check();
            }
        }
    });
    m_engine.store().invocations(id, this, [this](const Result<QList<Invocation>> &found) {
        if (found && !found->isEmpty() && !m_test.isRunning() && !m_test.invocation()) {
            m_test.restore(found->constFirst());
        }
    });
}

void EditorPage::mend(const MendPlace &place)
{
    m_start = place;
    if (place.invocation) {
        m_ui->sidePanel->showInvocation(*place.invocation,
                                        place.deliveryId.isEmpty() ? InvocationPanel::Kind::Test
                                                                   : InvocationPanel::Kind::Attempt);
    }
    focusStart();
}

void EditorPage::setOrigin(const QString &page)
{
    m_ui->backButton->setText(tr("%1 ›", "the page to which Back leads").arg(page));
    m_ui->backButton->setAccessibleName(tr("Back to %1", "a page").arg(page));
    m_ui->backButton->setToolTip(tr("Back to %1 (%2)", "a page, a key")
                                     .arg(page, QKeySequence(Qt::Key_Escape).toString(QKeySequence::NativeText)));
}

void EditorPage::setOwnTarget(OwnTarget &target)
{
    m_ui->sidePanel->invocation()->setOwnTarget(&target);
}

void EditorPage::focusStart()
{
    if (m_isLoading) {
        return;
    }
    if (m_start.field.isEmpty()) {
        m_form->focusField(WebhookDraft::Field::Name);
        return;
    }
    const auto placed =
        m_draft.place({.severity = Severity::Error, .field = m_start.field, .message = {}, .position = {}});
    m_form->revealField(placed.field, placed.row, m_start.position);
}

void EditorPage::load(const Webhook &webhook, qint64 version)
{
    m_leaving = false;
    m_known = webhook;
    m_version = version;
    m_elsewhere.reset();
    m_ui->conflictBar->hide();
    showMute();
    m_draft.load(webhook, webhook.id.isEmpty() ? QSet<QString>() : m_engine.keptAsText(webhook.id));
    loadKnown();
}

void EditorPage::setMutes(const Mutes &mutes)
{
    m_mutes = &mutes;
    connect(m_mutes, &Mutes::changed, this, &EditorPage::showMute);
    showMute();
}

void EditorPage::showMute()
{
    m_form->setMute(m_mutes ? m_mutes->of(MuteSubject::Kind::Webhook, m_known.id) : std::nullopt);
}

void EditorPage::loadKnown()
{
    m_engine.store().knownIntegrations(this, [this](const Result<QList<KnownIntegration>> &known) {
        if (known) {
            m_form->setKnown(*known);
        }
    });
}

void EditorPage::draftChanged()
{
    m_test.setRevision(m_draft.revision());
    m_check.setRevision(m_draft.revision());
    m_ui->sidePanel->setBodyTemplate(m_draft.fields().bodyTemplate, m_draft.fields().name.trimmed());
    updateHeader();
}

void EditorPage::updateHeader()
{
    const QString heading = m_draft.id().isEmpty() ? tr("Add Webhook") : tr("Edit Webhook");
    const QString name = m_draft.fields().name.trimmed();
    m_ui->headingLabel->setText(heading);
    m_ui->modifiedLabel->setVisible(m_draft.isModified());
    // The mark of what is unsaved has its place in the window's title, too; a name that holds one shows it as typed.
    setWindowTitle((name.isEmpty() ? heading : QString(name).replace("[*]"_L1, "[*][*]"_L1)) % "[*]"_L1);
    if (isWindowModified() != m_draft.isModified()) {
        setWindowModified(m_draft.isModified());
        Q_EMIT modifiedChanged(m_draft.isModified());
    }
}

bool EditorPage::mayLeave(const std::function<void()> &afterwards)
{
    if (m_leaving || (!m_draft.isModified() && !m_saveJob)) {
        return true;
    }
    if (m_saveJob) {
        m_afterSave = afterwards;
        return false;
    }
    QMessageBox question(QMessageBox::Warning, tr("Unsaved changes"), tr("The webhook has changes that are not saved."),
                         QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    question.setDefaultButton(QMessageBox::Save);
    switch (question.exec()) {
    case QMessageBox::Save:
        save();
        if (m_saveJob || m_savesAfterTest) {
            m_afterSave = afterwards;
        }
        return false;
    case QMessageBox::Discard:
        m_leaving = true;
        return true;
    default:
        return false;
    }
}

void EditorPage::leave()
{
    if (mayLeave()) {
        m_leaving = true;
        Q_EMIT closed();
    }
}

void EditorPage::stepBack()
{
    if (m_saveJob || m_test.isRunning() || m_check.isRunning()) {
        cancelJob();
    } else if (m_ui->messageBar->isShowing()) {
        m_ui->messageBar->closeMessage();
    } else if (!m_ui->sidePanel->isHidden()) {
        m_ui->sidePanel->closePanel();
    } else {
        leave();
    }
}

void EditorPage::save()
{
    if (m_saveJob) {
        return;
    }
    m_ui->messageBar->closeMessage();
    m_draft.showAllProblems();
    if (const auto error = m_draft.firstError()) {
        m_form->revealField(error->field, error->row, error->problem.position);
        showRefusal();
        return;
    }
    if (m_elsewhere) {
        m_ui->conflictBar->takeFocus();
        return;
    }
    if (m_test.isRunning()) { // it is seen to its end, and kept
        m_savesAfterTest = true;
        m_ui->messageBar->showMessage({.text = tr("The webhook is saved as soon as the test has ended."),
                                       .role = ColorRole::Inactive,
                                       .actionText = {},
                                       .action = {},
                                       .lapsed = {},
                                       .time = {}});
        return;
    }
    m_saveText = tr("Saving…");
    WebhookInput input = m_draft.toInput();
    if (m_version > 0) {
        input.basedOn = m_version;
    }
    m_saveJob = m_engine.save(input);
    connect(m_saveJob, &EngineJob::waitingForKeychain, this, [this] {
        m_saveText = tr("Waiting for the keychain…");
        updateBar();
    });
    connect(m_saveJob, &EngineJob::finished, this,
            [this, job = m_saveJob.data()](const Result<Webhook> &result) { saveFinished(*job, result); });
    updateBar(); // first: from a form that is disabled, Qt would move the focus on
    setEditable(false);
}

/// A test that was made before the webhook had an id belongs to it from now on.
void EditorPage::keepFirstTest(const Webhook &webhook)
{
    if (m_test.invocation() && m_test.invocation()->webhookId.isEmpty()) {
        Invocation invocation = *m_test.invocation();
        invocation.webhookId = webhook.id;
        m_engine.store().addInvocation(invocation, &m_engine.store(), [](const Result<void> &) {});
    }
}

void EditorPage::saveFinished(const EngineJob &job, const Result<Webhook> &result)
{
    m_saveJob.clear();
    const auto afterSave = std::exchange(m_afterSave, {});
    setEditable(true);
    updateBar();
    if (result) {
        keepFirstTest(*result);
        load(*result);
        m_leaving = true;
        Q_EMIT saved(result->id);
        Q_EMIT closed();
        if (afterSave) {
            afterSave();
        }
        return;
    }
    if (result.error().where == u"version") { // between the last look and the writing
        watchStored();
        return;
    }
    Problems problems;
    for (const Problem &problem : job.problems()) {
        if (problem.severity == Severity::Error) {
            problems.append(problem);
        }
    }
    if (problems.isEmpty()) {
        problems.append({.severity = Severity::Error,
                         .field = result.error().where,
                         .message = result.error().message,
                         .position = result.error().position});
    }
    QString elsewhere;
    for (const Problem &problem : std::as_const(problems)) {
        if (m_draft.addProblem(problem) == WebhookDraft::Field::Other) {
            elsewhere = problem.message;
        }
    }
    const auto error = m_draft.firstError();
    if (error && error->field != WebhookDraft::Field::Other) {
        m_form->revealField(error->field, error->row, error->problem.position);
    }
    showError(elsewhere.isEmpty() ? tr("The webhook is not saved: %1").arg(problems.constFirst().message) : elsewhere);
}

void EditorPage::test()
{
    if (m_test.isRunning() || m_check.isRunning() || m_saveJob) {
        return;
    }
    m_ui->messageBar->closeMessage();
    m_tellsOfCheck = false;
    if (const auto error = m_draft.firstError(WebhookDraft::Purpose::Test)) {
        m_draft.showAllProblems();
        m_form->revealField(error->field, error->row, error->problem.position);
        m_test.fail(error->problem.message);
        m_ui->sidePanel->invocation()->clear(tr("Nothing was sent: %1").arg(error->problem.message));
        return;
    }
    const WebhookInput input = m_draft.toInput();
    Q_EMIT aboutToTest(input.webhook);
    m_test.start(m_engine.test(input, m_ui->sidePanel->preview()->chosenEvent()), m_draft.revision());
}

void EditorPage::testFinished()
{
    const SidePanel *panel = m_ui->sidePanel;
    if (!panel->isHidden()) {
        showInvocationData();
    }
    if (std::exchange(m_savesAfterTest, false)) {
        save();
    }
}

void EditorPage::showInvocationData()
{
    if (m_test.invocation()) {
        m_ui->sidePanel->showInvocation(*m_test.invocation());
    } else {
        m_ui->sidePanel->showInvocation();
    }
}

void EditorPage::setEditable(bool editable)
{
    m_form->setEnabled(editable);
    m_ui->presetButton->setEnabled(editable);
}

void EditorPage::showRefusal()
{
    const int fields = m_draft.errorCount();
    showError(tr("The webhook is not saved: %n field(s) need a change.", nullptr, fields));
    m_refusedFields = fields;
}

void EditorPage::updateRefusal()
{
    if (m_refusedFields == 0 || m_draft.errorCount() == m_refusedFields) {
        return;
    }
    if (m_ui->messageBar->isShowing() && m_draft.errorCount() > 0) {
        showRefusal();
    } else {
        m_refusedFields = 0;
        m_ui->messageBar->closeMessage();
    }
}

void EditorPage::showError(const QString &text)
{
    m_refusedFields = 0;
    m_ui->messageBar->showMessage(
        {.text = text, .role = ColorRole::Error, .actionText = {}, .action = {}, .lapsed = {}, .time = {}});
}

QByteArray EditorPage::layoutState() const
{
    return m_layoutState;
}

void EditorPage::setLayoutState(const QByteArray &state)
{
    m_layoutState = state;
    m_ui->splitter->restoreState(state);
}

} // namespace Tocsin

#include "moc_editorpage.cpp"
