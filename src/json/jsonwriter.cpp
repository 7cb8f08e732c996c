// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonwriter.h"

#include "jsonescape.h"
#include "jsonnumber.h"

#include <cmath>

namespace Tocsin {

void JsonWriter::beginValue()
{
    if (!m_isFirst) {
        m_text += ',';
    }
    m_isFirst = false;
}

void JsonWriter::beginObject()
{
    beginValue();
    m_text += '{';
    m_isFirst = true;
}

void JsonWriter::endObject()
{
    m_text += '}';
    m_isFirst = false;
}

void JsonWriter::beginArray()
{
    beginValue();
    m_text += '[';
    m_isFirst = true;
}

void JsonWriter::endArray()
{
    m_text += ']';
    m_isFirst = false;
}

void JsonWriter::key(std::string_view name)
{
    beginValue();
    m_text += '"';
    m_text += name;
    m_text += "\":";
    m_isFirst = true; // its value follows the colon
}

void JsonWriter::string(const QString &value)
{
    string(QByteArrayView(value.toUtf8()));
}

void JsonWriter::string(QByteArrayView utf8)
{
    static const JsonEscape escape(1);
    beginValue();
    m_text += '"';
    escape.append(m_text, {utf8.data(), static_cast<std::size_t>(utf8.size())});
    m_text += '"';
}

void JsonWriter::number(qint64 value)
{
    beginValue();
    m_text += std::to_string(value);
}

void JsonWriter::number(double value)
{
    if (!std::isfinite(value)) {
        null();
        return;
    }
    beginValue();
    appendJsonNumber(m_text, value);
}

void JsonWriter::boolean(bool value)
{
    beginValue();
    m_text += value ? "true" : "false";
}

void JsonWriter::null()
{
    beginValue();
    m_text += "null";
}

void JsonWriter::json(std::string_view text)
{
    beginValue();
    m_text += text;
}

} // namespace Tocsin
