// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodyview.h"

#include "codeeditor.h"
#include "copying.h"
#include "format.h"
#include "headinglabel.h"
#include "icons.h"
#include "isolates.h"
#include "jsontext.h"
#include "metrics.h"
#include "responsetext.h"
#include "rolelabel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int mostOfValue = 80; // characters in a hint

/// As a validator names it, from the answer's root.
QString validatorPath(const JsonPlace &place)
{
    return u"$.data"_s + place.path;
}
} // namespace

BodyView::BodyView(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(tr("Body"), this))
    , m_facts(new RoleLabel(this))
    , m_note(new RoleLabel(this))
    , m_rawButton(new QToolButton(this))
    , m_copyButton(new QToolButton(this))
    , m_editor(new CodeEditor(this))
    , m_makeValidator(new QAction(tr("Make a validator"), this))
{
    m_title->setFont(semiboldFont());
    m_facts->setWordWrap(true);
    m_note->setRole(ColorRole::Warning);
    m_note->setWordWrap(true);
    m_rawButton->setText(tr("Raw"));
    m_rawButton->setCheckable(true);
    m_rawButton->setToolTip(tr("Show the body as it was on the wire"));
    m_copyButton->setText(tr("Copy body"));
    m_copyButton->setIcon(icon(Symbol::Copy));
    m_copyButton->setToolTip(m_copyButton->text());
    m_copyButton->setAutoRaise(true);
    m_editor->setReadOnly(true);
    m_editor->setAccessibleName(tr("Body"));
    m_editor->setLineRange(4, 24);
    m_editor->setWrapMode(QsciScintilla::WrapCharacter);
    m_editor->setWrapIndentMode(QsciScintilla::WrapIndentIndented);
    m_makeValidator->setToolTip(tr("Expect the value under the cursor in the response"));

    auto *bar = new QHBoxLayout;
    bar->setSpacing(Metrics::small);
    bar->addWidget(m_title, 1);
    bar->addWidget(m_rawButton);
    bar->addWidget(m_copyButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::tight);
    layout->addLayout(bar);
    layout->addWidget(m_facts);
    layout->addWidget(m_note);
    layout->addWidget(m_editor, 1);
    layout->addStretch(); // below the facts of an empty body, which has no editor

    connect(m_rawButton, &QToolButton::toggled, this, &BodyView::showText);
    connect(m_copyButton, &QToolButton::clicked, this, [this] {
        // JSON is UTF-8, whatever charset is named.
        const bool isJson = m_text.kind == BodyText::Kind::JsonText;
        copyText(responseText(m_body, isJson ? QString() : m_contentType, m_isCut).text, m_copyButton);
    });
    connect(m_makeValidator, &QAction::triggered, this, &BodyView::requestValidator);
    setBody({}, {}, false);
}

void BodyView::setBody(const QByteArray &body, const QString &contentType, bool isCut)
{
    m_body = body;
    m_contentType = contentType;
    m_isCut = isCut;
    m_isLaidOut = false;
    if (isVisible()) {
        layOut();
    }
}

void BodyView::setTitle(const QString &title)
{
    m_title->setText(title);
    m_editor->setAccessibleName(title);
}

void BodyView::setOffersValidators(bool offers)
{
    if (offers) {
        m_editor->addAction(m_makeValidator);
        m_editor->setUse([this](long position) { return validatorAt(position); });
    } else {
        m_editor->removeAction(m_makeValidator);
        m_editor->setUse({});
    }
}

void BodyView::showEvent(QShowEvent *event)
{
    if (!m_isLaidOut) {
        layOut();
    }
    QWidget::showEvent(event);
}

void BodyView::layOut()
{
    m_isLaidOut = true;
    m_text = bodyText(m_body, m_contentType, m_isCut);
    QStringList facts{leftToRight(formatSize(m_body.size()))};
    if (!m_contentType.isEmpty()) {
        facts << leftToRight(m_contentType);
    }
    facts << toString(m_text.kind);
    if (!m_text.encoding.isEmpty()) {
        facts << tr("read as %1").arg(m_text.encoding);
    }
    setMixedText(m_facts, facts.join(u" · "_s));
    m_facts->setToolTip(formatExactSize(m_body.size()));
    const bool isJson = m_text.kind == BodyText::Kind::JsonText;
    m_rawButton->setVisible(isJson);
    m_rawButton->setChecked(false);
    m_copyButton->setVisible(m_text.kind != BodyText::Kind::Empty && m_text.kind != BodyText::Kind::Binary);
    m_editor->setVisible(m_text.kind != BodyText::Kind::Empty);
    m_makeValidator->setEnabled(isJson);
    m_editor->setLanguage(m_text.language);
    showText();
}

void BodyView::showText()
{
    const bool isRaw = m_rawButton->isChecked() || m_text.kind != BodyText::Kind::JsonText;
    m_editor->setText(isRaw ? m_text.raw : m_text.pretty);
    QStringList notes;
    if (m_isCut) {
        notes << tr("The body was longer: only its first %1 were read.").arg(leftToRight(formatSize(m_body.size())));
    }
    if (isRaw && m_text.isShortened) {
        notes << tr("Only the beginning is shown.");
    }
    setMixedText(m_note, notes.join(u' '));
    m_note->setVisible(!notes.isEmpty());
}

std::optional<CodeUse> BodyView::validatorAt(long position)
{
    const auto place =
        m_makeValidator->isEnabled() ? jsonPlaceAt(m_editor->source(), std::size_t(position)) : std::nullopt;
    if (!place) {
        return std::nullopt;
    }
    const QString path = validatorPath(*place);
    const QString value = place->value.size() > mostOfValue ? place->value.first(mostOfValue) + u'…' : place->value;
    return CodeUse{.text = u"%1: %2"_s.arg(path, value),
                   .label = m_makeValidator->text(),
                   .work = [this, path, value = place->value] {
                       Q_EMIT validatorRequested(path, value);
                   }};
}

void BodyView::requestValidator()
{
    const std::string_view text = m_editor->source();
    const auto cursor = std::size_t(m_editor->cursorPlace().offset);
    const auto lineStart = text.rfind('\n', cursor == 0 ? 0 : cursor - 1) + 1;
    auto place = jsonPlaceAt(text, cursor);
    if (!place) {
        place = jsonPlaceAt(text, text.find_first_not_of(' ', lineStart));
    }
    if (place) {
        Q_EMIT validatorRequested(validatorPath(*place), place->value);
    }
}

} // namespace Tocsin

#include "moc_bodyview.cpp"
