// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "previewpanel.h"

#include "codeeditor.h"
#include "format.h"
#include "icons.h"
#include "isolates.h"
#include "metrics.h"
#include "payloadschema.h"
#include "preview.h"
#include "ui_previewpanel.h"

#include <QEvent>

#include <chrono>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

// What is larger takes longer to render and lay out than a key press may take.
constexpr qsizetype largestAtOnce = 16 * 1024;
constexpr std::chrono::milliseconds renderDelay{400};

} // namespace

PreviewPanel::PreviewPanel(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::PreviewPanel>())
    , m_samples(PayloadSchema::instance().sampleEvents())
{
    m_ui->setupUi(this);
    for (const auto &sample : m_samples) {
        m_ui->sampleComboBox->addItem(sample.first);
    }
    m_ui->sampleComboBox->addItem(tr("Own JSON…"));
    m_ui->eventEditor->setLanguage(CodeLanguage::JsonText);
    m_ui->eventEditor->setLineRange(6, 14);
    m_ui->bodyEditor->setLanguage(CodeLanguage::JsonText);
    m_ui->bodyEditor->setReadOnly(true);
    m_ui->bodyEditor->setWrapMode(QsciScintilla::WrapCharacter);
    m_ui->bodyEditor->setWrapIndentMode(QsciScintilla::WrapIndentIndented);
    m_ui->bodyEditor->setLineRange(6, 40);

    connect(m_ui->sampleComboBox, &QComboBox::currentIndexChanged, this, &PreviewPanel::chooseEvent);
    connect(m_ui->eventEditor, &CodeEditor::textChanged, this, &PreviewPanel::readOwnEvent);
    m_pause.setSingleShot(true);
    m_pause.setInterval(renderDelay);
    connect(&m_pause, &QTimer::timeout, this, &PreviewPanel::render);
    chooseEvent();
}

PreviewPanel::~PreviewPanel() = default;

void PreviewPanel::setBodyTemplate(const QString &bodyTemplate, const QString &webhookName)
{
    m_webhookName = webhookName;
    m_bodyTemplate = bodyTemplate;
    if (bodyTemplate.size() > largestAtOnce && isVisible()) {
        m_pause.start();
    } else {
        render();
    }
}

Json PreviewPanel::chosenEvent() const
{
    return m_event;
}

void PreviewPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_isCurrent) {
        render();
    }
}

void PreviewPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        render();
    }
}

bool PreviewPanel::isOwn() const
{
    return m_ui->sampleComboBox->currentIndex() >= m_samples.size();
}

void PreviewPanel::chooseEvent()
{
    m_ui->eventEditor->setVisible(isOwn());
    if (!isOwn()) {
        m_event = m_samples[m_ui->sampleComboBox->currentIndex()].second;
        render();
        Q_EMIT eventChanged();
    } else if (m_ui->eventEditor->text().isEmpty()) {
        m_ui->eventEditor->setText(toQString(writeJson(m_event, JsonFormat::Indented)));
    } else {
        readOwnEvent();
    }
}

void PreviewPanel::readOwnEvent()
{
    if (!isOwn()) {
        return;
    }
    auto parsed = parseJson(m_ui->eventEditor->text().toUtf8());
    if (parsed) {
        m_event = std::move(parsed.value());
        m_ui->eventEditor->setProblems({});
    } else {
        m_event = nullptr;
        m_ui->eventEditor->setProblems({{.severity = Severity::Error,
                                         .field = {},
                                         .message = parsed.error().message,
                                         .position = parsed.error().position}});
    }
    render();
    Q_EMIT eventChanged();
}

void PreviewPanel::render()
{
    m_pause.stop();
    ++m_rendering;
    m_isCurrent = isVisible();
    if (!m_isCurrent) {
        return;
    }
    if (m_event.is_null()) {
        m_ui->bodyEditor->setText({});
        const Problems &problems = m_ui->eventEditor->problems();
        tell(ColorRole::Error,
             problems.isEmpty() ? tr("The sample event is empty.")
                                : tr("Sample event: %1").arg(problems.first().message));
        return;
    }
    if (m_bodyTemplate.trimmed().isEmpty()) {
        m_ui->bodyEditor->setText({});
        tell(ColorRole::Inactive, tr("The body template is empty."));
        return;
    }
    if (m_bodyTemplate.size() <= largestAtOnce) {
        showPreview(previewBody(m_bodyTemplate, m_event, m_webhookName));
        return;
    }
    m_aside.run(
        [text = m_bodyTemplate, event = m_event, name = m_webhookName] { return previewBody(text, event, name); },
        [this, rendering = m_rendering](const Preview &preview) {
            if (rendering == m_rendering) {
                showPreview(preview);
            }
        });
}

void PreviewPanel::showPreview(const Preview &preview)
{
    m_ui->bodyEditor->setText(toQString(preview.body));
    for (const Problem &problem : preview.problems) {
        if (problem.severity == Severity::Error) {
            tell(ColorRole::Error,
                 problem.position.isValid() ? tr("Line %1, column %2: %3")
                                                  .arg(problem.position.line)
                                                  .arg(problem.position.column)
                                                  .arg(problem.message)
                                            : problem.message);
            return;
        }
    }
    tell(ColorRole::Success, tr("%1 · valid JSON").arg(leftToRight(formatSize(qint64(preview.body.size())))));
    m_ui->factsLabel->setToolTip(formatExactSize(qint64(preview.body.size())));
}

void PreviewPanel::tell(ColorRole role, const QString &words)
{
    m_ui->markLabel->setPixmap(pixmap(symbolOf(role), color(role, palette()), Metrics::icon, devicePixelRatioF()));
    setMixedText(m_ui->factsLabel, words);
    m_ui->factsLabel->setToolTip({});
}

} // namespace Tocsin

#include "moc_previewpanel.cpp"
