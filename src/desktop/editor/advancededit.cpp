// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "advancededit.h"

#include "draftbinder.h"
#include "fonts.h"
#include "oneline.h"
#include "taborder.h"
#include "ui_advancededit.h"

#include <QLineEdit>

namespace Tocsin {

namespace {
constexpr int certificateLines = 4;

Problems oneProblem(const QString &message)
{
    return {{.severity = Severity::Error, .field = {}, .message = message, .position = {}}};
}
} // namespace

AdvancedEdit::AdvancedEdit(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::AdvancedEdit>())
{
    m_ui->setupUi(this);
    for (QPlainTextEdit *edit : {m_ui->caTextEdit, m_ui->certificateTextEdit}) {
        edit->setFont(fixedFont());
        edit->setLayoutDirection(Qt::LeftToRight);
        edit->setFixedHeight(QFontMetrics(edit->font()).lineSpacing() * certificateLines + 2 * edit->frameWidth()
                             + 2 * int(edit->document()->documentMargin()));
    }
    for (QLineEdit *edit : {m_ui->signingEdit->edit(), m_ui->previousSigningEdit->edit()}) {
        keepToOneLine(edit);
    }
    m_ui->keyEdit->setForgettable(true);
    m_ui->signingEdit->setForgettable(true);
    m_ui->previousSigningEdit->setForgettable(true);
    chainTabOrder(
        QList<QWidget *>{m_ui->caTextEdit, m_ui->caFileButton, m_ui->certificateTextEdit, m_ui->certificateFileButton}
        + m_ui->keyEdit->tabStops() + QList<QWidget *>{m_ui->keyFileButton} + m_ui->signingEdit->tabStops()
        + m_ui->previousSigningEdit->tabStops());
}

AdvancedEdit::~AdvancedEdit() = default;

void AdvancedEdit::setDraft(WebhookDraft *draft)
{
    using Field = WebhookDraft::Field;
    using Fields = WebhookDraft::Fields;
    const DraftBinder binder(draft);
    binder.bind(m_ui->caTextEdit, &WebhookDraft::setCaCertificates,
                [](const Fields &all) { return all.caCertificates; });
    binder.bind(m_ui->certificateTextEdit, &WebhookDraft::setClientCertificate,
                [](const Fields &all) { return all.clientCertificate; });
    binder.bind(m_ui->keyEdit, &WebhookDraft::setClientKey, [](const Fields &all) { return all.clientKey; });
    binder.bind(m_ui->signingEdit, &WebhookDraft::setSigningSecret,
                [](const Fields &all) { return all.signingSecret; });
    binder.bind(m_ui->previousSigningEdit, &WebhookDraft::setPreviousSigningSecret,
                [](const Fields &all) { return all.previousSigningSecret; });
    binder.bind(m_ui->caProblems, Field::CaCertificates, m_ui->caTextEdit);
    binder.bind(m_ui->certificateProblems, Field::ClientCertificate, m_ui->certificateTextEdit);
    binder.bind(m_ui->keyProblems, Field::ClientKey, m_ui->keyEdit->edit());
    binder.bind(m_ui->signingProblems, Field::SigningSecret, m_ui->signingEdit->edit());
    binder.bind(m_ui->previousSigningProblems, Field::PreviousSigningSecret, m_ui->previousSigningEdit->edit());

    const auto readInto = [this](FromFileButton *button, ProblemLabel *label, auto take) {
        connect(button, &FromFileButton::textRead, this, take);
        connect(button, &FromFileButton::failed, label,
                [label](const QString &message) { label->setProblems(oneProblem(message)); });
    };
    readInto(m_ui->caFileButton, m_ui->caProblems, [this](const QString &text) {
        // Several authorities may be trusted: a file is added to what is there.
        const QString before = m_ui->caTextEdit->toPlainText().trimmed();
        m_ui->caTextEdit->setPlainText(before.isEmpty() ? text : before + u'\n' + text);
    });
    readInto(m_ui->certificateFileButton, m_ui->certificateProblems,
             [this](const QString &text) { m_ui->certificateTextEdit->setPlainText(text); });
    readInto(m_ui->keyFileButton, m_ui->keyProblems,
             [this](const QString &text) { m_ui->keyEdit->edit()->setText(text); });
}

QWidget *AdvancedEdit::widgetOf(WebhookDraft::Field field) const
{
    switch (field) {
    case WebhookDraft::Field::CaCertificates:
        return m_ui->caTextEdit;
    case WebhookDraft::Field::ClientCertificate:
        return m_ui->certificateTextEdit;
    case WebhookDraft::Field::ClientKey:
        return m_ui->keyEdit->edit();
    case WebhookDraft::Field::SigningSecret:
        return m_ui->signingEdit->edit();
    case WebhookDraft::Field::PreviousSigningSecret:
        return m_ui->previousSigningEdit->edit();
    default:
        return nullptr;
    }
}

} // namespace Tocsin

#include "moc_advancededit.cpp"
