// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "problemlabel.h"

#include "colorroles.h"
#include "icons.h"
#include "metrics.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

namespace Tocsin {

ProblemLabel::ProblemLabel(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::tight);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    hide();
}

QString ProblemLabel::text() const
{
    return m_text->text();
}

void ProblemLabel::setProblems(const Problems &problems)
{
    QStringList sentences;
    for (const Problem &problem : problems) {
        const QString sentence = problem.position.isValid()
            ? tr("Line %1: %2").arg(QString::number(problem.position.line), problem.message)
            : problem.message;
        if (!sentences.contains(sentence)) {
            sentences.append(sentence);
        }
    }
    const QString text = sentences.join(u'\n');
    m_severity = hasErrors(problems) ? Severity::Error : Severity::Warning;
    paintRole();
    if (text != m_text->text()) {
        m_text->setText(text);
        if (m_field) {
            m_field->setAccessibleDescription(text);
        }
    }
    setVisible(!text.isEmpty());
}

void ProblemLabel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::PaletteChange) {
        paintRole();
    }
}

void ProblemLabel::paintRole()
{
    const ColorRole role = m_severity == Severity::Error ? ColorRole::Error : ColorRole::Warning;
    const QColor ink = color(role, QPalette());
    QPalette inked;
    inked.setColor(QPalette::WindowText, ink);
    m_text->setPalette(inked);
    m_icon->setPixmap(pixmap(symbolOf(role), ink, Metrics::icon, devicePixelRatioF()));
}

} // namespace Tocsin
