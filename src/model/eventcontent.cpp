// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventcontent.h"

#include <QCryptographicHash>

#include <algorithm>
#include <string_view>
#include <vector>

namespace Tocsin {

namespace {

using Member = Json::object_t::value_type;

/// Writes a value in the one way that all who mean the same share: each text with its length before it, so that
/// nothing has to be escaped, and members in the order of their names.
class ContentDigest
{
public:
    void add(const Json &value)
    {
        switch (value.type()) {
        case Json::value_t::string:
            add(value.get_ref<const std::string &>());
            break;
        case Json::value_t::array:
            m_text += '[';
            for (const auto &item : value.get_ref<const Json::array_t &>()) {
                add(item);
            }
            m_text += ']';
            break;
        case Json::value_t::object:
            add(membersOf(value, {}));
            break;
        default:
            m_text += writeJson(value);
            m_text += ',';
            break;
        }
        flush(chunk);
    }

    void add(const std::vector<const Member *> &members)
    {
        m_text += '{';
        for (const auto *member : members) {
            add(member->first);
            add(member->second);
        }
        m_text += '}';
    }

    QByteArray result()
    {
        flush(0);
        return m_hash.result();
    }

    static std::vector<const Member *> membersOf(const Json &object, std::string_view leftOut)
    {
        std::vector<const Member *> members;
        for (const auto &member : object.get_ref<const Json::object_t &>()) {
            if (leftOut.empty() || member.first != leftOut) {
                members.push_back(&member);
            }
        }
        std::sort(members.begin(), members.end(),
                  [](const Member *left, const Member *right) { return left->first < right->first; });
        return members;
    }

private:
    static constexpr std::size_t chunk = 64 * 1024; // bytes

    void add(const std::string &text)
    {
        m_text += '"';
        m_text += std::to_string(text.size());
        m_text += ':';
        m_text += text;
    }

    void flush(std::size_t most)
    {
        if (m_text.size() > most) {
            m_hash.addData(QByteArrayView(m_text.data(), static_cast<qsizetype>(m_text.size())));
            m_text.clear();
        }
    }

    QCryptographicHash m_hash{QCryptographicHash::Blake2b_256};
    std::string m_text;
};

} // namespace

QByteArray eventContentDigest(const Json &event)
{
    ContentDigest digest;
    if (event.is_object()) {
        digest.add(ContentDigest::membersOf(event, "id"));
    } else {
        digest.add(event);
    }
    return digest.result();
}

} // namespace Tocsin
