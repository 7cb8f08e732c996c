// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliveryedit.h"

#include "draftbinder.h"
#include "oneline.h"
#include "ui_deliveryedit.h"

#include <initializer_list>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

DeliveryEdit::DeliveryEdit(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::DeliveryEdit>())
{
    m_ui->setupUi(this);
    for (QLineEdit *edit : {m_ui->retriesLineEdit, m_ui->concurrencyLineEdit, m_ui->rateLineEdit, m_ui->settleLineEdit,
                            m_ui->maximumAgeLineEdit}) {
        keepToOneLine(edit);
    }
    m_ui->retriesLineEdit->setLayoutDirection(Qt::LeftToRight);
    describeFields();
}

DeliveryEdit::~DeliveryEdit() = default;

/// What stands below a field, for who does not see it.
void DeliveryEdit::describeFields()
{
    for (const auto &[field, hint] : std::initializer_list<std::pair<QWidget *, const QLabel *>>{
             {m_ui->retriesLineEdit, m_ui->retriesHint},
             {m_ui->concurrencyLineEdit, m_ui->concurrencyHint},
             {m_ui->rateLineEdit, m_ui->rateHint},
             {m_ui->keepSwitch, m_ui->keepHint},
             {m_ui->settleLineEdit, m_ui->settleHint},
             {m_ui->maximumAgeLineEdit, m_ui->maximumAgeHint}}) {
        field->setAccessibleDescription(hint->text());
    }
    m_ui->rateLineEdit->setAccessibleDescription(m_ui->rateUnit->text() % u": "_s % m_ui->rateHint->text());
}

void DeliveryEdit::setDraft(WebhookDraft *draft)
{
    using Field = WebhookDraft::Field;
    using Fields = WebhookDraft::Fields;
    const DraftBinder binder(draft);
    binder.bind(m_ui->retriesLineEdit, &WebhookDraft::setRetries, [](const Fields &all) { return all.retries; });
    binder.bind(m_ui->concurrencyLineEdit, &WebhookDraft::setConcurrency,
                [](const Fields &all) { return all.concurrency; });
    binder.bind(m_ui->rateLineEdit, &WebhookDraft::setRate, [](const Fields &all) { return all.rate; });
    binder.bind(m_ui->settleLineEdit, &WebhookDraft::setSettle, [](const Fields &all) { return all.settle; });
    binder.bind(m_ui->maximumAgeLineEdit, &WebhookDraft::setMaximumAge,
                [](const Fields &all) { return all.maximumAge; });
    binder.bind(m_ui->retriesProblems, Field::Retries, m_ui->retriesLineEdit);
    binder.bind(m_ui->concurrencyProblems, Field::Concurrency, m_ui->concurrencyLineEdit);
    binder.bind(m_ui->rateProblems, Field::Rate, m_ui->rateLineEdit);
    binder.bind(m_ui->keepProblems, Field::Keep, m_ui->keepSwitch);
    binder.bind(m_ui->settleProblems, Field::Settle, m_ui->settleLineEdit);
    binder.bind(m_ui->maximumAgeProblems, Field::MaximumAge, m_ui->maximumAgeLineEdit);

    const auto showKept = [this, draft] {
        m_ui->keepSwitch->setChecked(draft->fields().keep == KeptEvents::Newest);
    };
    showKept();
    connect(draft, &WebhookDraft::loaded, m_ui->keepSwitch, showKept);
    connect(m_ui->keepSwitch, &QAbstractButton::toggled, draft,
            [draft](bool isOn) { draft->setKeep(isOn ? KeptEvents::Newest : KeptEvents::Every); });
}

QWidget *DeliveryEdit::widgetOf(WebhookDraft::Field field) const
{
    switch (field) {
    case WebhookDraft::Field::Retries:
        return m_ui->retriesLineEdit;
    case WebhookDraft::Field::Concurrency:
        return m_ui->concurrencyLineEdit;
    case WebhookDraft::Field::Rate:
        return m_ui->rateLineEdit;
    case WebhookDraft::Field::Keep:
        return m_ui->keepSwitch;
    case WebhookDraft::Field::Settle:
        return m_ui->settleLineEdit;
    case WebhookDraft::Field::MaximumAge:
        return m_ui->maximumAgeLineEdit;
    default:
        return nullptr;
    }
}

} // namespace Tocsin

#include "moc_deliveryedit.cpp"
