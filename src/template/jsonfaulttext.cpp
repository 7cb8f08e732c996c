// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonfaulttext.h"

#include "json.h"
#include "schemapromise.h"
#include "shownname.h"
#include "templatehelpers.h"
#include "templatevalue.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <QStringList>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct FaultText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyTemplate)
};

SchemaPromise promiseOf(const TemplateFact &fact)
{
    return schemaPromiseOf(QString::fromStdString(fact.expression->schemaPath));
}

bool isUnlikely(const TemplateFact &fact)
{
    const auto promise = promiseOf(fact);
    if (fact.literal) {
        return fact.truth == TemplateFact::truthy && !promise.values.isEmpty()
            && !(fact.literal->is_string()
                 && promise.values.contains(toQString(fact.literal->get_ref<const std::string &>())));
    }
    return (promise.isTruthy && fact.truth == TemplateFact::falsy)
        || (promise.isArray && fact.truth == TemplateFact::truthy && fact.count == TemplateFact::noItems)
        || (promise.hasNoItems && (fact.count & TemplateFact::noItems) == 0);
}

// Whether a value would have to be none of those that the schema allows.
bool isNoneOfAll(const TemplateFacts &facts, const TemplateFact &fact)
{
    const auto promise = promiseOf(fact);
    return fact.literal && !promise.values.isEmpty()
        && std::all_of(promise.values.begin(), promise.values.end(), [&](const QString &value) {
               return std::any_of(facts.begin(), facts.end(), [&](const TemplateFact &other) {
                   return other.literal && other.truth == TemplateFact::falsy
                       && other.expression->schemaPath == fact.expression->schemaPath
                       && *other.literal == value.toStdString();
               });
           });
}

bool isPromised(const TemplateFact &fact)
{
    return !fact.literal && fact.truth == TemplateFact::truthy && fact.count == TemplateFact::anyCount
        && promiseOf(fact).isTruthy;
}

// What a helper makes of values, or an item's number: which they are then is not known.
bool isMade(const TemplateFact &fact)
{
    return !fact.expression->isPath() || (fact.literal && fact.expression->path.isPosition());
}

bool isBelow(const TemplatePath &path, const TemplatePath &other)
{
    return path.frame == other.frame && path.segments.size() > other.segments.size()
        && std::equal(other.segments.begin(), other.segments.end(), path.segments.begin());
}

QString describe(const TemplateFact &fact)
{
    const auto asked = shownPath(fact.expression->written);
    if (fact.literal) {
        QString value = fact.literal->is_string() ? toQString(fact.literal->get_ref<const std::string &>())
                                                  : QString::fromStdString(writeJson(*fact.literal));
        value = shownName(value);
        return fact.truth == TemplateFact::truthy ? FaultText::tr("%1 is “%2”").arg(asked, value)
                                                  : FaultText::tr("%1 is not “%2”").arg(asked, value);
    }
    if (fact.expression->helper && fact.expression->helper->makesTruth()) {
        return fact.truth == TemplateFact::truthy ? FaultText::tr("%1 is true").arg(asked)
                                                  : FaultText::tr("%1 is false").arg(asked);
    }
    if (fact.count == TemplateFact::noItems && fact.truth != TemplateFact::falsy) {
        return FaultText::tr("%1 has no items").arg(asked);
    }
    if (fact.count == TemplateFact::oneItem) {
        return FaultText::tr("%1 has one item").arg(asked);
    }
    if (fact.count == TemplateFact::manyItems) {
        return FaultText::tr("%1 has several items").arg(asked);
    }
    if ((fact.count & TemplateFact::noItems) == 0) {
        return FaultText::tr("%1 has items").arg(asked);
    }
    return fact.truth == TemplateFact::falsy ? FaultText::tr("%1 is empty or missing").arg(asked)
                                             : FaultText::tr("%1 has a value").arg(asked);
}

// The character at a place, as a message shows it.
QString shown(std::string_view source, std::size_t offset)
{
    if (offset >= source.size()) {
        return FaultText::tr("the end");
    }
    if (source.substr(offset).starts_with("{{")) {
        return FaultText::tr("this placeholder");
    }
    const auto rest = source.substr(offset, 4);
    // A byte order mark is a character here, which QString::fromUtf8() would leave out.
    QStringDecoder decoder(QStringConverter::Utf8, QStringConverter::Flag::ConvertInitialBom);
    const QString text = decoder.decode(QByteArrayView(rest.data(), static_cast<qsizetype>(rest.size())));
    const char32_t codePoint = text.toUcs4().value(0);
    if (codePoint == U'\n') {
        return FaultText::tr("the line's end");
    }
    if (codePoint != U' ' && (!QChar::isPrint(codePoint) || QChar::isSpace(codePoint))) {
        return QStringLiteral("U+%1").arg(static_cast<std::uint32_t>(codePoint), 4, 16, QLatin1Char('0')).toUpper();
    }
    return FaultText::tr("“%1”").arg(QString::fromUcs4(&codePoint, 1));
}

