// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "payloadschema.h"

#include "jsonresource.h"
#include "nearestword.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto translationContext = "Tocsin::PayloadSchema";

// The schema file's descriptions once more, where lupdate finds them.
[[maybe_unused]] constexpr const char *descriptions[] = {
    QT_TRANSLATE_NOOP("Tocsin::PayloadSchema", "What kind of event this is."),
    QT_TRANSLATE_NOOP("Tocsin::PayloadSchema",
                      "When the status changed: seconds since 1970, or text as RFC 3339 writes it."),
    QT_TRANSLATE_NOOP("Tocsin::PayloadSchema", "The integration whose status changed."),
    QT_TRANSLATE_NOOP("Tocsin::PayloadSchema",
                      "The integration's identifier; it stays the same when the integration is renamed."),
    QT_TRANSLATE_NOOP("Tocsin::PayloadSchema", "The integration's name."),
    QT_TRANSLATE_NOOP("Tocsin::PayloadSchema",
                      "What the integration connects to, such as postgresql, aws-account or k8s-roles."),
    QT_TRANSLATE_NOOP("Tocsin::PayloadSchema", "The status that the integration has now."),
    QT_TRANSLATE_NOOP("Tocsin::PayloadSchema", "What is wrong, one item an issue; empty when nothing is."),
    QT_TRANSLATE_NOOP("Tocsin::PayloadSchema", "How bad the issue is, such as Warning or Error."),
    QT_TRANSLATE_NOOP("Tocsin::PayloadSchema", "What is wrong, in words."),
    QT_TRANSLATE_NOOP("Tocsin::PayloadSchema",
                      "The event's own identifier; the same one is not taken again for seven days."),
};

