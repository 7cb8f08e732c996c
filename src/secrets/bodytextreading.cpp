// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytextreading.h"

#include "json.h"
#include "secretnames.h"
#include "stringescape.h"

#include <memory>
#include <optional>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t deepestBlock = 256; // blocks in blocks
constexpr qsizetype longestPath = 400; // of a longer one the member's name alone is taken

using Kind = BodyUnit::Kind;

/// The name that a string gives to a member; where blocks make it one of several, one that is a secret's.
QString memberName(const BodyUnits &content)
{
    const QString whole = plainTextOf(content);
    if (!namesSecretMember(whole)) {
        for (const auto &run : runsOf(content)) {
            if (const QString name = plainTextOf(run); namesSecretMember(name)) {
                return name;
            }
        }
    }
    return whole;
}

/// An object or array, as seen from within.
struct Container
{
    std::shared_ptr<const Container> around;
    int depth = 0;
    bool isObject = true;
    QString secretName; ///< its own, or that of one around it, where that is a secret's
    std::optional<QString> path; ///< where it stands; none where that is too long
    int indexAround = 0; ///< in the one around it
};

/// Where a reading is: what a block gives back at `{{else}}`.
struct BodyState
{
    std::shared_ptr<const Container> inner;
    int index = 0; ///< in `inner`
    std::optional<QString> name; ///< of the member whose value comes next
    int string = 0; ///< which string the next unit is in; none: 0
    StringEscape escape;

    bool isInObject() const { return inner && inner->isObject; }
};

struct OpenBlock
{
    BodyState before;
    std::optional<QString> secretName; ///< of a member, at the end of a branch
};

/// Reads one JSON text, finished or not, in the order of its units.
class BodyTextReading
{
public:
    BodyTextReading(const BodyUnits &units, const QString &base,
                    const std::function<void(const BodyValue &value)> &found)
        : m_units(units)
        , m_base(base)
        , m_found(found)
    {
    }

    void read()
    {
        while (m_at < m_units.size() && m_blocks.size() <= deepestBlock
               && (!m_state.inner || m_state.inner->depth <= maximumJsonDepth)) { // else it is no template
            const auto &unit = m_units[m_at];
            ++m_at;
            if (unit.isBlock()) {
                readBlock(unit);
            } else if (m_state.string != 0) {
                readInString(unit);
            } else if (unit.is(u'"')) {
                openString();
            } else if (unit.kind == Kind::Reference) {
                found(BodyValue::Type::Reference, {unit});
            } else if (unit.is(u'-') || (unit.isText() && unit.character >= u'0' && unit.character <= u'9')) {
                readNumber();
            } else if (unit.isText()) {
                readMark(unit.character);
            }
        }
    }

private:
    void found(BodyValue::Type type, BodyUnits content)
    {
        m_found({.type = type,
                 .content = std::move(content),
                 .path = path(),
                 .name = m_state.name.value_or(QString()),
                 .containerName = m_state.inner ? m_state.inner->secretName : QString(),
                 .isInObject = m_state.isInObject()});
    }

    QString label() const
    {
        return m_state.isInObject() ? m_state.name.value_or(QString()) : QString::number(m_state.index);
    }

    /// Where the next value stands, unless that is too long.
    std::optional<QString> wholePath() const
    {
        if (!m_state.inner) {
            return m_base;
        }
        const auto &around = m_state.inner->path;
        const QString last = label();
        if (!around || around->size() + last.size() > longestPath) {
            return std::nullopt;
        }
        return around->isEmpty() || last.isEmpty() ? QString(*around % last) : QString(*around % u'.' % last);
    }

    QString path() const
    {
        const auto whole = wholePath();
        return whole ? *whole : label().left(longestPath);
    }

    void open(bool isObject)
    {
        auto container = std::make_shared<Container>();
        container->around = m_state.inner;
        container->isObject = isObject;
        container->path = wholePath();
        container->indexAround = m_state.index;
        if (m_state.inner) {
            container->depth = m_state.inner->depth + 1;
            container->secretName = m_state.inner->secretName;
        }
        if (m_state.name && namesSecretMember(*m_state.name)) {
            container->secretName = *m_state.name;
        }
        m_state.inner = std::move(container);
        m_state.index = 0;
        m_state.name.reset();
    }

