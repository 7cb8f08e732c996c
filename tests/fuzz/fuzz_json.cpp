// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A JSON text: parseJson() takes what the library's parser takes, with the same values, but for depth and long numbers.
#include "fuzzing.h"

#include <algorithm>

using namespace Tocsin;
using namespace Tocsin::Fuzzing;

namespace {

bool sameButForNumbers(const Json &left, const Json &right)
{
    if (left.is_array() && right.is_array()) {
        return std::equal(left.begin(), left.end(), right.begin(), right.end(), sameButForNumbers);
    }
    if (left.is_object() && right.is_object()) {
        const auto &ours = left.get_ref<const Json::object_t &>();
        const auto &theirs = right.get_ref<const Json::object_t &>();
        return std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end(), [](const auto &a, const auto &b) {
            return a.first == b.first && sameButForNumbers(a.second, b.second);
        });
    }
    return isJsonNumber(left) ? right.is_number() : left == right;
}

/// What the library says: a value, or why there is none.
enum class Library { Takes, Refuses, FindsNumberTooLarge };

Library askLibrary(std::string_view text, Json &value)
{
    try {
        value = Json::parse(text);
        return Library::Takes;
    } catch (const Json::out_of_range &) {
        return Library::FindsNumberTooLarge;
    } catch (const Json::parse_error &) {
        return Library::Refuses;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text = bytes(data, size);
    if (std::count(text.begin(), text.end(), '[') + std::count(text.begin(), text.end(), '{') > maximumJsonDepth) {
        return 0;
    }
    if (text.contains('\0')) { // the library takes it for the end
        return 0;
    }
    const auto value = parseJson(text);
    demand(checkJson(text).isOk() == value.isOk(), "checkJson() and parseJson() agree");
    Json theirs;
    const Library library = askLibrary(asText(text), theirs);
    if (!value) {
        demand(library != Library::Takes, "what the library takes is JSON");
        demand(!value.error().message.isEmpty(), "a fault has words");
        return 0;
    }
    demand(library != Library::Refuses, "what the library refuses is no JSON");
    demand(library != Library::Takes || sameButForNumbers(*value, theirs), "the values are the library's");
    const auto again = parseJson(QByteArray::fromStdString(writeJson(*value)));
    demand(again.isOk() && jsonEquals(*again, *value), "what is written is read as the same");
    return 0;
}
