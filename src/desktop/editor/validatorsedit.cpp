// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "validatorsedit.h"

#include "chipsedit.h"
#include "metrics.h"
#include "problemlabel.h"
#include "reveal.h"
#include "taborder.h"
#include "validatorrowedit.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Tocsin {

ValidatorsEdit::ValidatorsEdit(QWidget *parent)
    : QWidget(parent)
    , m_titles(new QWidget(this))
    , m_rows(new QVBoxLayout)
    , m_add(new QPushButton(tr("+ Add"), this))
{
    auto *titles = new QHBoxLayout(m_titles);
    // Over the rows' columns, which end before a row's button.
    const int buttonWidth = ValidatorRowEdit(nullptr).buttonWidth();
    titles->setContentsMargins(0, 0, buttonWidth + Metrics::tight, 0);
    titles->setSpacing(Metrics::tight);
    titles->addWidget(new QLabel(tr("Json Path"), m_titles), 1);
    titles->addWidget(new QLabel(tr("Expected Values"), m_titles), 1);

    m_add->setAccessibleName(tr("+ Add"));
    m_add->setToolTip(tr("Add a response validator"));
    m_add->setAutoDefault(false);
    m_rows->setSpacing(Metrics::small);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::tight);
    layout->addWidget(m_titles);
    layout->addLayout(m_rows);
    layout->addWidget(m_add, 0, Qt::AlignLeft);

    connect(m_add, &QPushButton::clicked, this, [this] {
        m_draft->addValidator();
        appendRow();
        renumber();
        reveal(m_edits.constLast()->pathEdit());
    });
    renumber();
}

void ValidatorsEdit::setDraft(WebhookDraft *draft)
{
    m_draft = draft;
    connect(draft, &WebhookDraft::loaded, this, &ValidatorsEdit::reload);
    connect(draft, &WebhookDraft::problemsChanged, this, &ValidatorsEdit::showProblems);
    reload();
}

void ValidatorsEdit::reload()
{
    const QList<ResponseValidator> &validators = m_draft->fields().validators;
    while (m_edits.size() > validators.size()) {
        delete m_edits.takeLast();
    }
    while (m_edits.size() < validators.size()) {
        appendRow();
    }
    for (qsizetype i = 0; i < m_edits.size(); ++i) {
        m_edits.at(i)->setValidator(validators.at(i));
    }
    renumber();
    showProblems();
}

void ValidatorsEdit::appendRow()
{
    auto *edit = new ValidatorRowEdit(this);
    connect(edit, &ValidatorRowEdit::pathChanged, this,
            [this, edit](const QString &path) { m_draft->setJsonPath(int(m_edits.indexOf(edit)), path); });
    connect(edit, &ValidatorRowEdit::valuesChanged, this, [this, edit](const QStringList &values) {
        m_draft->setExpectedValues(int(m_edits.indexOf(edit)), values);
    });
    connect(edit, &ValidatorRowEdit::removeRequested, this, [this, edit] { removeRow(edit); });
    m_rows->addWidget(edit);
    m_edits.append(edit);
    edit->show();
}

void ValidatorsEdit::removeRow(ValidatorRowEdit *edit)
{
    const int row = int(m_edits.indexOf(edit));
    m_edits.removeAt(row);
    edit->disconnect(this);
    edit->hide();
    edit->deleteLater();
    m_draft->removeValidator(row);
    renumber();
    widgetOf(std::min(row, int(m_edits.size()) - 1), WebhookDraft::Field::JsonPath)->setFocus(Qt::OtherFocusReason);
}

QWidget *ValidatorsEdit::widgetOf(int row, WebhookDraft::Field field) const
{
    if (row < 0 || row >= m_edits.size()) {
        return m_add;
    }
    const ValidatorRowEdit *edit = m_edits.at(row);
    return field == WebhookDraft::Field::ExpectedValues ? static_cast<QWidget *>(edit->valuesEdit()) : edit->pathEdit();
}

void ValidatorsEdit::showProblems()
{
    using Field = WebhookDraft::Field;
    for (qsizetype i = 0; i < m_edits.size(); ++i) {
        m_edits.at(i)->pathProblems()->setProblems(m_draft->shownProblems(Field::JsonPath, int(i)));
        m_edits.at(i)->valuesProblems()->setProblems(m_draft->shownProblems(Field::ExpectedValues, int(i)));
    }
}

void ValidatorsEdit::renumber()
{
    m_titles->setVisible(!m_edits.isEmpty());
    QList<QWidget *> stops{m_add};
    for (qsizetype i = 0; i < m_edits.size(); ++i) {
        m_edits.at(i)->setNumber(int(i) + 1);
        stops.append(m_edits.at(i)->tabStops());
    }
    // The rows stand before the button, which therefore is moved behind them at last.
    stops.append(m_add);
    chainTabOrder(stops);
}

} // namespace Tocsin

#include "moc_validatorsedit.cpp"
