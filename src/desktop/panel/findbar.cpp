// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "findbar.h"

#include "codeeditor.h"
#include "icons.h"
#include "metrics.h"
#include "reveal.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

namespace Tocsin {

namespace {

using Sci = QsciScintillaBase;
constexpr std::chrono::milliseconds refreshDelay{120};

} // namespace

FindBar::FindBar(CodeEditor *editor)
    : QWidget(editor)
    , m_editor(editor)
    , m_line(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_case(new QToolButton(this))
{
    setAutoFillBackground(true);
    setAttribute(Qt::WA_NoMousePropagation);
    m_line->setAccessibleName(tr("Find"));
    m_line->setPlaceholderText(tr("Find"));
    m_line->setClearButtonEnabled(true);
    m_line->installEventFilter(this);
    m_case->setText(tr("Aa"));
    m_case->setCheckable(true);
    m_case->setAutoRaise(true);
    m_case->setToolTip(tr("Match case"));
    m_case->setAccessibleName(m_case->toolTip());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::tight, Metrics::tight, Metrics::tight, Metrics::tight);
    layout->setSpacing(Metrics::tight);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_count);
    layout->addWidget(m_case);
    const auto addButton = [this, layout](Symbol symbol, const QString &name, auto action) {
        auto *button = new QToolButton(this);
        button->setIcon(icon(symbol));
        button->setAutoRaise(true);
        button->setToolTip(name);
        button->setAccessibleName(name);
        connect(button, &QToolButton::clicked, this, action);
        layout->addWidget(button);
    };
    addButton(Symbol::Back, tr("Previous match (Shift+Enter)"), [this] { step(false); });
    addButton(Symbol::Forward, tr("Next match (Enter)"), [this] { step(true); });
    addButton(Symbol::Close, tr("Close (Esc)"), [this] { close(); });
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(refreshDelay);

    connect(m_line, &QLineEdit::textChanged, this, &FindBar::searchFromHere);
    connect(m_case, &QToolButton::toggled, this, &FindBar::searchFromHere);
    connect(&m_refresh, &QTimer::timeout, this, &FindBar::search);
    hide();
}

void FindBar::open()
{
    m_anchor = m_editor->SendScintilla(Sci::SCI_GETSELECTIONSTART);
    const QString selected = m_editor->selectedText();
    show();
    if (!selected.isEmpty() && !selected.contains(u'\n')) {
        m_line->setText(selected);
    }
    m_line->selectAll();
    m_line->setFocus(Qt::ShortcutFocusReason);
    scrollIntoSight(this);
    searchFromHere();
}

void FindBar::close()
{
    m_refresh.stop();
    m_matches.clear();
    clearMarks();
    hide();
    Q_EMIT closed();
}

bool FindBar::canStep() const
{
    return !m_line->text().isEmpty();
}

void FindBar::textChanged()
{
    if (isVisible()) {
        m_refresh.start();
    }
}

void FindBar::search()
{
    m_refresh.stop();
    m_matches =
        findMatches(m_editor->source(), m_line->text(), m_case->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive);
    clearMarks();
    markVisible();
    tellCount();
}

void FindBar::searchFromHere()
{
    search();
    if (m_matches.empty()) {
        m_editor->SendScintilla(Sci::SCI_SETEMPTYSELECTION, static_cast<unsigned long>(m_anchor));
        return;
    }
    const auto next = std::lower_bound(m_matches.begin(), m_matches.end(), m_anchor,
                                       [](const CodeMatch &match, long place) { return match.begin < place; });
    go(next == m_matches.end() ? 0 : std::size_t(next - m_matches.begin()));
}

void FindBar::step(bool forwards)
{
    if (m_refresh.isActive() || !isVisible()) {
        search();
    }
    if (m_matches.empty()) {
        return;
    }
    const long from = m_editor->SendScintilla(Sci::SCI_GETSELECTIONSTART);
    const bool isOnOne = !m_editor->SendScintilla(Sci::SCI_GETSELECTIONEMPTY);
    // Where nothing is selected, a match that begins at the cursor is the next.
    const auto at = std::partition_point(m_matches.begin(), m_matches.end(), [&](const CodeMatch &match) {
        return match.begin < from || (forwards && isOnOne && match.begin == from);
    });
    if (forwards) {
        go(at == m_matches.end() ? 0 : std::size_t(at - m_matches.begin()));
    } else {
        go(at == m_matches.begin() ? m_matches.size() - 1 : std::size_t(at - m_matches.begin()) - 1);
    }
    m_anchor = m_editor->SendScintilla(Sci::SCI_GETSELECTIONSTART);
}

