// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QSet>
#include <QString>

namespace Tocsin {

/// Removes known secrets by value from everything that is kept or shown: as they are, escaped for JSON (once and twice)
/// or HTML, percent-encoded, and in base64. Values shorter than minimumLength are left alone: they would hit by chance.
class Redaction
{
public:
    static constexpr qsizetype minimumLength = 6; ///< in characters

    void add(const QString &secret);
    /// The credentials of HTTP Basic authentication (RFC 7617) as they go out; the password counts as a secret too.
    void addBasicCredentials(const QByteArray &base64);

    QByteArray redact(const QByteArray &text) const;
    QString redact(const QString &text) const;
    /// A body that was cut: what it ends with may be the beginning of a secret.
    QByteArray redactCut(const QByteArray &text) const;

    void redact(SentRequest &request) const;
    void redact(ReceivedResponse &response) const;
    void redact(Invocation &invocation) const;

private:
    void redact(QList<Header> &headers) const;
    QByteArray replaceAll(const QByteArray &text, bool isCut) const;

    QSet<QByteArray> m_forms;
};

} // namespace Tocsin
