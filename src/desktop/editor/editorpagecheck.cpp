// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkview.h"
#include "editorpage.h"
#include "ui_editorpage.h"
#include "webhookform.h"

namespace Tocsin {

void EditorPage::check()
{
    if (m_test.isRunning() || m_check.isRunning() || m_saveJob) {
        return;
    }
    m_ui->messageBar->closeMessage();
    m_tellsOfCheck = true;
    if (const auto error = m_draft.firstError(WebhookDraft::Purpose::Test)) {
        m_draft.showAllProblems();
        m_form->revealField(error->field, error->row, error->problem.position);
        m_check.fail(error->problem.message);
        m_ui->sidePanel->check()->clear(tr("Not checked: %1").arg(error->problem.message));
        return;
    }
    const WebhookInput input = m_draft.toInput();
    Q_EMIT aboutToTest(input.webhook);
    m_check.start(m_engine.check(input), m_draft.revision());
    m_ui->sidePanel->showCheck(m_check.found());
}

void EditorPage::checkOnceLoaded()
{
    m_checksOnceLoaded = m_isLoading;
}

/// What the bar says: of the test or the check, whichever was asked for last.
EditorPage::BarText EditorPage::barText() const
{
    if (m_saveJob) {
        return {.text = m_saveText, .role = {}};
    }
    if (m_test.isRunning()) {
        return {.text = m_test.phaseText(), .role = {}};
    }
    if (m_check.isRunning()) {
        return {.text = m_check.progressText(), .role = {}};
    }
    if (m_tellsOfCheck) {
        return {.text = m_check.resultText(), .role = m_check.resultRole()};
    }
    BarText told{.text = m_test.resultText(), .role = {}};
    if (m_test.verdict()) {
        told.symbol = *m_test.verdict() == Verdict::Successful ? Symbol::Success : Symbol::Error;
        told.role = m_test.isOutdated()       ? ColorRole::Inactive
            : *told.symbol == Symbol::Success ? ColorRole::Success
                                              : ColorRole::Error;
    }
    return told;
}

} // namespace Tocsin
