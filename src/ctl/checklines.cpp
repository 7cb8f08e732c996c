// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checklines.h"

#include "session.h"
#include "shownname.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct CheckText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::CheckLines)
};

/// The same words in every language, for scripts and logs; what failed meets the eye.
QString stateWord(CheckState state)
{
    return state == CheckState::Failed ? toString(state).toUpper() : toString(state);
}

qsizetype widestSubject()
{
    qsizetype widest = 0;
    for (int i = 0; i <= static_cast<int>(CheckSubject::Token); ++i) {
        widest = std::max(widest, checkSubjectText(static_cast<CheckSubject>(i)).size());
    }
    return widest;
}

QString placeOf(const CheckLine &line)
{
    const auto field = shownPath(line.field);
    return line.position.isValid()
        ? u"%1:%2:%3"_s.arg(field, QString::number(line.position.line), QString::number(line.position.column))
        : field;
}

/// What was found, where, and what to do.
QString wordsOf(const CheckLine &line)
{
    QStringList words{line.found.text()};
    if (!line.hint.isEmpty()) {
        words.append(line.hint.text());
    }
    if (line.state != CheckState::Ok && !line.field.isEmpty()) {
        words.append(u'(' + placeOf(line) + u')');
    }
    return onOneLine(words.join(u' '));
}

} // namespace

CheckLines::CheckLines(const QList<WebhookInput> &webhooks)
{
    for (const auto &input : webhooks) {
        m_widestName = std::max(m_widestName, input.webhook.name.size());
    }
}

QString CheckLines::text(const WebhookCheckResult &result)
{
    constexpr qsizetype widestState = 7;
    static const auto subjects = widestSubject();
    QString text;
    for (const auto &line : result.lines) {
        const auto words = wordsOf(line);
        if (line.isKeychains && m_told.contains(words)) {
            continue;
        }
        if (line.isKeychains) {
            m_told.insert(words);
        }
        text += u"%1  %2  %3  %4\n"_s.arg(stateWord(line.state).leftJustified(widestState),
                                          onOneLine(result.webhookName).leftJustified(m_widestName),
                                          checkSubjectText(line.subject).leftJustified(subjects), words);
    }
    return text;
}

QString checkSummary(const WebhookCheckResult &result)
{
    QStringList parts;
    for (const auto state : {CheckState::Failed, CheckState::Warning}) {
        for (const auto &line : result.lines) {
            if (line.state == state) {
                parts.append(u"%1: %2"_s.arg(checkSubjectText(line.subject), wordsOf(line)));
            }
        }
    }
    if (parts.isEmpty()) {
        return {};
    }
    const auto words = parts.join(u' ');
    return result.state() == CheckState::Failed
        ? CheckText::tr("The check of \"%1\" failed: %2").arg(onOneLine(result.webhookName), words)
        : CheckText::tr("The check of \"%1\" warns: %2").arg(onOneLine(result.webhookName), words);
}

} // namespace Tocsin