const Json *member(const Json &object, const char *name)
{
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

QString typeName(const Json &schema)
{
    const auto &type = schema.at("type");
    return toQString((type.is_array() ? type.front() : type).get<std::string>());
}

/// Null where there is none: a mock event with an id of its own could be sent only once.
Json sampleOf(const Json &schema)
{
    if (const auto *examples = member(schema, "examples")) {
        return examples->front();
    }
    if (const auto *items = member(schema, "items")) {
        return Json::array({sampleOf(*items)});
    }
    const auto *properties = member(schema, "properties");
    if (!properties) {
        return {};
    }
    Json sample = Json::object();
    for (const auto &[name, property] : properties->items()) {
        if (auto value = sampleOf(property); !value.is_null()) {
            sample[name] = std::move(value);
        }
    }
    return sample;
}

QList<PayloadField> fieldsOf(const Json &schema, const QString &prefix)
{
    QList<PayloadField> fields;
    if (const auto *items = member(schema, "items")) {
        return fieldsOf(*items, prefix);
    }
    const auto *properties = member(schema, "properties");
    if (!properties) {
        return fields;
    }
    for (const auto &[name, property] : properties->items()) {
        const QString path = prefix + toQString(name);
        fields.append({.name = toQString(name),
                       .path = path,
                       .type = typeName(property),
                       .description = toQString(property.at("description").get<std::string>()),
                       .sample = sampleOf(property),
                       .children = fieldsOf(property, path + u'.')});
    }
    return fields;
}

void translate(QList<PayloadField> &fields)
{
    for (auto &field : fields) {
        field.description = QCoreApplication::translate(translationContext, field.description.toUtf8().constData());
        translate(field.children);
    }
}

void collectPaths(const QList<PayloadField> &fields, QStringList &paths)
{
    for (const auto &field : fields) {
        paths.append(field.path);
        collectPaths(field.children, paths);
    }
}

bool isIndex(const QString &segment)
{
    return !segment.isEmpty()
        && std::all_of(segment.begin(), segment.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

// Segments without the brackets of `[odd key]` and `[0]`.
QStringList segmentsOf(const QString &path)
{
    QStringList segments;
    QString segment;
    bool inBrackets = false;
    for (const auto c : path) {
        if (c == u'[' && segment.isEmpty() && !inBrackets) {
            inBrackets = true;
        } else if (c == u']' && inBrackets) {
            inBrackets = false;
        } else if (c == u'.' && !inBrackets) {
            segments.append(std::exchange(segment, {}));
        } else {
            segment += c;
        }
    }
    segments.append(segment);
    return segments;
}

} // namespace

QString PayloadField::sampleText() const
{
    if (sample.is_null() || !children.isEmpty()) {
        return {};
    }
    return toQString(sample.is_string() ? sample.get<std::string>() : writeJson(sample));
}

PayloadSchema::PayloadSchema()
    : m_document(readJsonResource(u":/tocsin/payload-schema.json"_s))
    , m_fields(fieldsOf(m_document, {}))
{
}

const PayloadSchema &PayloadSchema::instance()
{
    static const PayloadSchema schema;
    return schema;
}

const Json &PayloadSchema::document() const
{
    return m_document;
}

QList<PayloadField> PayloadSchema::fields() const
{
    auto fields = m_fields;
    translate(fields);
    return fields;
}

QStringList PayloadSchema::paths() const
{
    QStringList paths;
    collectPaths(m_fields, paths);
    return paths;
}

bool PayloadSchema::knows(const QString &path) const
{
    return find(path) != nullptr;
}

std::optional<PayloadField> PayloadSchema::field(const QString &path) const
{
    const auto *found = find(path);
    if (!found) {
        return std::nullopt;
    }
    QList<PayloadField> described{*found};
    translate(described);
    return described.constFirst();
}

const PayloadField *PayloadSchema::find(const QString &path) const
{
    const auto *level = &m_fields;
    const PayloadField *reached = nullptr;
    bool insideArray = false;
    for (const auto &segment : segmentsOf(path)) {
        if (insideArray && isIndex(segment)) {
            insideArray = false;
            continue;
        }
        const auto field = std::find_if(level->begin(), level->end(), [&segment](const PayloadField &candidate) {
            return candidate.name == segment;
        });
        if (field == level->end()) {
            return nullptr;
        }
        reached = &*field;
        insideArray = field->type == "array"_L1;
        level = &field->children;
    }
    return reached;
}

QString PayloadSchema::nearest(const QString &path) const
{
    auto segments = segmentsOf(path);
    segments.removeIf([](const QString &segment) { return isIndex(segment); });
    const auto plain = segments.join(u'.');
    const auto known = paths();
    if (segments.isEmpty()) {
        return {};
    }
    // The right name at a wrong place (`name`, `payload.status`) says more than a path that is spelt alike.
    QString namesake;
    for (const auto &candidate : known) {
        if (candidate.sliced(candidate.lastIndexOf(u'.') + 1) == segments.last()
            && (namesake.isEmpty() || editDistance(plain, candidate) < editDistance(plain, namesake))) {
            namesake = candidate;
        }
    }
    if (!namesake.isEmpty()) {
        return namesake;
    }
    if (const auto near = nearestWord(plain, known); !near.isEmpty()) {
        return near;
    }
    // A name below a field that has none: that field.
    while (segments.size() > 1) {
        segments.removeLast();
        if (const auto parent = segments.join(u'.'); known.contains(parent)) {
            return parent;
        }
    }
    return {};
}

Json PayloadSchema::mockEvent() const
{
    return sampleOf(m_document);
}

QList<std::pair<QString, Json>> PayloadSchema::sampleEvents() const
{
    return {{QCoreApplication::translate(translationContext, "Mock event"), mockEvent()},
            {QCoreApplication::translate(translationContext, "Recovery"),
             readJsonResource(u":/tocsin/samples/recovery.json"_s)},
            {QCoreApplication::translate(translationContext, "Hostile values"),
             readJsonResource(u":/tocsin/samples/hostile.json"_s)}};
}

} // namespace Tocsin
