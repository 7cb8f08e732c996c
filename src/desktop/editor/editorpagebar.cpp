// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorpage.h"

#include "icons.h"
#include "metrics.h"
#include "ui_editorpage.h"

#include <QAccessible>

namespace Tocsin {

void EditorPage::updateBar()
{
    const bool isSaving = !m_saveJob.isNull();
    const bool isTesting = m_test.isRunning();
    const bool isBusy = isSaving || isTesting;
    m_ui->testButton->setEnabled(!isBusy);
    m_ui->saveButton->setEnabled(!isSaving);
    m_ui->busyIndicator->setVisible(isBusy);
    m_ui->stopButton->setVisible(isBusy);
    m_ui->stopButton->setText(isSaving ? tr("Cancel saving") : tr("Cancel the test"));
    m_ui->invocationButton->setVisible(!isBusy);
    m_ui->invocationButton->setEnabled(m_test.invocation().has_value());

    const QString text = isSaving ? m_saveText : isTesting ? m_test.phaseText() : m_test.resultText();
    const bool isResult = !isBusy && m_test.verdict().has_value();
    m_ui->resultIcon->setVisible(isResult);
    QPalette inked;
    if (isResult) {
        ColorRole role = *m_test.verdict() == Verdict::Successful ? ColorRole::Success : ColorRole::Error;
        if (m_test.isOutdated()) {
            role = ColorRole::Inactive;
        }
        inked.setColor(QPalette::WindowText, color(role, inked));
        m_ui->resultIcon->setPixmap(pixmap(*m_test.verdict() == Verdict::Successful ? Symbol::Success : Symbol::Error,
                                           color(role, QPalette()), Metrics::icon, devicePixelRatioF()));
    }
    m_ui->resultLabel->setPalette(inked);
    if (text != m_ui->resultLabel->text()) {
        m_ui->resultLabel->setText(text);
        m_ui->resultLabel->setToolTip(text);
        QAccessibleEvent alert(m_ui->resultLabel, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void EditorPage::setUpPresets()
{
    m_ui->presetButton->hide();
}

} // namespace Tocsin
