// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatemends.h"

#include "bodytemplate.h"
#include "dateformat.h"
#include "json.h"
#include "nearestword.h"
#include "schemapromise.h"
#include "templatecompletion.h"
#include "templatehelpers.h"
#include "templatescope.h"
#include "templatewords.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

namespace {

struct MendText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyTemplate)
};

constexpr std::string_view blank = " \t\r\n";
constexpr qsizetype mostMends = 3;
constexpr auto npos = std::string_view::npos;

/// All that could help at one place, whether it does or not.
class MendGuess
{
public:
    MendGuess(std::string_view source, std::size_t at)
        : m_source(source)
        , m_at(std::min(at, source.size()))
    {
    }

    QList<TemplateMend> guesses()
    {
        names();
        expressions();
        if (rest().starts_with("{{")) {
            braces();
        }
        if (const auto around = bracesAtPlace(m_source, m_at); !around || around->begin == m_at) {
            json();
        }
        return m_mends;
    }

private:
    std::string_view rest() const { return m_source.substr(m_at); }

    void add(const QString &label, std::size_t begin, std::size_t length, const std::string &text)
    {
        const TemplateMend mend{.label = label, .begin = begin, .length = length, .text = text};
        if (!m_mends.contains(mend)) {
            m_mends.append(mend);
        }
    }

    void replace(std::size_t begin, std::size_t length, const std::string &text)
    {
        add(MendText::tr("Replace with %1").arg(toQString(text)), begin, length, text);
    }

    void remove(std::size_t begin, std::size_t length)
    {
        add(MendText::tr("Remove %1").arg(toQString(m_source.substr(begin, length))), begin, length, {});
    }

    void names()
    {
        if (const auto nearest = nearestWordAt(m_source, m_at)) {
            replace(nearest->begin, nearest->end - nearest->begin, nearest->text.toStdString());
        }
        const auto written = bracesAtPlace(m_source, m_at);
        if (!written) {
            return;
        }
        const std::string word(m_source.substr(written->wordBegin, written->wordEnd - written->wordBegin));
        std::string dotted = word;
        std::replace(dotted.begin(), dotted.end(), '/', '.');
        std::string bracketed;
        for (const char c : word) {
            bracketed += c == '[' && !bracketed.empty() && bracketed.back() != '.' ? ".[" : std::string(1, c);
        }
        for (const std::string &better : {dotted, bracketed}) {
            if (better != word) {
                replace(written->wordBegin, word.size(), better);
            }
        }
    }

    /// Around the place stand braces: what helpers are given.
    void expressions()
    {
        const auto opening = m_source.rfind("{{", m_at);
        const auto close = m_source.find("}}", m_at);
        if (opening == npos || close == npos || m_source.substr(opening, m_at - opening).find('\n') != npos) {
            return;
        }
        const char c = m_at < m_source.size() ? m_source[m_at] : '\0';
        if (c == '(') {
            add(MendText::tr("Close with %1").arg(QStringLiteral(")")), close, 0, ")");
        } else if (c == ')') {
            remove(m_at, 1);
        } else if (c == '"' || c == '\'') {
            const auto end = endOfText(m_source, m_at);
            if (end <= close) {
                closest(m_at + 1, end - 1);
            } else {
                add(MendText::tr("Close with %1").arg(QString(QLatin1Char(c))), close, 0, std::string(1, c));
            }
            return;
        } else if (c == '\\') {
            std::string inner(m_source.substr(opening, close - opening));
            std::erase(inner, '\\');
            replace(opening, close - opening, inner);
        }
        word(std::min(m_source.find_first_of(" \t\r\n()=\"'}", m_at), close), close);
    }