    void readMark(char16_t character)
    {
        switch (character) {
        case u'{':
        case u'[':
            open(character == u'{');
            break;
        case u'}':
        case u']':
            if (m_state.inner) {
                m_state.index = m_state.inner->indexAround;
                m_state.inner = std::shared_ptr<const Container>(m_state.inner->around);
            }
            m_state.name.reset();
            break;
        case u',':
            ++m_state.index;
            m_state.name.reset();
            break;
        default:
            break;
        }
    }

    void readNumber()
    {
        BodyUnits content{m_units[m_at - 1]};
        constexpr QStringView others = u"+-.eE";
        while (m_at < m_units.size() && m_units[m_at].isText()
               && ((m_units[m_at].character >= u'0' && m_units[m_at].character <= u'9')
                   || others.contains(QChar(m_units[m_at].character)))) {
            content.push_back(m_units[m_at]);
            ++m_at;
        }
        if (static_cast<qsizetype>(content.size()) >= fewestSecretCharacters) {
            found(BodyValue::Type::Number, std::move(content));
        }
    }

    void openString()
    {
        m_state.string = ++m_strings;
        m_state.escape = StringEscape();
        m_content.clear();
    }

    void readInString(const BodyUnit &unit)
    {
        if (!unit.isText()) {
            if (m_state.escape.isOpen()) {
                m_state.escape.cut();
            }
            m_content.push_back(unit);
        } else if (m_state.escape.isOpen()) {
            if (unit.is(u'"') && m_state.escape.isWithinDigits()) {
                closeString();
            } else if (const auto character = m_state.escape.feed(unit)) {
                m_content.push_back(*character);
            }
        } else if (unit.is(u'\\')) {
            m_state.escape.begin(unit);
        } else if (unit.is(u'"')) {
            closeString();
        } else {
            m_content.push_back(unit);
        }
    }

    /// A string before a colon is the name of a member, and so is one that a block chooses before it.
    void closeString()
    {
        m_state.string = 0;
        auto next = m_at;
        while (next < m_units.size() && m_units[next].kind == Kind::Character && isJsonSpace(m_units[next].character)) {
            ++next;
        }
        const bool isBeforeColon = next < m_units.size() && m_units[next].is(u':');
        const bool isChosen = !m_state.name && next < m_units.size() && m_units[next].isBlock();
        if (m_state.isInObject() && (isBeforeColon || isChosen)) {
            m_state.name = memberName(m_content);
        } else {
            found(BodyValue::Type::String, std::move(m_content));
        }
        m_content.clear();
    }

    void readBlock(const BodyUnit &unit)
    {
        if (unit.kind == Kind::BlockOpen) {
            m_blocks.push_back({.before = m_state, .secretName = {}});
        } else if (!m_blocks.empty()) {
            auto &block = m_blocks.back();
            if (m_state.name && namesSecretMember(*m_state.name) && m_state.inner == block.before.inner) {
                block.secretName = m_state.name;
            }
            if (unit.kind == Kind::BlockElse) {
                goBackTo(block.before);
            } else {
                if (block.secretName && m_state.name && m_state.inner == block.before.inner) {
                    m_state.name = block.secretName;
                }
                m_blocks.pop_back();
            }
        }
        if (m_state.string != 0) {
            readInString(unit);
        }
    }

    /// A string that was open before the block, and is so no more, goes on as another; one of the branch ends here.
    void goBackTo(const BodyState &before)
    {
        if (m_state.string != before.string) {
            if (m_state.string != 0) {
                found(BodyValue::Type::String, std::move(m_content));
            }
            m_content.clear();
        }
        const int string = m_state.string == before.string ? before.string : before.string != 0 ? ++m_strings : 0;
        m_state = before;
        m_state.string = string;
    }

    const BodyUnits &m_units;
    QString m_base;
    const std::function<void(const BodyValue &value)> &m_found;
    std::size_t m_at = 0;
    BodyState m_state;
    std::vector<OpenBlock> m_blocks;
    BodyUnits m_content; ///< of the string that is open
    int m_strings = 0;
};

} // namespace

void readBodyText(const BodyUnits &units, const QString &base, const std::function<void(const BodyValue &value)> &found)
{
    BodyTextReading(units, base, found).read();
}

} // namespace Tocsin
