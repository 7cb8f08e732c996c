// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <atomic>
#include <utility>

namespace Tocsin {

/// The bytes of a request's body as they come. All bodies share a bound: each takes its part of it as it grows, and
/// gives it back with its end. One thread at a time; the bound's counter is all threads'.
class IngestBody
{
public:
    enum class Growth { Taken, TooLarge, NoRoom };

    struct Bound
    {
        qint64 mostOfOne = 0; ///< bytes
        qint64 mostOfAll = 0;
        std::atomic<qint64> held = 0;
    };

    IngestBody() = default;
    explicit IngestBody(Bound &bound)
        : m_bound(&bound)
    {
    }
    IngestBody(IngestBody &&other) noexcept
        : m_bound(other.m_bound)
        , m_bytes(std::exchange(other.m_bytes, {}))
        , m_held(std::exchange(other.m_held, 0))
    {
    }
    IngestBody &operator=(IngestBody &&other) noexcept
    {
        clear();
        m_bound = other.m_bound;
        m_bytes = std::exchange(other.m_bytes, {});
        m_held = std::exchange(other.m_held, 0);
        return *this;
    }
    IngestBody(const IngestBody &) = delete;
    IngestBody &operator=(const IngestBody &) = delete;
    ~IngestBody() { clear(); }

    /// `expected` bytes are said to come in all; 0: nobody said.
    Growth append(QByteArrayView data, qint64 expected);
    void clear();

    const QByteArray &bytes() const { return m_bytes; }

private:
    Bound *m_bound = nullptr;
    QByteArray m_bytes;
    qint64 m_held = 0;
};

} // namespace Tocsin
