// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What CodeEditor says about its text: problems, marks, hints and mends.
#include "codeeditor.h"

#include "codehint.h"
#include "templatecompletion.h"

#include <QMenu>
#include <QTextDocument>
#include <QToolTip>

#include <optional>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

void CodeEditor::setProblems(const Problems &problems)
{
    if (problems == m_problems)
        return;
    m_problems = problems;
    const long length = send(SCI_GETLENGTH);
    for (const int mark : {errorMark, warningMark}) {
        markerDeleteAll(mark);
        send(SCI_SETINDICATORCURRENT, mark);
        send(SCI_INDICATORCLEARRANGE, 0, length);
    }
    for (const Problem &problem : problems) {
        if (!problem.position.isValid()) {
            continue;
        }
        const int mark = problem.severity == Severity::Error ? errorMark : warningMark;
        const long from = positionOf(problem.position);
        const long line = send(SCI_LINEFROMPOSITION, from);
        const long start = from == send(SCI_GETLINEENDPOSITION, line) && from > send(SCI_POSITIONFROMLINE, line)
            ? send(SCI_POSITIONBEFORE, from)
            : from;
        send(SCI_SETINDICATORCURRENT, mark);
        send(SCI_INDICATORFILLRANGE, start, endOfMark(start) - start);
        // One upon the other, two icons could not be told from one another: a line's error counts more.
        if (mark == errorMark) {
            markerDelete(int(line), warningMark);
        } else if ((markersAtLine(int(line)) & (1U << errorMark)) != 0) {
            continue;
        }
        markerAdd(int(line), mark);
    }
    describeAll();
    updateMargins();
}

void CodeEditor::setMarks(const QList<CodeMark> &marks)
{
    if (marks == m_marks)
        return;
    m_marks = marks;
    const QString all = text();
    for (const int mark : {lockMark, unlockMark}) {
        markerDeleteAll(mark);
        send(SCI_SETINDICATORCURRENT, mark);
        send(SCI_INDICATORCLEARRANGE, 0, send(SCI_GETLENGTH));
    }
    for (qsizetype i = 0; i < m_marks.size(); ++i) {
        const CodeMark &shown = m_marks.at(i);
        const int mark = shown.symbol == Symbol::Lock ? lockMark : unlockMark;
        const long from = QStringView(all).left(shown.begin).toUtf8().size();
        send(SCI_SETINDICATORCURRENT, mark);
        send(SCI_SETINDICATORVALUE, i + 1);
        send(SCI_INDICATORFILLRANGE, from, QStringView(all).mid(shown.begin, shown.length).toUtf8().size());
        markerAdd(int(send(SCI_LINEFROMPOSITION, from)), mark);
    }
    describeAll();
    updateMargins();
}

void CodeEditor::describeAll()
{
    QStringList told;
    for (const Problem &problem : std::as_const(m_problems)) {
        told << (problem.position.isValid() ? tr("Line %1, column %2: %3")
                                                  .arg(problem.position.line)
                                                  .arg(problem.position.column)
                                                  .arg(problem.message)
                                            : problem.message);
    }
    for (const CodeMark &mark : std::as_const(m_marks)) {
        told << mark.text;
    }
    setAccessibleDescription(told.join(u'\n'));
}

void CodeEditor::goToNextProblem()
{
    const long cursor = send(SCI_GETCURRENTPOS);
    std::optional<long> first;
    std::optional<long> next;
    for (const Problem &problem : m_problems) {
        if (!problem.position.isValid())
            continue;
        const long position = positionOf(problem.position);
        first = std::min(position, first.value_or(position));
        if (position > cursor)
            next = std::min(position, next.value_or(position));
    }
    if (const auto target = next ? next : first)
        send(SCI_GOTOPOS, *target);
}

QString CodeEditor::problemTextAt(int position) const
{
    if (position < 0)
        return {};
    QStringList messages;
    for (const Problem &problem : m_problems) {
        if (!problem.position.isValid())
            continue;
        const long from = positionOf(problem.position);
        if (send(SCI_LINEFROMPOSITION, from) == send(SCI_LINEFROMPOSITION, position))
            messages << problem.message;
    }
    for (const int mark : {lockMark, unlockMark}) {
        // Its value is the mark's number: it moves with the text, as the marks as they were given do not.
        const long number = send(SCI_INDICATORVALUEAT, mark, position);
        if (number > 0 && number <= m_marks.size())
            messages << m_marks.at(number - 1).text;
    }
    return messages.join(u'\n');
}

