// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <string>
#include <string_view>
#include <vector>

namespace Tocsin {

/// Is told what a JSON text holds, in its order. Texts are UTF-8, their escapes undone, and may be moved from.
class JsonSink
{
public:
    virtual ~JsonSink() = default;

    virtual void null() = 0;
    virtual void boolean(bool value) = 0;
    virtual void number(std::string_view text) = 0; ///< as it is written
    virtual void string(std::string &value) = 0;
    virtual void name(std::string &value) = 0; ///< of the member whose value comes next
    virtual void open(bool isObject) = 0;
    virtual void close() = 0;
};

/// Reads one JSON text along RFC 8259, all of it within its bounds: the library's own parser refuses numbers beyond a
/// double's range, whose digits are kept here. Says only whether; diagnoseJson() says why not. Use once.
class JsonScanner
{
public:
    JsonScanner(std::string_view text, const JsonLimits &limits, JsonSink &sink);

    /// False where the text is not JSON, nests too deeply or holds more than the limits allow. The sink has then heard
    /// of what stands before.
    bool scan();

private:
    bool atEnd() const { return m_at == m_end; }
    bool take(char character);
    bool take(std::string_view word);
    void skipBlanks();

    bool beginValue();
    bool endValue();
    bool member();
    bool number();
    bool digits();
    bool string();
    bool escape();
    bool unit(char32_t &value);

    std::string_view m_text;
    const char *m_at;
    const char *m_end;
    std::size_t m_valuesLeft;
    JsonSink &m_sink;
    std::vector<bool> m_open; ///< whether an object
    std::string m_string;
};

} // namespace Tocsin
