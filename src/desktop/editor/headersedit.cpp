// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "headersedit.h"

#include "metrics.h"
#include "secretedit.h"
#include "taborder.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace Tocsin {

namespace {
// What a webhook may hold; one more, and the problem that says so.
constexpr qsizetype mostHeaders = 64;
constexpr qsizetype mostParameters = 16;
} // namespace

HeadersEdit::HeadersEdit(QWidget *parent)
    : HeadersEdit(HeaderRowEdit::Kind::Header, parent)
{
}

HeadersEdit::HeadersEdit(HeaderRowEdit::Kind kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Metrics::tight);
    auto *titles = new QHBoxLayout;
    titles->setSpacing(Metrics::tight);
    titles->addWidget(new QLabel(tr("Key"), this), HeaderRowEdit::keyShare);
    titles->addWidget(new QLabel(tr("Value"), this), HeaderRowEdit::valueShare);
    // Over the rows' columns, which end before a row's buttons.
    titles->addSpacing(HeaderRowEdit(m_kind).buttonsWidth());
    m_layout->addLayout(titles);
    keepOneEmpty();
}

void HeadersEdit::insertRow(int index)
{
    auto *edit = new HeaderRowEdit(m_kind, this);
    connect(edit, &HeaderRowEdit::changed, this, &HeadersEdit::note);
    connect(edit, &HeaderRowEdit::removeRequested, this, [this, edit] { removeRow(edit); });
    connect(edit, &HeaderRowEdit::entered, this, [this, edit] { enterRow(int(m_edits.indexOf(edit)) + 1); });
    connect(edit, &HeaderRowEdit::pasted, this, [this, edit](const QString &text) { paste(edit, text); });
    m_layout->insertWidget(index + 1, edit); // below the titles
    m_edits.insert(index, edit);
    edit->show();
}

void HeadersEdit::keepOneEmpty()
{
    if (m_edits.isEmpty() || !m_edits.constLast()->row().isBlank()) {
        insertRow(int(m_edits.size()));
    }
    for (qsizetype i = 0; i < m_edits.size(); ++i) {
        m_edits.at(i)->setNumber(int(i) + 1);
        m_edits.at(i)->setRemovable(i + 1 < m_edits.size());
    }
    chainTabOrder(tabStops());
}

QList<QWidget *> HeadersEdit::tabStops() const
{
    QList<QWidget *> stops;
    for (const HeaderRowEdit *edit : m_edits) {
        stops.append(edit->tabStops());
    }
    return stops;
}

void HeadersEdit::setRows(const QList<HeaderRow> &rows)
{
    if (rows == this->rows()) {
        return;
    }
    while (m_edits.size() > rows.size() + 1) {
        delete m_edits.takeLast();
    }
    while (m_edits.size() < rows.size()) {
        insertRow(int(m_edits.size()));
    }
    for (qsizetype i = 0; i < m_edits.size(); ++i) {
        m_edits.at(i)->setRow(rows.value(i));
    }
    keepOneEmpty();
}

QList<HeaderRow> HeadersEdit::rows() const
{
    QList<HeaderRow> rows;
    for (const HeaderRowEdit *edit : m_edits) {
        rows.append(edit->row());
    }
    while (!rows.isEmpty() && rows.constLast().isBlank()) {
        rows.removeLast();
    }
    return rows;
}

void HeadersEdit::focusRow(int row)
{
    widgetOf(row)->setFocus(Qt::OtherFocusReason);
}

/// From the row above: what is named already lacks its value at most.
void HeadersEdit::enterRow(int row)
{
    const HeaderRowEdit *edit = m_edits.at(std::min<qsizetype>(row, m_edits.size() - 1));
    QWidget *cell = edit->row().wantsValue() ? valueOf(row) : widgetOf(row);
    cell->setFocus(Qt::TabFocusReason); // what is there is selected
}

QWidget *HeadersEdit::valueOf(int row) const
{
    return m_edits.at(std::clamp<qsizetype>(row, 0, m_edits.size() - 1))->valueEdit()->edit();
}

QWidget *HeadersEdit::widgetOf(int row) const
{
    return m_edits.at(std::clamp<qsizetype>(row, 0, m_edits.size() - 1))->keyEdit();
}

void HeadersEdit::removeRow(HeaderRowEdit *edit)
{
    const int row = int(m_edits.indexOf(edit));
    m_edits.removeAt(row);
    edit->hide();
    edit->deleteLater();
    keepOneEmpty();
    focusRow(row);
    Q_EMIT rowsChanged(rows());
}

void HeadersEdit::paste(HeaderRowEdit *edit, const QString &text)
{
    int row = int(m_edits.indexOf(edit));
    bool first = true;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        const qsizetype colon = line.indexOf(u':');
        const QString name = line.first(colon < 0 ? line.size() : colon).trimmed();
        if (name.isEmpty()) {
            continue;
        }
        if (m_edits.size() > (m_kind == HeaderRowEdit::Kind::Header ? mostHeaders : mostParameters)) {
            break;
        }
        if (!first) {
            insertRow(++row);
        }
        HeaderRow pasted = m_edits.at(row)->row();
        pasted.name = name;
        if (colon >= 0) {
            pasted.value = line.sliced(colon + 1).trimmed();
        }
        m_edits.at(row)->setRow(pasted);
        first = false;
    }
    keepOneEmpty();
    m_edits.at(row)->valueEdit()->setFocus(Qt::OtherFocusReason);
    Q_EMIT rowsChanged(rows());
}

void HeadersEdit::note()
{
    keepOneEmpty();
    Q_EMIT rowsChanged(rows());
}

} // namespace Tocsin

#include "moc_headersedit.cpp"
