// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorpage.h"

#include "actionregistry.h"
#include "colorroles.h"
#include "icons.h"
#include "metrics.h"
#include "targetpreset.h"
#include "ui_editorpage.h"
#include "webhookform.h"

#include <QAccessible>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QShowEvent>

#include <algorithm>
#include <utility>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int widestResult = 360; // a longer one wraps
constexpr int narrowestResult = 120;
} // namespace

void EditorPage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(QRect(0, m_ui->bar->y() - 1, width(), 1), hairline(palette()));
}

void EditorPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateActions();
    // Later: the pages' stack gives the focus to the first button only after this.
    if (!event->spontaneous()) {
        offerPreview();
        QMetaObject::invokeMethod(this, &EditorPage::focusStart, Qt::QueuedConnection);
    }
}

/// Beside a form that keeps its full width.
void EditorPage::offerPreview()
{
    const QMargins margins = m_form->layout()->contentsMargins();
    const int needed = Metrics::formWidth + margins.left() + margins.right()
        + m_ui->scrollArea->verticalScrollBar()->sizeHint().width() + m_ui->splitter->handleWidth();
    if (std::exchange(m_offersPreview, false) && width() * formShare / (formShare + panelShare) >= needed) {
        m_ui->sidePanel->showPreview();
    }
}

bool EditorPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->scrollArea->viewport() && event->type() == QEvent::Resize) {
        const auto *resize = static_cast<QResizeEvent *>(event);
        if (resize->size().height() != resize->oldSize().height()) { // a width comes and goes with a scroll bar
            m_form->setRoom(resize->size().height());
        }
    }
    return QWidget::eventFilter(watched, event);
}

void EditorPage::updateBar()
{
    const bool isSaving = !m_saveJob.isNull();
    const bool isTesting = m_test.isRunning();
    const bool isChecking = m_check.isRunning();
    const bool isBusy = isSaving || isTesting || isChecking;
    m_ui->stopButton->setText(isSaving         ? tr("Cancel saving")
                                  : isChecking ? tr("Cancel the check")
                                               : tr("Cancel the test"));
    if (isBusy) {
        m_ui->stopButton->show();
        m_focusLoan.lend({m_ui->testButton, m_ui->checkButton, m_ui->invocationButton}, m_ui->stopButton);
    }
    if (isSaving) {
        m_focusLoan.lend({m_form, m_ui->presetButton, m_ui->saveButton}, m_ui->stopButton);
    }
    m_ui->testButton->setEnabled(!isBusy);
    m_ui->checkButton->setEnabled(!isBusy);
    m_ui->saveButton->setEnabled(!isSaving);
    m_ui->busyIndicator->setVisible(isBusy);
    m_ui->invocationButton->setVisible(!isBusy);
    m_ui->invocationButton->setEnabled(m_test.invocation().has_value());
    if (!isBusy) {
        m_focusLoan.giveBack(m_ui->stopButton, m_tellsOfCheck ? m_ui->checkButton : m_ui->testButton);
        m_ui->stopButton->hide();
    }
    m_ui->sidePanel->invocation()->setOutdated(isTesting);
    updateActions();

    const auto [text, role, symbol] = barText();
    m_ui->resultIcon->setVisible(role.has_value());
    QPalette inked;
    if (role) {
        inked.setColor(QPalette::WindowText, color(*role, inked));
        m_ui->resultIcon->setPixmap(
            pixmap(symbol.value_or(symbolOf(*role)), color(*role, QPalette()), Metrics::icon, devicePixelRatioF()));
    }
    m_ui->resultLabel->setPalette(inked);
    if (text != m_ui->resultLabel->text()) {
        m_ui->resultLabel->setText(text);
        m_ui->resultLabel->setToolTip(text);
        QAccessibleEvent alert(m_ui->resultLabel, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
    fitResult();
}

/// The words of a result wrap in what the bar's buttons leave: those stand in one line.
void EditorPage::fitResult()
{
    const QLayout *row = m_ui->bar->layout();
    const QMargins margins = row->contentsMargins();
    int room = width() - margins.left() - margins.right();
    for (int i = 0; i < row->count(); ++i) {
        const QLayoutItem *item = row->itemAt(i);
        if (!item->isEmpty()) {
            room -= row->spacing() + (item->widget() == m_ui->resultLabel ? 0 : item->sizeHint().width());
        }
    }
    const int text = m_ui->resultLabel->fontMetrics().horizontalAdvance(m_ui->resultLabel->text()) + 1;
    m_ui->resultLabel->setMinimumWidth(std::min({text, widestResult, std::max(room, narrowestResult)}));
}

void EditorPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitResult();
}

void EditorPage::updateActions()
{
    m_actions.offer(Command::SaveWebhook, this, m_ui->saveButton->isEnabled());
    m_actions.offer(Command::Test, this, m_ui->testButton->isEnabled());
    m_actions.offer(Command::Check, this, m_ui->checkButton->isEnabled());
    m_actions.offer(Command::ViewInvocationData, this, m_ui->testButton->isEnabled() && m_test.invocation());
}

void EditorPage::setUpPresets()
{
    QMenu *menu = m_ui->presetButton->offered();
    for (const TargetPreset &preset : targetPresets()) {
        const bool isOfAnyTarget = preset.id == "generic"_L1;
        if (isOfAnyTarget) {
            menu->addSeparator();
        }
        const QString name = isOfAnyTarget ? tr("Another target") : preset.name;
        menu->addAction(name, this, [this, preset, name] {
            const WebhookDraft::Fields before = m_draft.fields();
            m_refusedFields = 0;
            m_draft.fillFrom(preset.webhook);
            m_ui->messageBar->showMessage({.text = tr("The form is filled in for %1; what is yours stands in capitals "
                                                      "or is empty.")
                                                       .arg(name),
                                           .role = ColorRole::Inactive,
                                           .actionText = tr("Undo"),
                                           .action = [this, before] { m_draft.restore(before); },
                                           .actionKeys = QKeySequence::Undo,
                                           .lapsed = {}});
            m_form->revealBlank(m_draft.firstBlank().value_or(WebhookDraft::Blank{WebhookDraft::Field::Name, -1}));
        });
    }
}

} // namespace Tocsin