    void word(std::size_t end, std::size_t close)
    {
        const std::string word(m_source.substr(m_at, end - m_at));
        if (word.empty()) {
            return;
        }
        closest(m_at, end);
        if (findHelper(TemplateHelper::Kind::Value, word)) {
            replace(m_at, close - m_at, '(' + std::string(m_source.substr(m_at, close - m_at)) + ')');
        }
        replace(m_at, word.size(), '"' + word + '"');
        std::string letters = word;
        std::transform(letters.begin(), letters.end(), letters.begin(),
                       [](char c) { return c == 'Y' || c == 'D' || c == 'S' ? char(c - 'A' + 'a') : c; });
        if (letters != word) {
            replace(m_at, word.size(), letters);
        }
    }

    /// What a status or a time zone may have been meant to be.
    void closest(std::size_t begin, std::size_t end)
    {
        const QString written = toQString(m_source.substr(begin, end - begin));
        for (const QString &near : {nearestWord(written, schemaPromiseOf(QStringLiteral("data.status")).values),
                                    DateFormat::nearestZone(written)}) {
            if (!near.isEmpty() && near != written) {
                replace(begin, end - begin, near.toStdString());
            }
        }
    }

    void braces()
    {
        const auto close = m_source.find_first_of("{}\n", m_at + (rest().starts_with("{{{") ? 3 : 2));
        const bool isClosed = close != npos && m_source.substr(close).starts_with("}}");
        if (!isClosed) {
            closeBraces();
            return;
        }
        const auto inner = m_source.substr(m_at + 2, close - m_at - 2);
        const auto whole = close + 2 - m_at;
        if (inner.starts_with('{') && m_source.substr(close).starts_with("}}}")) {
            replace(m_at, whole + 1, "{{" + std::string(inner.substr(1)) + "}}");
        } else if (inner.starts_with('&')) {
            replace(m_at, whole, "{{" + std::string(inner.substr(1)) + "}}");
        } else if (inner.starts_with('/')) {
            if (const std::string open = openBlockAt(m_source, m_at); !open.empty()) {
                replace(m_at, whole, "{{/" + open + "}}");
            }
            remove(m_at, whole);
        } else if (inner.starts_with('#')) {
            closeBlock(std::string(inner.substr(1, inner.find_first_of(blank) - 1)), close + 2);
        } else if (inner.starts_with("else")) {
            remove(m_at, whole);
        }
    }

    void closeBraces()
    {
        auto at = m_at + 2;
        for (int words = 0; words < 2; ++words) {
            at = m_source.find_first_not_of(blank, at);
            const auto end = at == npos ? npos : m_source.find_first_of(" \t\r\n{}\",", at);
            at = end == npos ? m_source.size() : end;
            const bool hasOne = m_source.substr(at).starts_with('}');
            add(MendText::tr("Close with %1").arg(QStringLiteral("}}")), at, 0, hasOne ? "}" : "}}");
        }
    }

    /// Before whatever closes around it, from the inside outwards, and at the end.
    void closeBlock(const std::string &name, std::size_t from)
    {
        const std::string closing = "{{/" + name + "}}";
        const QString label = MendText::tr("Close with %1").arg(toQString(closing));
        constexpr int mostPlaces = 8;
        auto end = m_source.find_last_not_of(blank);
        end = end == npos ? m_source.size() : end + 1;
        if (const auto near = m_source.find_first_of("]\"\n", from); near != npos) {
            add(label, near, 0, closing);
        }
        for (int places = 0; places < mostPlaces && end >= from; ++places) {
            add(label, end, 0, closing);
            if (end == 0 || std::string_view("]}\" \t\r\n").find(m_source[end - 1]) == npos) {
                break;
            }
            --end;
        }
    }

    void json()
    {
        const auto before = m_at == 0 ? npos : m_source.find_last_not_of(blank, m_at - 1);
        const auto behind = before == npos ? 0 : before + 1;
        if (rest().find_first_not_of(blank) == npos) {
            closeText(behind);
            return;
        }
        quote();
        if (before != npos && m_source[before] == ',') {
            add(MendText::tr("Remove the comma"), before, 1, {});
        }
        add(MendText::tr("Insert a comma"), behind, 0, ",");
        add(MendText::tr("Insert a colon"), behind, 0, ":");
        if (const char c = m_source[m_at]; c == ']' || c == '}') {
            replace(m_at, 1, c == ']' ? "}" : "]");
            remove(m_at, 1);
        }
    }

