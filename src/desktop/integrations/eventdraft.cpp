// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventdraft.h"

#include "firing.h"
#include "jsonlocator.h"

#include <QDateTime>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct FieldPlace
{
    bool isOfData;
    const char *name;
};

constexpr std::array fieldPlaces{
    FieldPlace{false, "event_type"}, FieldPlace{false, "event_time"}, FieldPlace{true, "id"},
    FieldPlace{true, "name"},        FieldPlace{true, "type"},        FieldPlace{true, "status"},
};

const FieldPlace &placeOf(EventDraft::Field field)
{
    return fieldPlaces.at(static_cast<std::size_t>(field));
}

QString textOf(const Json &object, const char *name)
{
    const auto found = object.is_object() ? object.find(name) : object.end();
    if (!object.is_object() || found == object.end() || found->is_null()) {
        return {};
    }
    return found->is_string() ? toQString(found->get_ref<const std::string &>()) : toQString(writeJson(*found));
}

QString now()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
}

} // namespace

EventDraft::EventDraft(QObject *parent)
    : QObject(parent)
    , m_document{{"event_type", "IntegrationStatusChanged"},
                 {"event_time", toJson(now())},
                 {"data", Json{{"id", ""}, {"name", ""}, {"type", ""}, {"status", "Error"}, {"issues", Json::array()}}}}
{
    write();
}

QString EventDraft::pathOf(Field field)
{
    const FieldPlace &place = placeOf(field);
    return (place.isOfData ? u"$.data."_s : u"$."_s) + QString::fromLatin1(place.name);
}

QString EventDraft::value(Field field) const
{
    const FieldPlace &place = placeOf(field);
    if (!place.isOfData) {
        return textOf(m_document, place.name);
    }
    const auto data = m_document.find("data");
    return data == m_document.end() ? QString() : textOf(*data, place.name);
}

Json &EventDraft::data()
{
    Json &data = m_document["data"];
    if (!data.is_object()) {
        data = Json::object();
    }
    return data;
}

void EventDraft::setValue(Field field, const QString &value)
{
    if (!m_isReadable || value == this->value(field)) {
        return;
    }
    const FieldPlace &place = placeOf(field);
    (place.isOfData ? data() : m_document)[place.name] = toJson(value);
    write();
}

QList<EventDraft::Issue> EventDraft::issues() const
{
    QList<Issue> issues;
    const auto data = m_document.find("data");
    if (data == m_document.end() || !data->is_object() || !data->contains("issues") || !(*data)["issues"].is_array()) {
        return issues;
    }
    for (const Json &issue : (*data)["issues"]) {
        issues.append({.status = textOf(issue, "status"), .message = textOf(issue, "message")});
    }
    return issues;
}

void EventDraft::setIssues(const QList<Issue> &issues)
{
    if (!m_isReadable || issues == this->issues()) {
        return;
    }
    Json &list = data()["issues"];
    const Json before = list.is_array() ? list : Json::array();
    list = Json::array();
    for (qsizetype i = 0; i < issues.size(); ++i) {
        const auto place = static_cast<std::size_t>(i);
        Json issue = place < before.size() && before[place].is_object() ? before[place] : Json::object();
        issue["status"] = toJson(issues.at(i).status);
        issue["message"] = toJson(issues.at(i).message);
        list.push_back(issue);
    }
    write();
}

void EventDraft::setTimeToNow()
{
    setValue(Field::EventTime, now());
}

void EventDraft::setText(const QString &text)
{
    if (text == m_text) {
        return;
    }
    m_text = text;
    check();
    Q_EMIT changed();
}

void EventDraft::write()
{
    m_text = toQString(writeJson(m_document, JsonFormat::Indented));
    check();
    Q_EMIT changed();
}

void EventDraft::check()
{
    m_problems.clear();
    m_event.reset();
    const QByteArray utf8 = m_text.toUtf8();
    auto document = parseJson(utf8, RepeatedMembers::Refused);
    m_isReadable = document && document->is_object();
    if (!document) {
        const QString &path = document.error().where; // of half a character, or of a member that is given twice
        m_problems.append({.severity = Severity::Error,
                           .field = path.isEmpty() ? path : QString((path.startsWith(u'[') ? u"$"_s : u"$."_s) + path),
                           .message = document.error().message,
                           .position = document.error().position});
        return;
    }
    auto event = integrationEventFromJson(*document);
    if (m_isReadable) {
        m_document = std::move(document).value();
    }
    const auto fault = event ? ownEventFault(*event) : std::optional<Error>(event.error());
    if (fault) {
        m_problems.append({.severity = Severity::Error,
                           .field = fault->where,
                           .message = fault->message,
                           .position = locateField(utf8, fault->where)});
    } else {
        m_event = std::move(event).value();
    }
}

} // namespace Tocsin

#include "moc_eventdraft.cpp"
