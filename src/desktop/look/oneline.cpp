// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "oneline.h"

#include <QLineEdit>
#include <QRegularExpression>
#include <QValidator>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

const QRegularExpression &lineBreak()
{
    static const QRegularExpression expression(u"[\\r\\n\\x{2028}\\x{2029}]"_s);
    return expression;
}

QString inOneLine(QString text)
{
    static const QRegularExpression leading(u"^\\s*[\\r\\n\\x{2028}\\x{2029}]\\s*"_s);
    static const QRegularExpression trailing(u"[ \\t]*[\\r\\n\\x{2028}\\x{2029}]\\s*$"_s);
    static const QRegularExpression within(u"[ \\t]*[\\r\\n\\x{2028}\\x{2029}]\\s*"_s);
    return text.remove(leading).remove(trailing).replace(within, u" "_s);
}

/// Refuses line breaks, since each way into a field (keys, menu, drop, assistive technology) leads through it: what was
/// to be put in is taken out again by the field itself, whose undo stays as it was, and goes in anew in one line.
class OneLine : public QValidator
{
public:
    explicit OneLine(QLineEdit *edit)
        : QValidator(edit)
        , m_edit(edit)
    {
        const auto again = [this] {
            putIn();
        };
        connect(edit, &QLineEdit::inputRejected, this, again, Qt::QueuedConnection); // it is still in there
    }

    State validate(QString &input, int &) const override
    {
        if (!input.contains(lineBreak())) {
            return Acceptable;
        }
        m_refused = input;
        return Invalid;
    }

private:
    void putIn()
    {
        const QString refused = std::exchange(m_refused, {});
        const QString text = m_edit->text();
        const bool isSelected = m_edit->hasSelectedText();
        const auto begin = isSelected ? m_edit->selectionStart() : m_edit->cursorPosition();
        const auto after = text.size() - (isSelected ? m_edit->selectionEnd() : begin);
        if (text.contains(lineBreak())) { // was set, which the field takes as it is
            m_edit->setText(inOneLine(text));
        } else if (refused.size() >= begin + after) {
            m_edit->insert(inOneLine(refused.sliced(begin, refused.size() - begin - after)));
        }
    }

    QLineEdit *m_edit;
    mutable QString m_refused;
};

} // namespace

void keepToOneLine(QLineEdit *edit)
{
    edit->setValidator(new OneLine(edit));
}

} // namespace Tocsin