void FindBar::go(std::size_t index)
{
    const CodeMatch &match = m_matches[index];
    m_editor->SendScintilla(Sci::SCI_SETSEL, static_cast<unsigned long>(match.begin), long(match.end));
    m_editor->SendScintilla(Sci::SCI_SCROLLRANGE, static_cast<unsigned long>(match.begin), long(match.end));
    markVisible();
    tellCount();
    showPlace(match);
}

/// The editor may be higher than the area it stands in: the match is in sight there, and this with it if both can be.
void FindBar::showPlace(const CodeMatch &match)
{
    if (isVisible()) {
        scrollIntoSight(this);
    }
    const QRect place = m_editor->globalRect(match.begin).united(m_editor->globalRect(match.end));
    scrollIntoSight(m_editor, {m_editor->mapFromGlobal(place.topLeft()), place.size()});
}

void FindBar::tellCount()
{
    const long from = m_editor->SendScintilla(Sci::SCI_GETSELECTIONSTART);
    const long to = m_editor->SendScintilla(Sci::SCI_GETSELECTIONEND);
    const auto at = std::lower_bound(m_matches.begin(), m_matches.end(), from,
                                     [](const CodeMatch &match, long place) { return match.begin < place; });
    QString text;
    if (!canStep()) {
        text.clear();
    } else if (m_matches.empty()) {
        text = tr("No matches");
    } else if (at != m_matches.end() && at->begin == from && at->end == to) {
        text = tr("%L1 of %L2").arg(at - m_matches.begin() + 1).arg(m_matches.size());
    } else {
        text = tr("%n match(es)", nullptr, int(m_matches.size()));
    }
    if (text == m_count->text()) {
        return;
    }
    m_count->setText(text);
    m_line->setAccessibleDescription(text);
    if (isVisible() && !text.isEmpty()) {
        QAccessibleEvent alert(m_count, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void FindBar::clearMarks()
{
    m_editor->SendScintilla(Sci::SCI_SETINDICATORCURRENT, static_cast<unsigned long>(indicator));
    m_editor->SendScintilla(Sci::SCI_INDICATORCLEARRANGE, 0UL, m_editor->SendScintilla(Sci::SCI_GETLENGTH));
    m_marked = {};
}

void FindBar::markVisible()
{
    if (m_matches.empty()) {
        return;
    }
    const auto lineAt = [this](long visible) {
        return m_editor->SendScintilla(Sci::SCI_DOCLINEFROMVISIBLE, static_cast<unsigned long>(visible));
    };
    const long first = m_editor->SendScintilla(Sci::SCI_GETFIRSTVISIBLELINE);
    const long from = m_editor->SendScintilla(Sci::SCI_POSITIONFROMLINE, lineAt(first));
    const long to = m_editor->SendScintilla(Sci::SCI_GETLINEENDPOSITION,
                                            lineAt(first + m_editor->SendScintilla(Sci::SCI_LINESONSCREEN) + 1));
    if (from >= m_marked.first && to <= m_marked.second) {
        return;
    }
    clearMarks();
    m_marked = {from, to};
    auto at = std::lower_bound(m_matches.begin(), m_matches.end(), from,
                               [](const CodeMatch &match, long place) { return match.end <= place; });
    for (; at != m_matches.end() && at->begin < to; ++at) {
        m_editor->SendScintilla(Sci::SCI_INDICATORFILLRANGE, static_cast<unsigned long>(at->begin),
                                long(at->end - at->begin));
    }
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    auto *key = static_cast<QKeyEvent *>(event);
    const bool isReturn = (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)
        && !(key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
    const bool isFind = key->matches(QKeySequence::Find);
    if (!isReturn && !isFind && key->key() != Qt::Key_Escape && key->key() != Qt::Key_F3) {
        return false;
    }
    event->accept();
    if (event->type() == QEvent::ShortcutOverride) {
        return true;
    }
    if (key->key() == Qt::Key_Escape) {
        close();
    } else if (isFind) {
        m_line->selectAll();
    } else {
        step(!key->modifiers().testFlag(Qt::ShiftModifier));
    }
    return true;
}

/// What no child of it takes is nothing to type into the code.
void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
    }
    event->accept();
}

} // namespace Tocsin

#include "moc_findbar.cpp"
