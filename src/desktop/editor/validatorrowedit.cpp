// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "validatorrowedit.h"

#include "chipsedit.h"
#include "fonts.h"
#include "icons.h"
#include "metrics.h"
#include "oneline.h"
#include "problemlabel.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QToolButton>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

ValidatorRowEdit::ValidatorRowEdit(QWidget *parent)
    : NamedGroup(parent)
    , m_path(new QLineEdit(this))
    , m_values(new ChipsEdit(this))
    , m_remove(new QToolButton(this))
    , m_pathProblems(new ProblemLabel(this))
    , m_valuesProblems(new ProblemLabel(this))
{
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::tight);
    layout->addWidget(m_path, 0, 0, Qt::AlignTop);
    layout->addWidget(m_values, 0, 1, Qt::AlignTop);
    layout->addWidget(m_remove, 0, 2, Qt::AlignTop);
    layout->addWidget(m_pathProblems, 1, 0, 1, 2);
    layout->addWidget(m_valuesProblems, 2, 0, 1, 2);
    layout->setColumnStretch(0, 1);
    layout->setColumnStretch(1, 1);

    keepToOneLine(m_path);
    m_path->setFont(fixedFont());
    m_path->setLayoutDirection(Qt::LeftToRight);
    m_path->setAccessibleName(tr("Json Path"));
    m_path->setPlaceholderText(u"$.data.…"_s);
    m_values->setLabel(tr("Expected Values"));
    m_values->setPlaceholderText(tr("Type a value, press Enter"));
    m_remove->setIcon(icon(Symbol::Close));
    m_remove->setAutoRaise(true);
    m_remove->setFocusPolicy(Qt::StrongFocus);
    m_pathProblems->setField(m_path);
    m_valuesProblems->setField(m_values->edit());

    connect(m_path, &QLineEdit::textChanged, this, [this](const QString &path) {
        updateSummary();
        Q_EMIT pathChanged(path.trimmed());
    });
    connect(m_values, &ChipsEdit::valuesChanged, this, [this](const QStringList &values) {
        updateSummary();
        Q_EMIT valuesChanged(values);
    });
    connect(m_remove, &QToolButton::clicked, this, &ValidatorRowEdit::removeRequested);
    setNumber(1);
}

void ValidatorRowEdit::setNumber(int number)
{
    setAccessibleName(tr("Response validator %1").arg(number));
    m_remove->setAccessibleName(tr("Remove response validator %1").arg(number));
    m_remove->setToolTip(m_remove->accessibleName());
}

void ValidatorRowEdit::setValidator(const ResponseValidator &validator)
{
    const QSignalBlocker blocker(this);
    if (m_path->text().trimmed() != validator.jsonPath) {
        m_path->setText(validator.jsonPath);
    }
    m_values->setValues(validator.expectedValues);
    updateSummary();
}

QList<QWidget *> ValidatorRowEdit::tabStops() const
{
    return {m_path, m_values->edit(), m_remove};
}

int ValidatorRowEdit::buttonWidth() const
{
    return m_remove->sizeHint().width();
}

void ValidatorRowEdit::updateSummary()
{
    setSummary(u"%1: %2"_s.arg(m_path->text(), m_values->text()));
}

} // namespace Tocsin

#include "moc_validatorrowedit.cpp"
