// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventbatch.h"

#include "firing.h"

#include "jsonlocator.h"
#include "jsonweight.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <vector>

namespace Tocsin {

namespace {

struct EventBatchText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::EventBatch)
};

constexpr int rowsBetweenReports = 1000;

/// Goes through the rows of a text that hold something.
class RowWalk
{
public:
    explicit RowWalk(QByteArrayView text)
        : m_text(text)
    {
    }

    std::optional<LocatedText> next()
    {
        while (m_begin < m_text.size()) {
            const qsizetype begin = m_begin;
            const qsizetype found = m_text.indexOf('\n', begin);
            const qsizetype end = found < 0 ? m_text.size() : found;
            const QByteArrayView row = m_text.sliced(begin, end - begin);
            m_begin = end + 1;
            ++m_line;
            if (!row.trimmed().isEmpty()) {
                return LocatedText{.text = row, .start = {.line = m_line, .column = 1, .offset = begin}};
            }
        }
        return std::nullopt;
    }

private:
    QByteArrayView m_text;
    qsizetype m_begin = 0;
    int m_line = 0;
};

/// Of a text that has one.
QByteArrayView lastRow(QByteArrayView text)
{
    const QByteArrayView rest = text.trimmed();
    return rest.sliced(rest.lastIndexOf('\n') + 1);
}

/// Where in the whole text a place in a part of it is.
TextPosition inWhole(const LocatedText &part, const TextPosition &inside)
{
    const int column = std::max(inside.column, 1);
    return {.line = part.start.line + std::max(inside.line, 1) - 1,
            .column = inside.line > 1 ? column : part.start.column + column - 1,
            .offset = part.start.offset + std::max<qsizetype>(inside.offset, 0)};
}

/// Reads one text, as far as it may.
class EventReader
{
public:
    EventReader(QByteArrayView text, const EventReading &reading)
        : m_text(text)
        , m_reading(reading)
    {
    }

    EventBatch read()
    {
        RowWalk rows(m_text);
        const auto first = rows.next();
        const bool hasMore = first && rows.next();
        if (!first) {
            addUnreadable({.message = EventBatchText::tr("There is no event here."), .where = {}, .position = {}},
                          {.text = m_text});
        } else if (hasMore && isObject(first->text)) {
            readRows(); // a long text of rows is not parsed as a whole first: it would fail at its second line
        } else if (!m_batch.isTooMuch) {
            readWhole(*first, hasMore);
        }
        if (m_batch.isTooMuch) {
            return {.events = {}, .items = {}, .faults = {}, .isCut = false, .isTooMuch = true};
        }
        return std::move(m_batch);
    }

private:
    bool isDone() const { return m_batch.isTooMuch || m_batch.isCut; }

    /// Of a member that is given twice nobody can say which one was meant (RFC 8259 §4).
    Result<Json> parse(QByteArrayView part, RepeatedMembers repeated = RepeatedMembers::Refused)
    {
        if (m_reading.mostValues != EventReading::unlimited && mostJsonValues(part) > m_reading.mostValues - m_values) {
            m_batch.isTooMuch = true;
            return Error{};
        }
        return parseJson(part, repeated);
    }

    bool isObject(QByteArrayView row)
    {
        if (!row.startsWith('{')) {
            return false;
        }
        const auto value = parse(row, RepeatedMembers::LastCounts);
        return value && value->is_object();
    }

    /// A text that is no JSON as a whole: are its lines meant to be? A pretty-printed object starts and ends with less
    /// than an object on a line.
    bool isMeantAsRows(const LocatedText &first, bool hasMore)
    {
        return hasMore && !first.text.trimmed().startsWith('[') && (isObject(first.text) || isObject(lastRow(m_text)));
    }

    void readWhole(const LocatedText &first, bool hasMore)
    {
        auto value = parse(m_text);
        if (value && value->is_array()) {
            addEvents(value.value());
        } else if (value) {
            addEvent(*value, {.text = m_text});
        } else if (!m_batch.isTooMuch && isMeantAsRows(first, hasMore)) {
            readRows();
        } else {
            addUnreadable(value.error(), {.text = m_text});
        }
    }