QString CodeEditor::hintAt(int position) const
{
    const QString told = problemTextAt(position);
    if (!told.isEmpty() || position < 0 || m_language != CodeLanguage::BodyTemplate) {
        return told;
    }
    const auto written = wordAt(source(), std::size_t(position));
    if (!written) {
        return {};
    }
    const TemplateWord &word = written->word;
    QStringList lines{word.text, word.description};
    if (!word.type.isEmpty()) {
        lines << tr("Type: %1").arg(word.type);
    }
    if (!word.sample.isEmpty()) {
        lines << tr("Sample: %1").arg(word.sample);
    }
    return lines.join(u'\n');
}

QList<TemplateMend> CodeEditor::mendsAt(int position) const
{
    QList<TemplateMend> mends;
    if (position < 0 || isReadOnly() || m_language != CodeLanguage::BodyTemplate) {
        return mends;
    }
    const long line = send(SCI_LINEFROMPOSITION, position) + 1;
    for (const Problem &problem : m_problems) {
        if (problem.position.line == line) {
            for (const TemplateMend &mend : mendsOf(source(), problem)) {
                if (!mends.contains(mend)) {
                    mends.append(mend);
                }
            }
        }
    }
    return mends;
}

void CodeEditor::applyMend(const TemplateMend &mend)
{
    replaceRange(long(mend.begin), long(mend.length), mend.text);
    goTo(long(mend.begin + mend.text.size()));
}

void CodeEditor::addMends(QMenu &menu)
{
    const QList<TemplateMend> mends = mendsAt(int(send(SCI_GETCURRENTPOS)));
    for (const TemplateMend &mend : mends) {
        menu.addAction(QString(mend.label).replace(u'&', u"&&"_s), this, [this, mend] { applyMend(mend); });
    }
    if (!mends.isEmpty()) {
        menu.addSeparator();
    }
}

void CodeEditor::showHint(long position, const QRect &globalPlace, bool byKeyboard)
{
    QString text = hintAt(int(position));
    QList<CodeHint::Offer> offers;
    const QList<TemplateMend> mends = mendsAt(int(position));
    for (const TemplateMend &mend : mends) {
        offers.append({.label = mend.label, .work = [this, mend] {
                           applyMend(mend);
                       }});
    }
    if (text.isEmpty() && m_use && position >= 0) {
        if (const auto use = m_use(position)) {
            text = use->text;
            offers.append({.label = use->label, .work = use->work});
        }
    }
    if (text.isEmpty() || (offers.isEmpty() && !byKeyboard)) {
        // A sample may look like HTML.
        QToolTip::showText(globalPlace.topLeft(),
                           text.isEmpty() ? QString() : Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal),
                           viewport());
        return;
    }
    if (m_hint && m_hint->parentWidget() != window()) {
        m_hint->hide();
        m_hint->deleteLater();
        m_hint.clear();
    }
    if (!m_hint) {
        m_hint = new CodeHint(this);
        connect(this, &QObject::destroyed, m_hint, &QObject::deleteLater);
    }
    const QRect line = byKeyboard ? globalPlace : globalRect(position);
    m_hint->showAt(QRect(globalPlace.left(), line.top(), globalPlace.width(), line.height()), text, offers);
    if (byKeyboard) {
        m_hint->takeFocus();
    }
}

long CodeEditor::endOfMark(long from) const
{
    const long lineEnd = send(SCI_GETLINEENDPOSITION, send(SCI_LINEFROMPOSITION, from));
    const std::string rest = slice(from, lineEnd);
    if (rest.empty())
        return from;
    std::size_t length = 0;
    if (rest.starts_with("{{")) {
        const auto closing = rest.find("}}");
        length = closing == std::string::npos ? 2 : closing + 2;
    } else if (rest.starts_with('"')) {
        const auto closing = rest.find('"', 1);
        length = closing == std::string::npos ? rest.size() : closing + 1;
    } else {
        length = std::min(rest.find_first_of(" \t\"{}[](),:<>&|=!?"), rest.size());
    }
    return length == 0 ? send(SCI_POSITIONAFTER, from) : from + long(length);
}

} // namespace Tocsin
