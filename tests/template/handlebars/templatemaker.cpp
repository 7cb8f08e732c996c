// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatemaker.h"

using Tocsin::Json;

namespace {

constexpr int deepest = 2;

} // namespace

std::string TemplateMaker::text()
{
    m_contexts.clear();
    return 'a' + texts(0) + 'z'; // a comment at an end would be a line of its own
}

std::string TemplateMaker::placeholder()
{
    if (below(3) == 0) {
        return "{{" + path() + "}}";
    }
    const std::string space = below(8) == 0 ? "  " : "";
    return "{{" + space + call(0) + space + "}}";
}

std::string TemplateMaker::texts(int depth)
{
    std::string made;
    for (auto count = 1 + below(3); count > 0; --count) {
        switch (below(depth < deepest ? 8 : 5)) {
        case 0:
        case 1:
            made += words();
            break;
        case 5:
        case 6:
        case 7:
            made += block(depth);
            break;
        default:
            made += placeholder();
            break;
        }
    }
    return made;
}

std::string TemplateMaker::words()
{
    // Brackets in a string may be JSON of their own.
    static const std::vector<std::string> harmless{"a", "b ", "-", "ä", "🔔", "'", "{{! none }}", "{{!-- }} --}}", "  "};
    static const std::vector<std::string> brackets{"x: ", "{ ", " }", "(", ")", "[", "\\{{x}} ", "\""};
    return m_place == Place::Text && below(3) == 0 ? one(brackets) : one(harmless);
}

std::string TemplateMaker::block(int depth)
{
    const bool strips = below(10) == 0;
    const std::string end = strips ? "~}}" : "}}";
    switch (below(5)) {
    case 0: {
        // Handlebars does not count an item as a step of ../ where it equals the one around.
        const auto isList = m_contexts.empty() ? below(2) == 0 : m_contexts.back() == Kind::Objects;
        const auto kind = isList ? Kind::List : Kind::Objects;
        const auto over = path(kind);
        m_contexts.push_back(kind);
        const auto body = texts(depth + 1);
        m_contexts.pop_back();
        return "{{#each " + over + end + body + (below(3) == 0 ? "{{else}}" + texts(depth + 1) : "") + "{{/each}}";
    }
    case 1:
        return "{{#unless " + condition(depth) + end + texts(depth + 1)
            + (below(2) == 0 ? "{{else}}" + texts(depth + 1) : "") + "{{/unless}}";
    default: {
        auto made = "{{#if " + condition(depth) + end + texts(depth + 1);
        for (auto count = below(2); count > 0; --count) {
            made += "{{else if " + condition(depth) + "}}" + texts(depth + 1);
        }
        return made + (below(2) == 0 ? (below(4) == 0 ? "{{^}}" : "{{else}}") + texts(depth + 1) : "") + "{{/if}}";
    }
    }
}

std::string TemplateMaker::condition(int depth)
{
    return below(4) == 0 ? path() : "(" + call(depth) + ")";
}

std::string TemplateMaker::expression(int depth)
{
    switch (below(depth < deepest ? 6 : 4)) {
    case 0:
    case 1:
        return path();
    case 2:
    case 3:
        return literal();
    default:
        return "(" + call(depth + 1) + ")";
    }
}

std::string TemplateMaker::call(int depth)
{
    static const std::vector<std::string> formats{"iso",           "unix",     "yyyy-MM-dd HH:mm:ss.zzz",
                                                  "d.M.yy H:m:s",  "hh:mm ap", "h 'o''clock' AP",
                                                  "dddd, MMMM dd", "ddd MMM"};
    static const std::vector<std::string> zones{"UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kolkata"};
    const auto several = [&](const std::string &name) {
        auto made = name + " " + expression(depth);
        for (auto count = 1 + below(3); count > 0; --count) {
            made += " " + expression(depth);
        }
        return made;
    };
    switch (below(m_place == Place::Bare && depth == 0 ? 15 : 16)) { // {{json x}} is the value itself there
    case 0:
        return "eq " + path() + " " + expression(depth);
    case 1:
        return "ne " + expression(depth) + " " + expression(depth);
    case 2:
        return several("and");
    case 3:
        return several("or");
    case 4:
        return "not " + expression(depth);
    case 5:
        return several("in");
    case 6:
    case 7: {
        auto made = "map " + expression(depth);
        for (const auto *name : {"Error", "Warning", "x", "[a b]"}) {
            made += below(2) == 0 ? " " + std::string(name) + "=" + expression(depth) : "";
        }
        return made + " else=" + expression(depth);
    }
    case 8:
        return "default " + expression(depth) + " " + expression(depth);
    case 9:
        return "join " + (below(3) == 0 ? expression(depth) : path(Kind::List))
            + (below(2) == 0 ? " " + quoted(below(2) == 0 ? "\\n" : " / ") : "");
    case 10:
        return "count " + (below(2) == 0 ? expression(depth) : path(Kind::Objects));
    case 11:
        return (below(2) == 0 ? "upper " : "lower ") + expression(depth);
    case 12:
        return "truncate " + expression(depth) + " " + std::to_string(1 + below(24));
    case 13: {
        static const std::vector<std::string> sought{"a", "o", "é", " ", "{{", "<", "👩", "x\\n", "\\u005c", "\\ud83d"};
        static const std::vector<std::string> others{"", "&lt;", "\\n", "/", "ab", "*"};
        auto made = "replace " + expression(depth);
        for (auto count = 1 + below(3); count > 0; --count) {
            made += " " + quoted(one(sought)) + " " + quoted(one(others));
        }
        return made;
    }
    case 14:
        return "date " + (below(4) == 0 ? expression(depth) : path(Kind::Time))
            + (below(4) > 0 ? " " + quoted(one(formats)) : "") + (below(2) == 0 ? " tz=" + quoted(one(zones)) : "");
    default:
        return "json " + expression(depth);
    }
}

