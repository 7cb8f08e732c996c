// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorpage.h"

#include "comparedialog.h"
#include "ui_editorpage.h"

namespace Tocsin {

/// Another window or tocsinctl may have changed what is edited here.
void EditorPage::watchStored()
{
    if (m_version == 0 || m_saveJob) {
        return;
    }
    m_engine.store().webhook(m_draft.id(), this, [this](const Result<std::optional<StoredWebhook>> &found) {
        if (found && !m_saveJob && !m_leaving) {
            noteStored(*found);
        }
    });
}

void EditorPage::noteStored(const std::optional<StoredWebhook> &stored)
{
    if (!stored) {
        m_elsewhere.reset();
        m_ui->conflictBar->showRemoval();
    } else if (stored->webhook == m_known) { // as it was, or again
        m_version = stored->version;
        m_elsewhere.reset();
        m_ui->conflictBar->hide();
    } else if (m_draft.isModified()) {
        m_elsewhere = stored;
        m_ui->conflictBar->showChange();
    } else { // nothing of anybody's is lost
        load(stored->webhook, stored->version);
        m_ui->messageBar->showMessage(
            {.text = tr("This webhook was changed elsewhere; the form shows it as it is now.")});
    }
    if (auto *comparing = findChild<CompareDialog *>(); comparing && comparing->isVisible() && !m_elsewhere) {
        comparing->reject(); // there is nothing left to choose from
    }
}

void EditorPage::reload()
{
    if (!m_elsewhere) {
        return;
    }
    const WebhookDraft::Fields mine = m_draft.fields();
    const StoredWebhook stored = *m_elsewhere;
    load(stored.webhook, stored.version);
    m_ui->messageBar->showMessage({.text = tr("The form shows the webhook as it is stored."),
                                   .actionText = tr("Undo"),
                                   .action = [this, mine] { m_draft.restore(mine); },
                                   .actionKeys = QKeySequence::Undo});
    m_form->setFocus(Qt::OtherFocusReason);
}

/// Against what was seen: what came after that is asked about anew.
void EditorPage::keepMine(const StoredWebhook &seen)
{
    m_known = seen.webhook;
    m_version = seen.version;
    noteStored(m_elsewhere);
    m_form->setFocus(Qt::OtherFocusReason);
}

void EditorPage::compare()
{
    if (!m_elsewhere) {
        return;
    }
    const StoredWebhook seen = *m_elsewhere;
    auto *dialog = new CompareDialog(compareWebhooks(m_elsewhere->webhook, m_draft.toInput()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CompareDialog::reloadRequested, this, &EditorPage::reload);
    connect(dialog, &CompareDialog::keepRequested, this, [this, seen] {
        if (m_elsewhere) {
            keepMine(seen);
        }
    });
    dialog->open();
}

} // namespace Tocsin
