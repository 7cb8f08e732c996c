// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "integrationevent.h"

#include "nearestword.h"
#include "payloadschema.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct EventText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::IntegrationEvent)
};

struct StatusName
{
    IntegrationStatus status;
    QLatin1StringView name;
};

constexpr std::array statusNames{
    StatusName{IntegrationStatus::Initializing, "Initializing"_L1},
    StatusName{IntegrationStatus::Refreshing, "Refreshing"_L1},
    StatusName{IntegrationStatus::Active, "Active"_L1},
    StatusName{IntegrationStatus::Warning, "Warning"_L1},
    StatusName{IntegrationStatus::Error, "Error"_L1},
    StatusName{IntegrationStatus::Disabled, "Disabled"_L1},
};

// RFC 3339 §5.6; a leap second counts as the second before it.
bool isRfc3339(const QString &text)
{
    static const QRegularExpression form(
        u"^(\\d{4}-\\d{2}-\\d{2})[Tt](\\d{2}:\\d{2}):(\\d{2})(?:\\.\\d+)?(?:[Zz]|[+-]([01]\\d|2[0-3]):[0-5]\\d)$"_s,
        QRegularExpression::DontCaptureOption);
    static const QRegularExpression parts(u"^(\\d{4}-\\d{2}-\\d{2}).(\\d{2}:\\d{2}):(\\d{2})"_s);
    if (!form.match(text).hasMatch()) {
        return false;
    }
    const auto match = parts.match(text);
    const auto seconds = match.captured(3) == "60"_L1 ? u"59"_s : match.captured(3);
    return QDateTime::fromString(match.captured(1) + u'T' + match.captured(2) + u':' + seconds, Qt::ISODate).isValid();
}

bool hasType(const Json &value, const std::string &type)
{
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array())
        || (type == "string" && value.is_string()) || (type == "number" && isJsonNumber(value))
        || (type == "boolean" && value.is_boolean()) || (type == "null" && value.is_null());
}

QString typeText(const std::string &type)
{
    if (type == "object") {
        return EventText::tr("an object");
    }
    if (type == "array") {
        return EventText::tr("an array");
    }
    return type == "number" ? EventText::tr("a number") : EventText::tr("a string");
}

// Walks a value beside its schema. It knows the keywords that the payload schema uses.
class SchemaWalk
{
public:
    std::optional<Error> fault(const Json &value, const Json &schema, const QString &path) const
    {
        if (auto error = typeFault(value, schema, path)) {
            return error;
        }
        if (value.is_string()) {
            return stringFault(toQString(value.get_ref<const std::string &>()), schema, path);
        }
        if (value.is_object()) {
            return objectFault(value, schema, path);
        }
        if (value.is_array() && schema.contains("items")) {
            qsizetype index = 0;
            for (const auto &item : value) {
                if (auto error = fault(item, schema["items"], path + u'[' + QString::number(index++) + u']')) {
                    return error;
                }
            }
        }
        return std::nullopt;
    }

private:
    static Error at(const QString &path, const QString &message)
    {
        return {.message = message, .where = path, .position = {}};
    }

    static std::optional<Error> typeFault(const Json &value, const Json &schema, const QString &path)
    {
        const auto &type = schema["type"];
        if (type.is_string()) {
            if (hasType(value, type.get<std::string>())) {
                return std::nullopt;
            }
            return at(path, EventText::tr("The event's %1 must be %2.").arg(path, typeText(type.get<std::string>())));
        }
        QStringList allowed;
        for (const auto &one : type) {
            if (hasType(value, one.get<std::string>())) {
                return std::nullopt;
            }
            allowed.append(typeText(one.get<std::string>()));
        }
        return at(path, EventText::tr("The event's %1 must be %2.").arg(path, allowed.join(EventText::tr(" or "))));
    }

    static std::optional<Error> stringFault(const QString &text, const Json &schema, const QString &path)
    {
        if (schema.contains("minLength") && text.isEmpty()) {
            return at(path, EventText::tr("The event's %1 is empty.").arg(path));
        }
        if (schema.contains("format") && !isRfc3339(text)) {
            return at(
                path,
                EventText::tr("The event's %1 must be a number of seconds since 1970, or a time as RFC 3339 writes "
                              "it, such as 2023-10-02T16:14:25Z.")
                    .arg(path));
        }
        if (!schema.contains("enum")) {
            return std::nullopt;
        }
        QStringList words;
        for (const auto &word : schema["enum"]) {
            words.append(toQString(word.get<std::string>()));
        }
        if (words.contains(text)) {
            return std::nullopt;
        }
        const QString shown = text.size() > 64 ? QString(text.first(64) + u'…') : text;
        return at(
            path,
            EventText::tr("The event's %1 is \"%2\"; it must be one of %3.").arg(path, shown, words.join(u", "_s)));
    }

    std::optional<Error> objectFault(const Json &value, const Json &schema, const QString &path) const
    {
        if (schema.contains("required")) {
            for (const auto &name : schema["required"]) {
                if (!value.contains(name.get<std::string>())) {
                    const QString missing = path + u'.' + toQString(name.get<std::string>());
                    return at(missing, EventText::tr("The event has no %1.").arg(missing));
                }
            }
        }
        if (schema.contains("properties")) {
            for (const auto &[name, property] : schema["properties"].items()) {
                const auto found = value.find(name);
                if (found == value.end()) {
                    continue;
                }
                if (auto error = fault(*found, property, path + u'.' + toQString(name))) {
                    return error;
                }
            }
        }
        return std::nullopt;
    }
};

} // namespace

QList<IntegrationStatus> allIntegrationStatuses()
{
    QList<IntegrationStatus> all;
    for (const auto &entry : statusNames) {
        all.append(entry.status);
    }
    return all;
}

QString toString(IntegrationStatus status)
{
    for (const auto &entry : statusNames) {
        if (entry.status == status) {
            return entry.name;
        }
    }
    return {};
}

std::optional<IntegrationStatus> integrationStatusFromString(const QString &text)
{
    for (const auto &entry : statusNames) {
        if (entry.name == text) {
            return entry.status;
        }
    }
    return std::nullopt;
}

Result<IntegrationEvent> integrationEventFromJson(const Json &document)
{
    if (!document.is_object()) {
        return Error{.message = EventText::tr("An event is a JSON object."), .where = u"$"_s, .position = {}};
    }
    if (auto error = SchemaWalk().fault(document, PayloadSchema::instance().document(), u"$"_s)) {
        return *error;
    }
    const auto &data = document["data"];
    const auto text = [&data](const char *name) {
        return toQString(data[name].get_ref<const std::string &>());
    };
    const auto status = integrationStatusFromString(text("status"));
    if (!status) {
        return Error{.message = EventText::tr("The event's %1 is unknown.").arg(u"$.data.status"_s),
                     .where = u"$.data.status"_s,
                     .position = {}};
    }
    return IntegrationEvent{.integrationId = text("id"),
                            .integrationName = text("name"),
                            .integrationType = text("type"),
                            .status = *status,
                            .document = document};
}

} // namespace Tocsin