std::string TemplateMaker::quoted(const std::string &content)
{
    const bool isDouble = content.find('\'') != std::string::npos || below(2) == 0;
    return isDouble ? '"' + content + '"' : '\'' + content + '\'';
}

std::string TemplateMaker::literal()
{
    static const std::vector<std::string> literals{
        "true",   "false",     "null",      "0",       "1",        "-7",    "2.5",
        "\"\"",   "\"Error\"", "'Warning'", "\"a b\"", "'it\\'s'", "\"x\"", "\"say \\\"x\\\"\"",
        "\"(}\"", "\"ä🔔\""};
    return one(literals);
}

std::string TemplateMaker::path()
{
    return path(static_cast<Kind>(below(8)));
}

std::string TemplateMaker::path(Kind kind)
{
    static const std::vector<std::string> variables{"@webhook.name", "@delivery.id", "@delivery.attempt",
                                                    "@delivery.test"};
    if (kind < Kind::List && below(10) == 0) {
        return one(variables);
    }
    if (!m_contexts.empty() && kind < Kind::List && below(2) == 0) {
        static const std::vector<std::string> ofItem{"@index", "@first", "@last", "@key"};
        if (below(3) == 0) {
            return one(ofItem);
        }
        if (m_contexts.back() == Kind::Objects) {
            static const std::vector<std::string> ofObject{"k", "this.k", "v.x", "v.[a b]", "gone", "this", "v"};
            return one(ofObject);
        }
        return "this";
    }
    static const std::vector<std::vector<std::string>> names{{"status", "name", "odd", "[a b]", "empty"},
                                                             {"n", "zero", "half"},
                                                             {"yes", "no"},
                                                             {"nothing", "gone", "gone.far", "name.far"},
                                                             {"at", "when", "digits"},
                                                             {"tags", "none", "mixed"},
                                                             {"objs"},
                                                             {"o", "o.v", "objs.[0].v", "void"}};
    const auto name = one(names[static_cast<std::size_t>(kind)]);
    if (m_contexts.empty()) {
        return (below(6) == 0 ? "this.data." : below(6) == 0 ? "./data." : "data.") + name;
    }
    std::string up;
    if (below(2) == 0) {
        for (std::size_t i = 0; i < m_contexts.size(); ++i) {
            up += "../";
        }
        return up + "data." + name;
    }
    return "@root.data." + name;
}

Json TemplateMaker::event()
{
    Json data = Json::object();
    const auto add = [&](const char *name, Kind kind) {
        if (below(8) > 0) {
            data[name] = value(kind);
        }
    };
    for (const auto *name : {"status", "name", "odd", "a b"}) {
        add(name, Kind::Text);
    }
    data["empty"] = "";
    add("n", Kind::Number);
    data["zero"] = 0;
    data["half"] = 0.5;
    data["yes"] = true;
    data["no"] = false;
    data["nothing"] = nullptr;
    for (const auto *name : {"at", "when", "digits"}) {
        add(name, Kind::Time);
    }
    add("tags", Kind::List);
    data["none"] = Json::array();
    add("mixed", Kind::List);
    add("objs", Kind::Objects);
    add("o", Kind::Object);
    data["void"] = Json::object();
    return Json{{"data", data}};
}

Json TemplateMaker::value(Kind kind)
{
    static const std::vector<std::string> times{"2024-02-29T23:59:59Z",
                                                "2023-10-29T02:30:00+02:00",
                                                "1999-12-31T23:59:59.999Z",
                                                "1696263265.851898",
                                                "0",
                                                "-1.5"};
    switch (kind) {
    case Kind::Text: {
        static const std::vector<std::string> values{
            "Error",       "Warning", "Active",
            "x",           "a b",     "it's \"so\"",
            "<&>",         "äÖß",     "👩‍👩‍👧 family 🇩🇪🇫🇷",
            "a\nb\t\\",    "",        "{{data.n}}",
            "${secret:k}", "é́x"};
        return one(values);
    }
    case Kind::Number:
        return static_cast<std::int64_t>(m_random() % 2'000'000) - 1'000'000;
    case Kind::Time:
        return below(2) == 0 ? Json(one(times))
            : below(2) == 0  ? Json(static_cast<std::int64_t>(below(2'000'000'000)))
                             : Json(static_cast<double>(below(2'000'000'000)) + 0.25);
    case Kind::List: {
        auto list = Json::array();
        for (auto count = below(4); count > 0; --count) {
            list.push_back(value(static_cast<Kind>(below(3)))); // Handlebars makes an object of an item that is null
        }
        return list;
    }
    case Kind::Objects: {
        auto list = Json::array();
        for (auto count = below(4); count > 0; --count) {
            list.push_back(object());
        }
        return list;
    }
    case Kind::Object:
        return object();
    default:
        return below(2) == 0;
    }
}

Json TemplateMaker::scalar()
{
    return below(6) == 0 ? Json() : value(static_cast<Kind>(below(3)));
}

Json TemplateMaker::object()
{
    Json made = Json::object();
    if (below(6) > 0) {
        made["k"] = scalar();
    }
    if (below(4) > 0) {
        made["v"] = Json{{"x", scalar()}, {"a b", value(Kind::Text)}};
    }
    return made;
}
