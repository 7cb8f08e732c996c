// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "oneline.h"

#include <QLineEdit>
#include <QRegularExpression>
#include <QValidator>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

/// A validator, since each way into a field (keys, menu, drop, assistive technology) leads through it.
class OneLine : public QValidator
{
public:
    using QValidator::QValidator;

    State validate(QString &input, int &position) const override
    {
        static const QRegularExpression breaks(u"[ \\t]*[\\r\\n\\x{2028}\\x{2029}]\\s*"_s);
        if (input.contains(breaks)) {
            const auto oneLine = [](QString text) {
                return text.replace(breaks, u" "_s);
            };
            const auto start = [](const QString &text) {
                return text.startsWith(u' ') ? text.sliced(1) : text;
            };
            QString before = start(oneLine(input.first(position)));
            QString after = oneLine(input.sliced(position));
            if (before.isEmpty() || before.endsWith(u' ')) {
                after = start(after);
            }
            if (after.isEmpty() || after == " "_L1) {
                after.clear();
                before = before.endsWith(u' ') ? before.chopped(1) : before;
            }
            position = static_cast<int>(before.size());
            input = before + after;
        }
        return Acceptable;
    }
};

} // namespace

void keepToOneLine(QLineEdit *edit)
{
    edit->setValidator(new OneLine(edit));
}

} // namespace Tocsin