    /// What stands here without quotes, placeholders being part of it.
    void quote()
    {
        const auto isPart = [this](std::size_t at) {
            return std::string_view(" \t\r\n,:[]\"").find(m_source[at]) == npos;
        };
        auto begin = m_at;
        while (begin > 0 && isPart(begin - 1) && m_source[begin - 1] != '{') {
            --begin;
        }
        auto end = m_at;
        while (end < m_source.size() && isPart(end)) {
            if (m_source.substr(end).starts_with("{{")) {
                const auto close = m_source.find("}}", end);
                if (close == npos) {
                    return;
                }
                end = close + 2;
            } else if (m_source[end] == '{' || m_source[end] == '}') {
                break;
            } else {
                ++end;
            }
        }
        const auto text = m_source.substr(begin, end - begin);
        if (text.size() > 2 && text.starts_with('\'') && text.ends_with('\'')) {
            replace(begin, text.size(), '"' + std::string(text.substr(1, text.size() - 2)) + '"');
        } else if (!text.empty()) {
            add(MendText::tr("Put it into quotes"), begin, text.size(), '"' + std::string(text) + '"');
        }
    }

    void closeText(std::size_t at)
    {
        std::string closing;
        bool inString = false;
        for (std::size_t i = 0; i < at; ++i) {
            const char c = m_source[i];
            if (m_source.substr(i).starts_with("{{")) {
                i = std::min(m_source.find("}}", i), at) + 1;
            } else if (inString) {
                inString = c != '"';
                i += c == '\\' ? 1 : 0;
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                closing.insert(closing.begin(), c == '{' ? '}' : ']');
            } else if ((c == '}' || c == ']') && !closing.empty()) {
                closing.erase(closing.begin());
            }
        }
        if (inString) {
            closing.insert(closing.begin(), '"');
        }
        if (!closing.empty()) {
            add(MendText::tr("Close with %1").arg(toQString(closing)), at, 0, closing);
        }
    }

    std::string_view m_source;
    std::size_t m_at;
    QList<TemplateMend> m_mends;
};

qsizetype countErrors(const Problems &problems)
{
    return std::count_if(problems.begin(), problems.end(),
                         [](const Problem &problem) { return problem.severity == Severity::Error; });
}

/// No error but those that stand behind the mend: reading on past what was mended, more may be found.
bool isCleanUpTo(const Problems &problems, std::size_t end)
{
    return std::none_of(problems.begin(), problems.end(), [end](const Problem &problem) {
        return problem.severity == Severity::Error && problem.position.offset <= qsizetype(end);
    });
}

} // namespace

QList<TemplateMend> mendsOf(std::string_view source, const Problem &problem)
{
    if (source.size() > largestMended || !problem.position.isValid() || problem.position.offset < 0) {
        return {};
    }
    const Problems before = BodyTemplate::compile(source).problems;
    if (!before.contains(problem)) {
        return {};
    }
    QList<TemplateMend> mends;
    qsizetype fewest = before.size() + 1;
    for (const TemplateMend &mend : MendGuess(source, std::size_t(problem.position.offset)).guesses()) {
        std::string mended(source);
        mended.replace(mend.begin, mend.length, mend.text);
        const Problems after = BodyTemplate::compile(mended).problems;
        const qsizetype errors = countErrors(after);
        const bool helps = !after.contains(problem)
            && (isCleanUpTo(after, mend.begin + mend.text.size())
                || errors < countErrors(before) + (problem.severity == Severity::Warning ? 1 : 0));
        if (!helps || errors > fewest) {
            continue;
        }
        if (errors < fewest) {
            mends.clear();
            fewest = errors;
        }
        if (mends.size() < mostMends) {
            mends.append(mend);
        }
    }
    return mends;
}

} // namespace Tocsin