QString sentence(const JsonFault &fault, std::string_view source, std::size_t offset)
{
    using Kind = JsonFault::Kind;
    const auto found = shown(source, offset);
    switch (fault.kind) {
    case Kind::ValueExpected:
        return FaultText::tr("This is not JSON: a value is expected before %1.").arg(found);
    case Kind::KeyExpected:
        return FaultText::tr("This is not JSON: a key in quotes is expected before %1.").arg(found);
    case Kind::ColonExpected:
        return FaultText::tr("This is not JSON: a colon is expected before %1.").arg(found);
    case Kind::CommaExpected:
        return FaultText::tr("This is not JSON: a comma or a closing bracket is expected before %1.").arg(found);
    case Kind::NothingExpected:
        return FaultText::tr("This is not JSON: nothing may follow the first value, but here stands %1.").arg(found);
    case Kind::WrongEnd:
        return FaultText::tr("This is not JSON: %1 does not close what was opened last.").arg(found);
    case Kind::BadNumber:
        return FaultText::tr("This is not JSON: the number before %1 is not complete.").arg(found);
    case Kind::BadWord:
        return FaultText::tr("This is not JSON: only the words true, false and null stand without quotes.");
    case Kind::BadEscape:
        return FaultText::tr(
            "This is not JSON: after a backslash stands one of \" \\ / b f n r t, or u and four digits.");
    case Kind::ControlCharacter:
        return FaultText::tr(
            "This is not JSON: a string must not hold a line break or another control character; write \\n.");
    case Kind::LoneSurrogate:
        return FaultText::tr("This is not JSON text: half of a surrogate pair stands alone before %1.").arg(found);
    case Kind::TooDeep:
        return FaultText::tr("Objects and arrays stand in one another more than %n deep.", nullptr, maximumJsonDepth);
    case Kind::KeyWithoutQuotes:
        return FaultText::tr("This is not JSON: a key stands in quotes, a placeholder in a key's place too.");
    case Kind::InsideEscape:
        return FaultText::tr("A placeholder cannot stand inside an escape sequence.");
    case Kind::InsideNumber:
        return FaultText::tr("A placeholder cannot continue a number or a word: put both into quotes.");
    case Kind::EndsInString:
        return FaultText::tr("This is not JSON: the text ends inside a string.");
    case Kind::EndsTooEarly:
        return FaultText::tr("This is not JSON: the text ends before the value is complete.");
    case Kind::NeverEnds:
        return FaultText::tr("What this block writes does not fit together from one item to the next.");
    }
    return {};
}

} // namespace

Likelihood likelihoodOf(const TemplateFacts &facts)
{
    for (const auto &fact : facts) {
        if (isUnlikely(fact) || isNoneOfAll(facts, fact)) {
            return Likelihood::Unlikely;
        }
    }
    auto likelihood = Likelihood::Sure;
    for (const auto &fact : facts) {
        // Something true without items: an object without members, or a value of another kind.
        if (isMade(fact) || (fact.truth == TemplateFact::truthy && fact.count == TemplateFact::noItems)) {
            likelihood = Likelihood::Open;
        }
        if (isMade(fact) || fact.literal) {
            continue;
        }
        for (const auto &below : facts) {
            if (isMade(below) || !isBelow(below.expression->path, fact.expression->path)) {
                continue;
            }
            const bool isSomething = below.literal ? below.truth == TemplateFact::truthy && isTruthy(*below.literal)
                                                   : below.truth == TemplateFact::truthy;
            if (fact.truth == TemplateFact::falsy && isSomething) {
                return Likelihood::Unlikely; // nothing is below nothing
            }
            if (!below.literal && fact.truth == TemplateFact::truthy && below.truth == TemplateFact::falsy
                && below.expression->path.segments[fact.expression->path.segments.size()].index) {
                likelihood = Likelihood::Open; // items, but not this one
            }
        }
    }
    return likelihood;
}

QString describeFault(const JsonFault &fault, std::string_view source, std::size_t offset, const TemplateFacts &facts)
{
    const auto text = sentence(fault, source, offset);
    QStringList conditions;
    for (const auto &fact : facts) {
        if (!isPromised(fact)) {
            conditions.append(describe(fact));
        }
    }
    if (conditions.isEmpty()) {
        return text;
    }
    return FaultText::tr("%1 So it is when %2.").arg(text, conditions.join(FaultText::tr(" and ")));
}

} // namespace Tocsin
