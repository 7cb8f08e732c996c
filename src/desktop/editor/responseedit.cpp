// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "responseedit.h"

#include "draftbinder.h"
#include "oneline.h"
#include "ui_responseedit.h"

namespace Tocsin {

ResponseEdit::ResponseEdit(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ResponseEdit>())
{
    m_ui->setupUi(this);
}

ResponseEdit::~ResponseEdit() = default;

void ResponseEdit::setDraft(WebhookDraft *draft)
{
    using Field = WebhookDraft::Field;
    using Fields = WebhookDraft::Fields;
    const DraftBinder binder(draft);
    keepToOneLine(m_ui->timeoutLineEdit);
    binder.bind(m_ui->timeoutLineEdit, &WebhookDraft::setTimeout, [](const Fields &all) { return all.timeout; });
    binder.bind(m_ui->failureLineEdit, &WebhookDraft::setFailureMessage,
                [](const Fields &all) { return all.failureMessage; });
    binder.bind(m_ui->timeoutProblems, Field::Timeout, m_ui->timeoutLineEdit);
    binder.bind(m_ui->failureProblems, Field::FailureMessage, m_ui->failureLineEdit);
    m_ui->validatorsEdit->setDraft(draft);
}

bool ResponseEdit::holds(WebhookDraft::Field field)
{
    using Field = WebhookDraft::Field;
    return field == Field::Timeout || field == Field::JsonPath || field == Field::ExpectedValues
        || field == Field::FailureMessage;
}

QWidget *ResponseEdit::widgetOf(WebhookDraft::Field field, int row) const
{
    if (field == WebhookDraft::Field::Timeout) {
        return m_ui->timeoutLineEdit;
    }
    return field == WebhookDraft::Field::FailureMessage ? m_ui->failureLineEdit
                                                        : m_ui->validatorsEdit->widgetOf(row, field);
}

} // namespace Tocsin

#include "moc_responseedit.cpp"
