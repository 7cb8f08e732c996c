// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction.h"

#include "hexdigits.h"
#include "responsetext.h"

#include <QRegularExpression>
#include <QStringEncoder>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr qsizetype shortestPiece = 16; // of a secret that was taken apart

QByteArray percentDecoded(const QByteArray &text, bool isForm)
{
    auto plain = text;
    return QByteArray::fromPercentEncoding(isForm ? plain.replace('+', ' ') : plain);
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexadecimal(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return hexDigit(static_cast<unsigned char>(c)) >= 0 || c == '-'; });
}

QByteArray derOf(const QString &pem)
{
    constexpr auto dashes = "-----"_L1;
    const auto begin = pem.indexOf(dashes, pem.indexOf(dashes) + dashes.size()) + dashes.size();
    const auto end = pem.indexOf(dashes, begin);
    return end < 0 ? QByteArray() : QByteArray::fromBase64(QStringView(pem).sliced(begin, end - begin).toLatin1());
}

template <typename Text>
Text withMarks(const Text &text, const std::vector<TextRange> &ranges, const Text &mark)
{
    Text result;
    qsizetype done = 0;
    for (const auto &range : ranges) {
        result += text.sliced(done, range.begin - done);
        result += mark;
        done = range.end;
    }
    return result += text.sliced(done);
}

/// The text with its marks as an encoding that Qt alone knows can write them.
QByteArray inEncoding(QString text, const QString &encoding)
{
    QStringEncoder encoder(encoding.toLatin1().constData());
    QByteArray bytes = encoder.isValid() ? QByteArray(encoder.encode(text)) : text.toUtf8();
    if (encoder.isValid() && encoder.hasError()) {
        text.replace(redactionMark.toString(), QString(redactionMark.size(), u'*'));
        encoder.resetState();
        bytes = encoder.encode(text);
    }
    return bytes;
}

} // namespace

void Redaction::add(const QString &secret)
{
    // Line breaks at its ends are often a file's, and not echoed.
    for (const auto &text : {secret, secret.trimmed()}) {
        if (text.trimmed().size() < minimumLength) {
            continue;
        }
        const auto utf8 = text.toUtf8();
        insert(utf8);
        if (const auto latin1 = text.toLatin1(); QString::fromLatin1(latin1) == text) {
            insert(latin1);
        }
        const bool fitsUrl = !text.contains(u'\n');
        for (const bool isForm : {false, true}) {
            const auto once = fitsUrl ? percentDecoded(utf8, isForm) : utf8;
            insert(once);
            insert(fitsUrl ? percentDecoded(once, isForm) : utf8);
        }
        if (isHexadecimal(utf8)) {
            insert(utf8.toLower());
            insert(utf8.toUpper());
        }
    }
}

void Redaction::addWithPieces(const QString &secret)
{
    add(secret);
    if (secret.trimmed().contains(u'\n')) {
        return; // a key in PEM, which goes nowhere
    }
    static const QRegularExpression delimiters(u"[\\s/?&=;,:\"']+"_s);
    for (const auto &piece : secret.split(delimiters, Qt::SkipEmptyParts)) {
        const auto plain = percentDecoded(piece.toUtf8(), false);
        const bool isRandom =
            std::any_of(plain.begin(), plain.end(), isDigit) && !std::all_of(plain.begin(), plain.end(), isDigit);
        if (piece.size() >= shortestPiece && isRandom) {
            add(piece);
        }
    }
}

/// Whether a text decoded is still one that does not hit by chance is seen by its length here.
void Redaction::insert(const QByteArray &secret)
{
    if (secret.trimmed().size() >= minimumLength) {
        m_secrets.insert(secret);
        m_search.reset();
    }
}

void Redaction::addBasicCredentials(const QByteArray &base64)
{
    add(QString::fromLatin1(base64));
    const auto decoded = QString::fromUtf8(QByteArray::fromBase64(base64));
    if (const auto colon = decoded.indexOf(u':'); colon >= 0) {
        add(decoded.mid(colon + 1));
    }
}

const SecretSearch &Redaction::search() const
{
    if (!m_search) {
        m_search.emplace();
        for (const auto &secret : m_secrets) {
            m_search->add(secret);
        }
        m_search->link();
    }
    return *m_search;
}

QByteArray Redaction::redact(const QByteArray &text) const
{
    return redacted(text, {.bytes = text}, redactionMark.toUtf8(), {});
}

QString Redaction::redact(const QString &text) const
{
    return redacted(text, {});
}

QByteArray Redaction::redactCut(const QByteArray &text) const
{
    return redacted(text, {.bytes = text}, redactionMark.toUtf8(), {.isCut = true});
}

QString Redaction::redactCut(const QString &text) const
{
    return redacted(text, {.isCut = true});
}

QByteArray Redaction::redacted(const QByteArray &text, const MappedText &mapped, const QByteArray &mark,
                               SecretSearch::Terms terms) const
{
    const auto found = search().find(mapped, static_cast<quint32>(text.size()), terms).ranges;
    return found.empty() ? text : withMarks(text, found, mark);
}

