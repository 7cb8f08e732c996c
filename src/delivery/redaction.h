// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"
#include "secretsearch.h"

#include <QByteArray>
#include <QSet>
#include <QString>

#include <optional>

namespace Tocsin {

/// Removes known secrets by value from everything that is kept or shown, whatever they are written with: see
/// SecretSearch. What goes is what says the secret and nothing else; values shorter than minimumLength are left alone:
/// they would hit by chance. A secret is also known with its percent-encoding undone, as a server hands on what stood
/// in a URL, and, of hexadecimal digits, in capitals or small letters.
///
/// A value; used on one thread at a time.
class Redaction
{
public:
    static constexpr qsizetype minimumLength = 6; ///< in characters

    void add(const QString &secret);
    /// What stands between a secret's delimiters counts too, where it is long and has digits, so that it can be one by
    /// itself: who takes a URL or a field apart hands on pieces.
    void addWithPieces(const QString &secret);
    /// The credentials of HTTP Basic authentication (RFC 7617) as they go out; the password counts as a secret too.
    void addBasicCredentials(const QByteArray &base64);

    QByteArray redact(const QByteArray &text) const;
    QString redact(const QString &text) const;
    /// A text that was cut: what it ends with may be the beginning of a secret.
    QByteArray redactCut(const QByteArray &text) const;
    QString redactCut(const QString &text) const;

    /// What shows only once the parts stand together is kept as a text.
    Sentence redact(const Sentence &sentence) const;

    void redact(SentRequest &request) const;
    void redact(ReceivedResponse &response) const;
    void redact(Invocation &invocation) const;

private:
    void insert(const QByteArray &secret);
    const SecretSearch &search() const;
    QByteArray redacted(const QByteArray &text, const MappedText &mapped, const QByteArray &mark,
                        SecretSearch::Terms terms) const;
    QString redacted(const QString &text, SecretSearch::Terms terms) const;
    QByteArray redactedBody(const ReceivedResponse &response) const;
    void redact(QList<Header> &headers) const;
    void redact(TlsInfo &tls) const;
    void redactParts(Sentence &sentence) const;

    QSet<QByteArray> m_secrets;
    mutable std::optional<SecretSearch> m_search; ///< made when it is first asked
};

} // namespace Tocsin
