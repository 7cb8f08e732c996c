// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "oncebody.h"

#include <algorithm>

namespace Tocsin {

OnceBody::OnceBody(QByteArray body, QObject *parent)
    : QIODevice(parent)
    , m_body(std::move(body))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

bool OnceBody::isSequential() const
{
    return true;
}

bool OnceBody::reset()
{
    return false;
}

bool OnceBody::atEnd() const
{
    return m_position == m_body.size();
}

qint64 OnceBody::bytesAvailable() const
{
    return m_body.size() - m_position;
}

qint64 OnceBody::readData(char *data, qint64 maximumSize)
{
    if (atEnd()) {
        return -1;
    }
    const auto size = std::min<qint64>(maximumSize, m_body.size() - m_position);
    std::copy_n(m_body.constData() + m_position, size, data);
    m_position += size;
    return size;
}

qint64 OnceBody::writeData(const char *, qint64)
{
    return -1;
}

} // namespace Tocsin