QString Redaction::redacted(const QString &text, SecretSearch::Terms terms) const
{
    if (m_secrets.isEmpty()) {
        return text;
    }
    const auto found = search().find(mapped(text), static_cast<quint32>(text.size()), terms).ranges;
    return found.empty() ? text : withMarks(text, found, redactionMark.toString());
}

/// In the encoding in which it is read first, so that its marks can be read, and then whatever it is.
QByteArray Redaction::redactedBody(const ReceivedResponse &response) const
{
    const SecretSearch::Terms terms{.isCut = response.truncated};
    auto body = response.body;
    const auto contentType = headerValue(response.headers, u"Content-Type");
    const auto read = responseText(body, contentType, response.truncated);
    const quint32 width = read.encoding == "UTF-16"_L1 ? 2 : read.encoding == "UTF-32"_L1 ? 4 : 1;
    auto mark = redactionMark.toUtf8();
    if (width > 1) {
        for (const bool isBigEndian : {false, true}) {
            const UnitEncoding encoding{.width = width, .isBigEndian = isBigEndian};
            body = redacted(body, mapped(body, encoding), encoded(redactionMark, encoding), terms);
        }
    } else if (read.encoding == "ISO-8859-1"_L1) {
        mark = QByteArray(redactionMark.size(), '*');
        body = redacted(body, mapped(body, UnitEncoding{}), mark, terms);
    } else if (!read.isUtf8()) {
        if (const auto clean = redacted(read.text, terms); clean != read.text) {
            body = inEncoding(clean, read.encoding);
        }
    }
    return redacted(body, {.bytes = body}, mark, terms);
}

void Redaction::redact(SentRequest &request) const
{
    request.url = redact(request.url);
    for (auto &header : request.headers) {
        header.name = redact(header.name);
        header.value = redact(header.value);
    }
    request.body = redact(request.body);
}

void Redaction::redact(QList<Header> &headers) const
{
    for (auto &header : headers) {
        header.name = redact(header.name);
        header.value = redacted(header.value, {.isFolded = true});
    }
}

Sentence Redaction::redact(const Sentence &sentence) const
{
    if (m_secrets.isEmpty()) {
        return sentence;
    }
    auto redacted = sentence;
    redactParts(redacted);
    const auto text = redacted.text();
    const auto whole = redact(text);
    return whole == text ? redacted : Sentence(whole);
}

void Redaction::redactParts(Sentence &sentence) const
{
    if (sentence.kind == Sentence::Kind::Text) {
        sentence.source = redact(sentence.source);
    }
    for (auto &part : sentence.parts) {
        redactParts(part);
    }
}

void Redaction::redact(ReceivedResponse &response) const
{
    response.reasonPhrase = redact(response.reasonPhrase);
    redact(response.headers);
    for (auto &interim : response.interim) {
        interim.reasonPhrase = redact(interim.reasonPhrase);
        redact(interim.headers);
    }
    redact(response.trailers);
    response.body = redactedBody(response);
}

/// Whoever has a secret can have it certified.
void Redaction::redact(TlsInfo &tls) const
{
    for (auto &certificate : tls.chain) {
        certificate.subject = redact(certificate.subject);
        certificate.issuer = redact(certificate.issuer);
        certificate.serialNumber = redact(certificate.serialNumber);
        const auto found = search().find({.bytes = derOf(certificate.pem)}, 0, {.isPlain = true});
        if (!found.ranges.empty()) {
            certificate.pem = redactionMark.toString();
        }
        for (auto &name : certificate.alternativeNames) {
            name = redact(name);
        }
    }
    for (auto &error : tls.errors) {
        error = redact(error);
    }
    tls.clientCertificate = redact(tls.clientCertificate);
}

void Redaction::redact(Invocation &invocation) const
{
    if (m_secrets.isEmpty()) {
        return;
    }
    invocation.reason = redact(invocation.reason);
    if (auto &error = invocation.error) {
        error->message = redact(error->message);
        error->hint = redact(error->hint);
        error->detail = redact(error->detail);
        error->field = redact(error->field);
        for (auto &cause : error->causes) {
            cause = redact(cause);
        }
    }
    if (invocation.request) {
        redact(*invocation.request);
    }
    if (invocation.response) {
        redact(*invocation.response);
    }
    for (auto &result : invocation.validators) {
        result.jsonPath = redact(result.jsonPath);
        result.actual = redact(result.actual);
        result.message = redact(result.message);
        for (auto &value : result.expectedValues) {
            value = redact(value);
        }
    }
    const auto redactExchange = [this](TokenExchange &exchange) {
        redact(exchange.request);
        if (exchange.response) {
            redact(*exchange.response);
        }
        if (exchange.tls) {
            redact(*exchange.tls);
        }
    };
    if (invocation.tokenExchange) {
        redactExchange(*invocation.tokenExchange);
    }
    for (auto &exchange : invocation.earlierTokenExchanges) {
        redactExchange(exchange);
    }
    if (invocation.tls) {
        redact(*invocation.tls);
    }
}

} // namespace Tocsin
