// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventbatch.h"

#include "jsonlocator.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace Tocsin {

namespace {

struct EventBatchText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::EventBatch)
};

constexpr int rowsBetweenReports = 1000;

std::vector<LocatedText> rowsOf(QByteArrayView text)
{
    std::vector<LocatedText> rows;
    int line = 1;
    for (qsizetype begin = 0; begin < text.size(); ++line) {
        qsizetype end = text.indexOf('\n', begin);
        end = end < 0 ? text.size() : end;
        const QByteArrayView row = text.sliced(begin, end - begin);
        if (!row.trimmed().isEmpty()) {
            rows.push_back({.text = row, .start = {.line = line, .column = 1, .offset = begin}});
        }
        begin = end + 1;
    }
    return rows;
}

bool isObject(QByteArrayView row)
{
    if (!row.startsWith('{')) {
        return false;
    }
    const auto value = parseJson(row);
    return value && value->is_object();
}

/// A text that is no JSON as a whole: are its lines meant to be? A pretty-printed object starts and ends with less than
/// an object on a line.
bool isMeantAsRows(const std::vector<LocatedText> &rows)
{
    return rows.size() > 1 && !rows.front().text.trimmed().startsWith('[')
        && (isObject(rows.front().text) || isObject(rows.back().text));
}

/// Where in the whole text a place in a part of it is.
TextPosition inWhole(const LocatedText &part, const TextPosition &inside)
{
    const int column = std::max(inside.column, 1);
    return {.line = part.start.line + std::max(inside.line, 1) - 1,
            .column = inside.line > 1 ? column : part.start.column + column - 1,
            .offset = part.start.offset + std::max<qsizetype>(inside.offset, 0)};
}

/// `place` is what stands for the document's `$`.
void addFault(EventBatch &batch, const Error &error, const QString &place, const LocatedText &part)
{
    batch.faults.append({.path = place + (error.where.startsWith(u'$') ? error.where.sliced(1) : error.where),
                         .message = error.message,
                         .position = inWhole(part, locateField(part.text, error.where))});
}

void addEvent(EventBatch &batch, const Json &document, const LocatedText &part)
{
    auto event = integrationEventFromJson(document);
    if (event) {
        batch.events.append(std::move(event).value());
    } else {
        addFault(batch, event.error(), QStringLiteral("$"), part);
    }
}

void addEvents(EventBatch &batch, const Json &array, QByteArrayView text)
{
    std::vector<LocatedText> items; // only looked for where one is in error
    for (std::size_t i = 0; i < array.size(); ++i) {
        auto event = integrationEventFromJson(array[i]);
        if (event) {
            batch.events.append(std::move(event).value());
            continue;
        }
        if (items.empty()) {
            items = locateItems(text);
        }
        addFault(batch, event.error(), QStringLiteral("$[%1]").arg(i), items.at(i));
    }
}

void addUnreadable(EventBatch &batch, const Error &error, const LocatedText &part)
{
    batch.faults.append({.path = {}, .message = error.message, .position = inWhole(part, error.position)});
}

} // namespace

EventBatch readEvents(QByteArrayView text, const std::function<void(qsizetype done)> &progress)
{
    EventBatch batch;
    const LocatedText whole{.text = text};
    const auto rows = rowsOf(text);
    // A long text of rows is not parsed as a whole first: it would fail at its second line.
    const bool startsWithObject = rows.size() > 1 && isObject(rows.front().text);
    const auto value = startsWithObject ? Result<Json>(Error{}) : parseJson(text);
    if (value && value->is_array()) {
        addEvents(batch, *value, text);
    } else if (value) {
        addEvent(batch, *value, whole);
    } else if (rows.empty()) {
        addUnreadable(batch, {.message = EventBatchText::tr("There is no event here."), .where = {}, .position = {}},
                      whole);
    } else if (!isMeantAsRows(rows)) {
        addUnreadable(batch, value.error(), whole);
    } else {
        int count = 0;
        for (const LocatedText &row : rows) {
            const auto document = parseJson(row.text);
            if (document) {
                addEvent(batch, *document, row);
            } else {
                addUnreadable(batch, document.error(), row);
            }
            if (progress && ++count % rowsBetweenReports == 0) {
                progress(row.text.data() - text.data());
            }
        }
    }
    return batch;
}

} // namespace Tocsin
