// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhookform.h"

#include "advancedsummary.h"
#include "deliverysummary.h"
#include "draftbinder.h"
#include "fonts.h"
#include "formcolumns.h"
#include "icons.h"
#include "metrics.h"
#include "oneline.h"
#include "reveal.h"
#include "taborder.h"
#include "ui_webhookform.h"
#include "urlsecrets.h"
#include "urltext.h"

#include <algorithm>

namespace Tocsin {

namespace {
constexpr int fewestBodyLines = 8;
constexpr int mostBodyLines = 24;
constexpr int widestForm = 2 * Metrics::formWidth; // of which other fields than the body have the half
} // namespace

WebhookForm::WebhookForm(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::WebhookForm>())
{
    m_ui->setupUi(this);
    m_columns = new FormColumns(this);
    m_columns->setWide(m_ui->bodyLayout);
    const QMargins margins = layout()->contentsMargins();
    setMaximumWidth(widestForm + margins.left() + margins.right());
    m_ui->typeComboBox->addItem(tr("HTTP Webhook"));
    for (const HttpMethod method : allHttpMethods()) {
        m_ui->methodComboBox->addItem(toString(method), int(method));
    }
    m_ui->urlLineEdit->setFont(fixedFont());
    m_ui->urlLineEdit->setLayoutDirection(Qt::LeftToRight);
    showBeginningAfterwards(m_ui->urlLineEdit);
    m_ui->bodyEditor->setLanguage(CodeLanguage::BodyTemplate);
    m_ui->bodyEditor->setLineRange(fewestBodyLines, mostBodyLines);
    m_ui->bodyHint->hide();
    m_ui->deliveryEdit->hide();
    m_ui->advancedEdit->hide();
    connect(m_ui->deliveryButton, &DisclosureButton::openChanged, m_ui->deliveryEdit, &QWidget::setVisible);
    connect(m_ui->advancedButton, &DisclosureButton::openChanged, m_ui->advancedEdit, &QWidget::setVisible);
    connect(m_ui->schemaButton, &QPushButton::clicked, this, &WebhookForm::schemaRequested);
    connect(m_ui->previewButton, &QPushButton::clicked, this, &WebhookForm::previewRequested);
}

WebhookForm::~WebhookForm() = default;

void WebhookForm::setRoom(int height)
{
    // The rest of the form keeps its size: all that the window has beyond it is the body's, and two thirds at any rate.
    const int line = m_ui->bodyEditor->fontMetrics().lineSpacing();
    const int others = layout()->totalHeightForWidth(width()) - m_ui->bodyEditor->sizeHint().height();
    const int fewest = std::max(fewestBodyLines, (height - others) / line - 1);
    m_ui->bodyEditor->setLineRange(fewest, std::max({fewest, mostBodyLines, height * 2 / 3 / line}));
}

/// Narrower than it is now: it changes its shape when it gets less room.
QSize WebhookForm::minimumSizeHint() const
{
    return {m_columns->leastWidth(), QWidget::minimumSizeHint().height()};
}

CodeEditor *WebhookForm::bodyEditor() const
{
    return m_ui->bodyEditor;
}

void WebhookForm::setKnown(const QList<KnownIntegration> &known)
{
    m_ui->filtersEdit->setKnown(known);
}

void WebhookForm::setMute(const std::optional<Mute> &mute)
{
    m_ui->filtersEdit->setMute(mute);
}

void WebhookForm::setDraft(WebhookDraft *draft)
{
    using Field = WebhookDraft::Field;
    using Fields = WebhookDraft::Fields;
    m_draft = draft;
    const DraftBinder binder(draft);
    keepToOneLine(m_ui->nameLineEdit);
    keepToOneLine(m_ui->urlLineEdit);
    binder.bind(m_ui->nameLineEdit, &WebhookDraft::setName, [](const Fields &all) { return all.name; });
    binder.bind(m_ui->urlLineEdit, &WebhookDraft::setUrl, [](const Fields &all) { return all.url; });
    binder.bind(m_ui->nameProblems, Field::Name, m_ui->nameLineEdit);
    binder.bind(m_ui->urlProblems, Field::Url, m_ui->urlLineEdit);
    binder.bind(m_ui->headersProblems, Field::Headers, m_ui->headersEdit);

    connect(m_ui->statusSwitch, &QAbstractButton::toggled, draft, &WebhookDraft::setActive);
    connect(m_ui->methodComboBox, &QComboBox::currentIndexChanged, draft,
            [this] { m_draft->setMethod(HttpMethod(m_ui->methodComboBox->currentData().toInt())); });
    connect(m_ui->headersEdit, &HeadersEdit::rowsChanged, draft, &WebhookDraft::setHeaders);
    connect(m_ui->filtersEdit, &FiltersEdit::changed, draft, [draft](const Filters &filters) {
        draft->setIntegrations(filters.integrations);
        draft->setTypes(filters.types);
        draft->setStatuses(filters.statuses);
    });
    connect(draft, &WebhookDraft::problemsChanged, m_ui->filtersEdit, [this, draft] {
        m_ui->filtersEdit->setProblems(draft->shownProblems(Field::Integrations) + draft->shownProblems(Field::Types)
                                       + draft->shownProblems(Field::Statuses));
    });
    bindBody();
    bindSecrets();
    m_ui->authenticationEdit->setDraft(draft);
    m_ui->responseEdit->setDraft(draft);
    m_ui->deliveryEdit->setDraft(draft);
    m_ui->advancedEdit->setDraft(draft);
    connect(draft, &WebhookDraft::loaded, this, &WebhookForm::summarize);
    connect(draft, &WebhookDraft::changed, this, &WebhookForm::summarize);
    summarize();

    connect(draft, &WebhookDraft::loaded, this, &WebhookForm::refresh);
    connect(draft, &WebhookDraft::changed, this, [this](Field field) {
        if (field == Field::Method || field == Field::Headers) {
            refresh();
        }
    });
    refresh();
}

/// What the form says about other fields of it than those beside.
void WebhookForm::summarize()
{
    m_ui->deliveryButton->setSummary(deliverySummary(m_draft->fields()));
    m_ui->advancedButton->setSummary(advancedSummary(m_draft->fields()));
    const Webhook webhook = m_draft->toWebhook();
    const bool isSettleWrong = hasErrors(m_draft->problemsFor(WebhookDraft::Field::Settle));
    m_ui->filtersEdit->setHolding(webhook.keep, isSettleWrong ? std::chrono::seconds::zero() : webhook.settle);
}

void WebhookForm::bindBody()
{
    CodeEditor *editor = m_ui->bodyEditor;
    connect(editor, &QsciScintilla::textChanged, m_draft, [this, editor] { m_draft->setBodyTemplate(editor->text()); });
    connect(m_draft, &WebhookDraft::problemsChanged, editor, [this, editor] {
        const Problems problems = m_draft->shownProblems(WebhookDraft::Field::BodyTemplate);
        editor->setProblems(problems);
        m_ui->bodyProblems->setProblems(problems);
    });
}

void WebhookForm::bindSecrets()
{
    auto *ofUrl = new UrlSecrets(m_ui->urlLineEdit, m_ui->urlSecrets, m_draft, WebhookDraft::Field::Url);
    connect(m_ui->bodySecrets, &LiftedSecrets::keptChanged, m_draft, &WebhookDraft::setKeptAsText);
    connect(m_ui->secretsEdit, &SecretsEdit::typed, m_draft, &WebhookDraft::setTypedSecret);
    const DraftBinder binder(m_draft);
    binder.bind(m_ui->secretsEdit->problems(), WebhookDraft::Field::Secrets, m_ui->secretsEdit);
    connect(ofUrl, &UrlSecrets::shown, this, &WebhookForm::showSecrets);
    showSecrets();
}

void WebhookForm::showSecrets()
{
    const QSet<QString> &kept = m_draft->fields().keptAsText;
    const auto ofBody = m_draft->literalSecrets(WebhookDraft::Field::BodyTemplate);
    m_ui->bodySecrets->setPlaces(ofBody, kept);
    QList<CodeMark> marks;
    for (const SecretPlace &place : ofBody) {
        const bool isKept = kept.contains(place.what);
        marks.append({.begin = place.begin,
                      .length = place.length,
                      .symbol = isKept || !place.canBeLifted() ? Symbol::Unlock : Symbol::Lock,
                      .text = LiftedSecrets::sentence(place, isKept)});
    }
    m_ui->bodyEditor->setMarks(marks);
    const auto rows = m_draft->secretRows();
    m_ui->secretsEdit->setRows(rows);
    m_ui->secretsLayout->setRowVisible(m_ui->secretsEdit, !rows.isEmpty());
    chainTabOrder(QList<QWidget *>{m_ui->urlLineEdit} + m_ui->urlSecrets->tabStops()
                  + QList<QWidget *>{m_ui->schemaButton, m_ui->previewButton, m_ui->bodyEditor}
                  + m_ui->bodySecrets->tabStops() + m_ui->secretsEdit->tabStops());
}

void WebhookForm::refresh()
{
    const WebhookDraft::Fields &fields = m_draft->fields();
    m_ui->statusSwitch->setChecked(fields.active);
    m_ui->methodComboBox->setCurrentIndex(m_ui->methodComboBox->findData(int(fields.method)));
    if (m_ui->bodyEditor->text() != fields.bodyTemplate) {
        m_ui->bodyEditor->setText(fields.bodyTemplate);
    }
    m_ui->bodyHint->setVisible(fields.method == HttpMethod::Get);
    m_ui->headersEdit->setRows(fields.headers);
    m_ui->filtersEdit->setFilters(fields.filters);
}

QWidget *WebhookForm::open(WebhookDraft::Field field, int row)
{
    using Field = WebhookDraft::Field;
    if (QWidget *widget = m_ui->deliveryEdit->widgetOf(field)) {
        m_ui->deliveryButton->setOpen(true);
        return widget;
    }
    if (QWidget *widget = m_ui->advancedEdit->widgetOf(field)) {
        m_ui->advancedButton->setOpen(true);
        return widget;
    }
    if (QWidget *widget = m_ui->authenticationEdit->open(field, row)) {
        return widget;
    }
    if (ResponseEdit::holds(field)) {
        return m_ui->responseEdit->widgetOf(field, row);
    }
    switch (field) {
    case Field::Active:
        return m_ui->statusSwitch;
    case Field::Method:
        return m_ui->methodComboBox;
    case Field::Url:
        return m_ui->urlLineEdit;
    case Field::BodyTemplate:
        return m_ui->bodyEditor;
    case Field::Secrets:
        return m_ui->secretsEdit->firstMissing();
    case Field::Headers:
        return m_ui->headersEdit->widgetOf(row);
    case Field::Integrations:
        return m_ui->filtersEdit->findChild<QWidget *>(QStringLiteral("integrationButton"));
    case Field::Types:
        return m_ui->filtersEdit->findChild<QWidget *>(QStringLiteral("typeButton"));
    case Field::Statuses:
        return m_ui->filtersEdit->findChild<QWidget *>(QStringLiteral("statusButton"));
    default:
        return m_ui->nameLineEdit;
    }
}

void WebhookForm::focusField(WebhookDraft::Field field, int row)
{
    if (QWidget *widget = open(field, row)) {
        widget->setFocus(Qt::OtherFocusReason);
    }
}

void WebhookForm::revealBlank(const WebhookDraft::Blank &blank)
{
    if (blank.field == WebhookDraft::Field::Headers) {
        reveal(m_ui->headersEdit->valueOf(blank.row));
    } else {
        revealField(blank.field, blank.row);
    }
}

void WebhookForm::revealField(WebhookDraft::Field field, int row, const TextPosition &position)
{
    QWidget *widget = open(field, row);
    if (!widget) {
        return;
    }
    reveal(widget);
    if (field == WebhookDraft::Field::BodyTemplate && position.isValid()) {
        m_ui->bodyEditor->goTo(position);
    }
}

} // namespace Tocsin

#include "moc_webhookform.cpp"
