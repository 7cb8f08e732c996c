// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "issuesedit.h"

#include "icons.h"
#include "metrics.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

IssuesEdit::IssuesEdit(QWidget *parent)
    : NamedGroup(parent)
    , m_layout(new QVBoxLayout(this))
{
    setAccessibleName(tr("Issues"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Metrics::tight);
    setIssues({});
}

QList<EventDraft::Issue> IssuesEdit::issues() const
{
    QList<EventDraft::Issue> issues;
    for (const Row &row : m_rows) {
        issues.append({.status = row.status->currentText(), .message = row.message->text()});
    }
    issues.removeLast(); // the row that is to be typed into
    return issues;
}

void IssuesEdit::setIssues(const QList<EventDraft::Issue> &issues)
{
    if (!m_rows.isEmpty() && issues == this->issues()) {
        return;
    }
    m_isFilling = true;
    for (const Row &row : std::as_const(m_rows)) {
        delete row.widget;
    }
    m_rows.clear();
    for (const auto &issue : issues) {
        addRow(issue);
    }
    addRow({.status = toString(IntegrationStatus::Error), .message = {}});
    m_isFilling = false;
    rowsChanged();
}

void IssuesEdit::addRow(const EventDraft::Issue &issue)
{
    auto *widget = new QWidget(this);
    const Row row{.widget = widget,
                  .status = new QComboBox(widget),
                  .message = new QLineEdit(issue.message, widget),
                  .remove = new QToolButton(widget)};
    for (const auto status : {IntegrationStatus::Error, IntegrationStatus::Warning}) {
        row.status->addItem(toString(status));
    }
    if (row.status->findText(issue.status) < 0) {
        row.status->addItem(issue.status);
    }
    row.status->setCurrentText(issue.status);
    row.message->setPlaceholderText(tr("What is wrong, in words"));
    row.remove->setIcon(icon(Symbol::Close));
    row.remove->setAutoRaise(true);
    row.remove->setFocusPolicy(Qt::StrongFocus);
    auto *layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::tight);
    layout->addWidget(row.status);
    layout->addWidget(row.message, 1);
    layout->addWidget(row.remove);
    m_layout->addWidget(widget);
    m_rows.append(row);

    connect(row.status, &QComboBox::currentTextChanged, this, &IssuesEdit::rowsChanged);
    connect(row.message, &QLineEdit::textChanged, this, &IssuesEdit::rowsChanged);
    connect(row.remove, &QToolButton::clicked, this, [this, widget] { removeRow(widget); });
}

void IssuesEdit::removeRow(const QWidget *widget)
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [widget](const Row &row) { return row.widget == widget; });
    if (found == m_rows.end() || m_rows.size() == 1) {
        return;
    }
    found->widget->hide();
    found->widget->deleteLater();
    m_rows.erase(found);
    m_rows.constLast().message->setFocus(Qt::TabFocusReason);
    rowsChanged();
}

void IssuesEdit::rowsChanged()
{
    if (m_isFilling) {
        return;
    }
    if (!m_rows.constLast().message->text().isEmpty()) {
        m_isFilling = true;
        addRow({.status = toString(IntegrationStatus::Error), .message = {}});
        m_isFilling = false;
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows.at(i);
        row.status->setAccessibleName(tr("Status of issue %1").arg(i + 1));
        row.message->setAccessibleName(tr("Message of issue %1").arg(i + 1));
        row.remove->setAccessibleName(tr("Remove issue %1").arg(i + 1));
        row.remove->setToolTip(row.remove->accessibleName());
        row.remove->setEnabled(i + 1 < m_rows.size()); // hidden, it would still have to keep its place
    }
    setSummary(tr("%n issue(s)", nullptr, static_cast<int>(issues().size())));
    Q_EMIT changed();
}

} // namespace Tocsin

#include "moc_issuesedit.cpp"