    void readRows()
    {
        int count = 0;
        RowWalk rows(m_text);
        for (auto row = rows.next(); row && !isDone(); row = rows.next()) {
            const auto document = parse(row->text);
            m_values += m_reading.mostValues == EventReading::unlimited ? 0 : mostJsonValues(row->text);
            if (document) {
                addEvent(*document, *row);
            } else {
                addUnreadable(document.error(), *row);
                ++m_items;
            }
            if (m_reading.progress && ++count % rowsBetweenReports == 0) {
                m_reading.progress(row->start.offset);
            }
        }
    }

    void addEvent(const Json &document, const LocatedText &part)
    {
        auto event = eventFromOutside(document);
        const qsizetype item = m_items++;
        if (event) {
            addGood(std::move(event).value(), item);
        } else {
            addFault(event.error(), QStringLiteral("$"), part);
        }
    }

    static Result<IntegrationEvent> eventFromOutside(const Json &document)
    {
        auto event = integrationEventFromJson(document);
        const auto fault = event ? ownEventFault(*event) : std::nullopt;
        return fault ? Result<IntegrationEvent>(*fault) : std::move(event);
    }

    void addGood(IntegrationEvent event, qsizetype item)
    {
        if (event.ownId.isEmpty() && !m_reading.bodyId.isEmpty()) {
            event.ownId = m_reading.bodyId % u'/' % QString::number(item);
        }
        m_batch.events.append(std::move(event));
        m_batch.items.append(item);
    }

    /// Each item is let go of as soon as its event has been read off it.
    void addEvents(Json &array)
    {
        std::vector<LocatedText> items; // only looked for where one is in error
        for (std::size_t i = 0; i < array.size() && !isDone(); ++i) {
            auto event = eventFromOutside(array[i]);
            array[i] = nullptr;
            if (event) {
                addGood(std::move(event).value(), static_cast<qsizetype>(i));
                continue;
            }
            if (items.empty()) {
                items = locateItems(m_text);
            }
            addFault(event.error(), QStringLiteral("$[%1]").arg(i), items.at(i));
        }
    }

    /// `place` is what stands for the document's `$`.
    void addFault(const Error &error, const QString &place, const LocatedText &part)
    {
        add({.path = place + (error.where.startsWith(u'$') ? error.where.sliced(1) : error.where),
             .message = error.message,
             .position = inWhole(part, locateField(part.text, error.where))});
    }

    void addUnreadable(const Error &error, const LocatedText &part)
    {
        // Where one value is at fault, such as a lone surrogate, rather than the text.
        const QString path = error.where.isEmpty() ? QString()
            : error.where.startsWith(u'[')         ? QString(u'$' + error.where)
                                                   : QString(u"$." + error.where);
        add({.path = path, .message = error.message, .position = inWhole(part, error.position)});
    }

    void add(const EventFault &fault)
    {
        m_batch.faults.append(fault);
        m_batch.isCut = m_batch.faults.size() >= m_reading.mostFaults;
    }

    const QByteArrayView m_text;
    const EventReading &m_reading;
    EventBatch m_batch;
    qsizetype m_values = 0; ///< of the rows read so far
    qsizetype m_items = 0; ///< the same
};

} // namespace

QString ownIdPath(const IntegrationEvent &event, std::optional<qsizetype> item)
{
    const QString place = item ? QStringLiteral("$[%1]").arg(*item) : QStringLiteral("$");
    return event.document.contains("id") ? QString(place % QStringLiteral(".id")) : place;
}

QList<TextPosition> ownIdPositions(QByteArrayView text, const EventBatch &batch, const QList<qsizetype> &events)
{
    const bool isArray = text.trimmed().startsWith('[');
    const bool isOnly = batch.events.size() + batch.faults.size() == 1;
    const auto items = isArray ? locateItems(text) : std::vector<LocatedText>();
    RowWalk rows(text);
    qsizetype nextRow = 0;
    QList<TextPosition> positions;
    for (const auto event : events) {
        const auto item = batch.items.at(event);
        LocatedText part{.text = text};
        if (isArray) {
            part = items.at(static_cast<std::size_t>(item));
        } else if (!isOnly) {
            for (; nextRow <= item; ++nextRow) {
                part = rows.next().value_or(part);
            }
        }
        positions.append(inWhole(part, locateField(part.text, QStringLiteral("$.id"))));
    }
    return positions;
}

EventBatch readEvents(QByteArrayView text, const EventReading &reading)
{
    return EventReader(text, reading).read();
}

} // namespace Tocsin
