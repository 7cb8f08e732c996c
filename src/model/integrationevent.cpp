// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "integrationevent.h"

#include "nearestword.h"
#include "payloadschema.h"
#include "shownname.h"
#include "utf8.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <chrono>

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
            return stringFault(value.get_ref<const std::string &>(), schema, path);
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

    static std::optional<Error> stringFault(const std::string &utf8, const Json &schema, const QString &path)
    {
        const QString text = toQString(utf8);
        if (schema.contains("minLength") && text.isEmpty()) {
            return at(path, EventText::tr("The event's %1 is empty.").arg(path));
        }
        if (schema.contains("maxLength")) {
            const auto most = schema["maxLength"].get<std::size_t>();
            if (const auto length = countCodePoints(utf8); length > most) {
                return at(path,
                          EventText::tr("The event's %1 has %2 characters; it may have %3 at the most.")
                              .arg(path, QString::number(length), QString::number(most)));
            }
        }
        if (schema.contains("format")) {
            if (const auto time = timeFromRfc3339(text); !time) {
                return at(path, EventText::tr("The event's %1 is no time: %2").arg(path, time.error().message));
            }
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
        return at(path,
                  EventText::tr("The event's %1 is \"%2\"; it must be one of %3.")
                      .arg(path, shownName(text), words.join(u", "_s)));
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

Result<QDateTime> timeFromRfc3339(const QString &text)
{
    static const QRegularExpression form(
        u"^(\\d{4}-\\d{2}-\\d{2})[Tt](\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d+))?([Zz]|[+-]\\d{2}:\\d{2})?\\z"_s);
    const auto no = [](const QString &why) {
        return Error{.message = why, .where = {}, .position = {}};
    };
    const auto match = form.match(text);
    if (!match.hasMatch()) {
        return no(EventText::tr("it must be a number of seconds since 1970, or text as RFC 3339 writes a time, such as "
                                "2023-10-02T16:14:25Z."));
    }
    const auto number = [&match](int part) {
        return match.capturedView(part).toInt();
    };
    const auto date = QDate::fromString(match.captured(1), Qt::ISODate);
    if (number(2) == 24) {
        return no(EventText::tr("hours go from 00 to 23 (RFC 3339); midnight is 00:00:00 of the next day."));
    }
    // Where in the world a leap second is inserted differs, so that it may stand at the end of any minute.
    if (!date.isValid() || number(2) > 23 || number(3) > 59 || number(4) > 60) {
        return no(EventText::tr("there is no such day or hour."));
    }
    const auto zone = match.capturedView(6);
    if (zone.isEmpty()) {
        return no(EventText::tr("a zone has to follow, Z or an offset such as +02:00 (RFC 3339)."));
    }
    int offset = 0; // in minutes
    if (zone.size() > 1) {
        constexpr int minutesInAnHour = 60;
        const int hours = zone.sliced(1, 2).toInt();
        const int minutes = zone.sliced(4).toInt();
        if (hours > 23 || minutes > 59) {
            return no(EventText::tr("there is no such offset of a zone."));
        }
        offset = (hours * minutesInAnHour + minutes) * (zone.front() == u'-' ? -1 : 1);
    }
    const int milliseconds = match.capturedView(5).left(3).toString().leftJustified(3, u'0').toInt();
    const QTime time(number(2), number(3), std::min(number(4), 59), milliseconds);
    return QDateTime(date, time, Qt::UTC).addSecs(-std::chrono::seconds(std::chrono::minutes(offset)).count());
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
    const auto ownId = document.find("id");
    return IntegrationEvent{.integrationId = text("id"),
                            .integrationName = text("name"),
                            .integrationType = text("type"),
                            .status = *status,
                            .document = document,
                            .ownId =
                                ownId == document.end() ? QString() : toQString(ownId->get_ref<const std::string &>())};
}

} // namespace Tocsin
