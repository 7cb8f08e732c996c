// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "validatorsview.h"

#include "factgrid.h"
#include "fonts.h"
#include "headinglabel.h"
#include "icons.h"
#include "metrics.h"
#include "rolelabel.h"
#include "validatortext.h"
#include "wrappingtext.h"

#include <QHBoxLayout>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

ValidatorsView::ValidatorsView(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Metrics::large);
}

void ValidatorsView::setResults(const QList<ValidatorResult> &results, const QString &note)
{
    while (const auto *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (results.isEmpty()) {
        auto *none = new RoleLabel(
            tr("The webhook has no response validators: any answer with a status from 200 to 299 is a success."), this);
        none->setWordWrap(true);
        m_layout->addWidget(none);
    }
    if (!note.isEmpty()) {
        auto *label = new RoleLabel(note, this);
        label->setWordWrap(true);
        m_layout->addWidget(label);
    }
    for (const ValidatorResult &result : results) {
        m_layout->addWidget(card(result));
    }
    m_layout->addStretch();
}

QWidget *ValidatorsView::card(const ValidatorResult &result)
{
    auto *box = new QWidget(this);
    const ColorRole role = result.passed ? ColorRole::Success : ColorRole::Error;
    const QString words = result.passed ? tr("Passed") : tr("Failed");
    auto *mark = new QLabel(box);
    mark->setPixmap(icon(role).pixmap(Metrics::icon));
    auto *verdict = new RoleLabel(words, box);
    verdict->setRole(role);
    verdict->setFont(semiboldFont());
    auto *path = new WrappingText(box);
    path->setFont(fixedFont());
    path->setLayoutDirection(Qt::LeftToRight);
    path->setPlainText(result.jsonPath);
    path->setAccessibleName(tr("Json Path"));

    auto *title = new QHBoxLayout;
    title->setSpacing(Metrics::small);
    title->addWidget(mark, 0, Qt::AlignTop);
    title->addWidget(verdict, 0, Qt::AlignTop);
    title->addWidget(path, 1);

    auto *facts = new FactGrid(box);
    facts->addFact(tr("Expected Values"), result.expectedValues.join(u'\n'), FactGrid::Face::Fixed);
    facts->addFact(tr("Actual"), result.actual.isEmpty() ? tr("nothing at this path") : actualText(result),
                   result.actual.isEmpty() ? FactGrid::Face::Proportional : FactGrid::Face::Fixed);
    facts->addFact(tr("Reason"), result.message);

    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::tight);
    layout->addLayout(title);
    layout->addWidget(facts);
    return box;
}

} // namespace Tocsin

#include "moc_validatorsview.cpp"
