// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventbatch.h"

#include <QCoreApplication>

#include <vector>

namespace Tocsin {

namespace {

struct EventBatchText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::EventBatch)
};

constexpr int rowsBetweenReports = 1000;

struct Row
{
    QByteArrayView text;
    int line = 1;
};

std::vector<Row> rowsOf(QByteArrayView text)
{
    std::vector<Row> rows;
    int line = 1;
    for (qsizetype begin = 0; begin < text.size(); ++line) {
        qsizetype end = text.indexOf('\n', begin);
        end = end < 0 ? text.size() : end;
        const QByteArrayView row = text.sliced(begin, end - begin);
        if (!row.trimmed().isEmpty()) {
            rows.push_back({.text = row, .line = line});
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
bool isMeantAsRows(const std::vector<Row> &rows)
{
    return rows.size() > 1 && !rows.front().text.trimmed().startsWith('[')
        && (isObject(rows.front().text) || isObject(rows.back().text));
}

/// `place` is what stands for the document's `$`.
void addEvent(EventBatch &batch, const Json &document, const QString &place, const Row &row)
{
    auto event = integrationEventFromJson(document);
    if (event) {
        batch.events.append(std::move(event).value());
        return;
    }
    const QString &where = event.error().where;
    batch.faults.append({.path = place + (where.startsWith(u'$') ? where.sliced(1) : where),
                         .message = event.error().message,
                         .line = row.line,
                         .position = {},
                         .row = row.text});
}

void addUnreadable(EventBatch &batch, const Error &error, const Row &row)
{
    batch.faults.append(
        {.path = {}, .message = error.message, .line = row.line, .position = error.position, .row = row.text});
}

} // namespace

EventBatch readEvents(QByteArrayView text, const std::function<void(qsizetype done)> &progress)
{
    EventBatch batch;
    const Row whole{.text = text, .line = 1};
    const auto rows = rowsOf(text);
    // A long text of rows is not parsed as a whole first: it would fail at its second line.
    const bool startsWithObject = rows.size() > 1 && isObject(rows.front().text);
    const auto value = startsWithObject ? Result<Json>(Error{}) : parseJson(text);
    if (value && value->is_array()) {
        qsizetype index = 0;
        for (const Json &item : *value) {
            addEvent(batch, item, QStringLiteral("$[%1]").arg(index++), whole);
        }
    } else if (value) {
        addEvent(batch, *value, QStringLiteral("$"), whole);
    } else if (rows.empty()) {
        addUnreadable(batch, {.message = EventBatchText::tr("There is no event here."), .where = {}, .position = {}},
                      whole);
    } else if (!isMeantAsRows(rows)) {
        addUnreadable(batch, value.error(), whole);
    } else {
        int count = 0;
        for (const Row &row : rows) {
            const auto document = parseJson(row.text);
            if (document) {
                addEvent(batch, *document, QStringLiteral("$"), row);
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
