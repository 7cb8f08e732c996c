// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretplaces.h"

#include "bodytextreading.h"
#include "json.h"
#include "secretnames.h"
#include "secretplacelist.h"
#include "secrettext.h"

#include <QSet>

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int deepestText = 8; // JSON in strings: each level doubles the backslashes
constexpr qsizetype largestTemplate = 1024 * 1024; // a larger one is not compiled

/// A JSON text, or what stands in a string that may hold one.
class BodyText
{
public:
    BodyText(const BodyUnits &units, BodyText *around)
        : m_units(units)
        , m_around(around)
    {
    }

    const BodyUnits &units() const { return m_units; }
    int depth() const { return m_around ? m_around->depth() + 1 : 0; }

    /// Whether a reference in a string of this text is sure to be escaped once for each text around it, as JSON in a
    /// string is: only then may a value hold what has to be escaped.
    bool isSurelyJson()
    {
        if (!m_isSurelyJson) {
            m_isSurelyJson = !m_around || (m_around->isSurelyJson() && parses());
        }
        return *m_isSurelyJson;
    }

private:
    bool parses() const
    {
        QString text;
        for (const auto &unit : m_units) {
            if (unit.kind == BodyUnit::Kind::Character) {
                text += QChar(unit.character);
            } else if (unit.kind == BodyUnit::Kind::Value || unit.kind == BodyUnit::Kind::Reference) {
                text += u'0';
            } else {
                return false;
            }
        }
        const auto value = parseJson(text.toUtf8());
        return value && value->is_structured();
    }

    const BodyUnits &m_units;
    BodyText *m_around;
    std::optional<bool> m_isSurelyJson;
};

/// What a member of an object that is named like a secret is called where it is the secret.
bool namesValue(const QString &name)
{
    static const QSet<QString> names{u"value"_s, u"key"_s,  u"code"_s, u"data"_s, u"text"_s, u"content"_s,
                                     u"raw"_s,   u"auth"_s, u"pass"_s, u"sig"_s,  u"hash"_s, u"signature"_s};
    return names.contains(name.toLower());
}

bool needsNoEscape(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar character) {
        return character == u'"' || character == u'\\' || character.unicode() < 0x20;
    });
}

class BodyReading
{
public:
    explicit BodyReading(const QString &source)
        : m_source(source)
    {
    }

    QList<SecretPlace> places()
    {
        const auto units = bodyUnits(m_source);
        BodyText text(units, nullptr);
        read(text, {});
        for (const auto &unit : units) {
            if (unit.kind == BodyUnit::Kind::Reference && !m_places.holdsReferenceAt(unit.begin)) {
                addReference(unit, u"secret"_s, {});
            }
        }
        return m_places.take();
    }

private:
    void read(BodyText &text, const QString &base)
    {
        readBodyText(text.units(), base, [this, &text](const BodyValue &value) { readValue(text, value); });
    }

    void readValue(BodyText &text, const BodyValue &value)
    {
        const bool isNamed = namesSecretMember(value.name);
        const bool isWithin = !value.containerName.isEmpty();
        const QString name = isNamed || value.isInObject ? value.name : value.containerName;
        const bool isSecret = isNamed || (isWithin && (!value.isInObject || namesValue(value.name)));
        bool isLifted = false;
        if (value.type == BodyValue::Type::Number) {
            if (isSecret) {
                addUnlifted(value, name, SecretObstacle::Number);
            }
            return;
        }
        if (value.type == BodyValue::Type::String && !holdsKind(value.content, BodyUnit::Kind::Reference)) {
            if (isSecret) {
                isLifted = addLiterals(text, value, name);
            } else if (isWithin) {
                addUnlifted(value, name, SecretObstacle::Member);
            }
        }
        if (!isLifted) {
            readWithin(text, value);
        }
    }

    /// JSON in a string, and references.
    void readWithin(BodyText &text, const BodyValue &value)
    {
        const bool mayHoldJson = value.type == BodyValue::Type::String
            && std::any_of(value.content.begin(), value.content.end(),
                           [](const BodyUnit &unit) { return unit.is(u'{'); });
        if (mayHoldJson && text.depth() < deepestText) {
            BodyText inner(value.content, &text);
            read(inner, value.path);
        }
        for (const auto &unit : value.content) {
            if (unit.kind == BodyUnit::Kind::Reference && !m_places.holdsReferenceAt(unit.begin)) {
                addReference(unit, value.path, value.name);
            }
        }
    }

    /// Whether any of a secret's value can be lifted, in one piece or in several.
    bool addLiterals(BodyText &text, const BodyValue &value, const QString &name)
    {
        bool isAnySecret = false;
        bool isAnyLifted = false;
        for (const auto &run : runsOf(value.content)) {
            const auto literal = run.subspan(static_cast<std::size_t>(schemeLength(plainTextOf(run))));
            const QString secret = plainTextOf(literal);
            if (!canBeSecret(secret)) {
                continue;
            }
            const bool isLifted = needsNoEscape(secret) || text.isSurelyJson();
            isAnySecret = true;
            isAnyLifted = isAnyLifted || isLifted;
            m_places.add(value.path,
                         {.what = {},
                          .name = name,
                          .begin = literal.front().begin,
                          .length = literal.back().end - literal.front().begin,
                          .value = secret,
                          .key = {},
                          .obstacle = isLifted ? SecretObstacle::None : SecretObstacle::Escapes});
        }
        if (!isAnySecret) {
            addUnlifted(value, name, SecretObstacle::Cut);
        }
        return isAnyLifted;
    }

    /// What is no secret by its length or by spaces in it is none here, either.
    void addUnlifted(const BodyValue &value, const QString &name, SecretObstacle obstacle)
    {
        const QString text = plainTextOf(value.content);
        if (holdsKind(value.content, BodyUnit::Kind::Value) || !canBeSecret(text)) {
            return;
        }
        m_places.add(value.path,
                     {.what = {},
                      .name = name,
                      .begin = value.content.front().begin,
                      .length = value.content.back().end - value.content.front().begin,
                      .value = obstacle == SecretObstacle::Number ? text : QString(),
                      .key = {},
                      .obstacle = obstacle});
    }

    void addReference(const BodyUnit &unit, const QString &path, const QString &name)
    {
        const qsizetype length = unit.end - unit.begin;
        if (const auto key = soleSecretKey(m_source.sliced(unit.begin, length))) {
            m_places.add(path,
                         {.what = {}, .name = name, .begin = unit.begin, .length = length, .value = {}, .key = *key});
        }
    }

    QString m_source;
    SecretPlaceList m_places{"body"_L1};
};

} // namespace

QList<SecretPlace> bodySecretPlaces(const QString &bodyTemplate)
{
    return bodyTemplate.size() > largestTemplate ? QList<SecretPlace>() : BodyReading(bodyTemplate).places();
}

} // namespace Tocsin
