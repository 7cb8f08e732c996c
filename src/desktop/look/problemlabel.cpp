// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "problemlabel.h"

#include "icons.h"
#include "metrics.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace Tocsin {

ProblemLabel::ProblemLabel(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::tight);
    m_errors = makePart();
    m_warnings = makePart();
    hide();
}

ProblemLabel::Part ProblemLabel::makePart()
{
    Part part;
    part.box = new QWidget(this);
    part.icon = new QLabel(part.box);
    part.text = new QLabel(part.box);
    part.text->setTextFormat(Qt::PlainText);
    part.text->setWordWrap(true);
    part.text->setAlignment(Qt::AlignLeft | Qt::AlignTop); // beside its icon, also in more room than it needs
    part.text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *row = new QHBoxLayout(part.box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Metrics::tight);
    row->addWidget(part.icon, 0, Qt::AlignTop);
    row->addWidget(part.text, 1);
    layout()->addWidget(part.box);
    part.box->hide();
    return part;
}

void ProblemLabel::setField(QWidget *field)
{
    m_field = field;
    m_description = field->accessibleDescription();
}

QString ProblemLabel::text() const
{
    QStringList texts{m_errors.text->text(), m_warnings.text->text()};
    texts.removeAll(QString());
    return texts.join(u'\n');
}

void ProblemLabel::setProblems(const Problems &problems)
{
    QStringList errors;
    QStringList warnings;
    for (const Problem &problem : problems) {
        const QString sentence = problem.position.isValid()
            ? tr("Line %1, column %2: %3")
                  .arg(QString::number(problem.position.line), QString::number(problem.position.column),
                       problem.message)
            : problem.message;
        auto &sentences = problem.severity == Severity::Error ? errors : warnings;
        if (!sentences.contains(sentence)) {
            sentences.append(sentence);
        }
    }
    const QString before = text();
    setSentences(m_errors, errors);
    setSentences(m_warnings, warnings);
    paintRoles();
    if (m_field && text() != before) {
        QStringList told{text(), m_description};
        told.removeAll(QString());
        m_field->setAccessibleDescription(told.join(u'\n'));
    }
    setVisible(!text().isEmpty());
}

void ProblemLabel::setSentences(const Part &part, const QStringList &sentences)
{
    const auto text = sentences.join(u'\n');
    if (text != part.text->text()) {
        part.text->setText(text);
    }
    part.box->setVisible(!text.isEmpty());
}

void ProblemLabel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::PaletteChange) {
        paintRoles();
    }
}

void ProblemLabel::paintRoles()
{
    paintRole(m_errors, ColorRole::Error);
    paintRole(m_warnings, ColorRole::Warning);
}

void ProblemLabel::paintRole(const Part &part, ColorRole role)
{
    if (!part.box) {
        return; // this is still being made
    }
    const QColor ink = color(role, QPalette());
    QPalette inked;
    inked.setColor(QPalette::WindowText, ink);
    part.text->setPalette(inked);
    part.icon->setPixmap(pixmap(symbolOf(role), ink, Metrics::icon, devicePixelRatioF()));
}

} // namespace Tocsin

#include "moc_problemlabel.cpp"
