// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <string>
#include <string_view>

namespace Tocsin {

/// Writes JSON text (RFC 8259) member by member, for what is written so often that a `Json` in between would cost more
/// than all the rest. The caller keeps objects and arrays in balance, and gives each value in an object its key. Any
/// thread.
class JsonWriter
{
public:
    void beginObject();
    void endObject();
    void beginArray();
    void endArray();
    void key(std::string_view name); ///< ASCII, nothing in it to be escaped

    void string(const QString &value);
    void string(QByteArrayView utf8); ///< valid UTF-8
    void number(qint64 value);
    void number(double value); ///< in the fewest digits that read back as the same; not finite: null
    void boolean(bool value);
    void null();
    void json(std::string_view text); ///< one whole value

    std::string take() { return std::move(m_text); }

private:
    void beginValue();

    std::string m_text;
    bool m_isFirst = true; ///< of what it stands in
};

} // namespace Tocsin
