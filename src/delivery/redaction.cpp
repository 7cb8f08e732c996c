// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction.h"

#include "responsetext.h"

#include <QStringEncoder>
#include <QUrl>

#include <algorithm>
#include <utility>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr int deepestBody = 3; ///< JSON strings in one another, of a body, from which echoes are known

QByteArray replaced(QByteArray text, char from, const QByteArray &to)
{
    return text.replace(QByteArray(1, from), to);
}

/// The text as a JSON string holds it, without the quotes.
QByteArray jsonEscaped(const QByteArray &utf8)
{
    const auto written = writeJson(Json(utf8.toStdString()));
    return QByteArray(written.data() + 1, static_cast<qsizetype>(written.size()) - 2);
}

/// What is not ASCII as \uXXXX, as many JSON writers do by default.
QByteArray asciiEscaped(const QByteArray &utf8, const char *format)
{
    QByteArray result;
    for (const auto unit : QString::fromUtf8(utf8)) {
        if (unit.unicode() < 0x80) {
            result.append(static_cast<char>(unit.unicode()));
        } else {
            result.append(QString::asprintf(format, unit.unicode()).toLatin1());
        }
    }
    return result;
}

QSet<QByteArray> jsonForms(const QByteArray &utf8)
{
    const auto escaped = jsonEscaped(utf8);
    QSet<QByteArray> forms{escaped, asciiEscaped(escaped, "\\u%04x"), asciiEscaped(escaped, "\\u%04X")};
    for (const auto &form : QSet<QByteArray>(forms)) {
        forms.insert(replaced(form, '/', "\\/"));
    }
    return forms;
}

QByteArray lowerHex(QByteArray percentEncoded)
{
    for (qsizetype i = 0; i + 2 < percentEncoded.size(); ++i) {
        if (percentEncoded[i] == '%') {
            percentEncoded.replace(i + 1, 2, percentEncoded.mid(i + 1, 2).toLower());
        }
    }
    return percentEncoded;
}

QSet<QByteArray> percentForms(const QString &secret)
{
    QSet<QByteArray> forms;
    for (const auto &kept : {QByteArray(), "/"_ba, "!$&'()*+,;=:@/?[]#"_ba}) {
        const auto encoded = QUrl::toPercentEncoding(secret, kept);
        forms += {encoded, lowerHex(encoded)};
    }
    for (const auto &form : QSet<QByteArray>(forms)) {
        forms.insert(QByteArray(form).replace("%20", "+"));
    }
    return forms;
}

QByteArray htmlEscaped(const QByteArray &utf8, const QByteArray &apostrophe)
{
    auto text = replaced(utf8, '&', "&amp;");
    text = replaced(text, '<', "&lt;");
    text = replaced(text, '>', "&gt;");
    text = replaced(text, '"', "&quot;");
    return replaced(text, '\'', apostrophe);
}

QSet<QByteArray> allForms(const QString &secret)
{
    const auto utf8 = secret.toUtf8();
    QSet<QByteArray> forms{utf8, htmlEscaped(utf8, "&#39;"), htmlEscaped(utf8, "&#x27;")};
    // In a body the secret may stand in JSON within JSON strings; who echoes that escapes it once or twice again.
    auto sent = utf8;
    for (int depth = 0; depth <= deepestBody; ++depth) {
        forms.insert(sent);
        for (const auto &once : jsonForms(sent)) {
            forms.insert(once);
            forms += jsonForms(once);
        }
        const auto next = jsonEscaped(sent);
        if (next == sent) {
            break; // nothing in it is ever escaped
        }
        sent = next;
    }
    forms += percentForms(secret);
    if (const auto latin1 = secret.toLatin1(); QString::fromLatin1(latin1) == secret) {
        forms.insert(latin1);
    }
    for (const auto options : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
        forms.insert(utf8.toBase64(options | QByteArray::OmitTrailingEquals));
    }
    return forms;
}

/// The text with its marks as another encoding than UTF-8 can write them.
QByteArray inEncoding(QString text, const QString &encoding)
{
    const bool isWide = encoding.startsWith("UTF-16"_L1) || encoding.startsWith("UTF-32"_L1);
    QStringEncoder encoder(encoding.toLatin1().constData(),
                           isWide ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
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
        if (text.size() >= minimumLength) {
            m_forms += allForms(text);
        }
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

QByteArray Redaction::redact(const QByteArray &text) const
{
    return replaceAll(text, false);
}

QString Redaction::redact(const QString &text) const
{
    return m_forms.isEmpty() ? text : QString::fromUtf8(replaceAll(text.toUtf8(), false));
}

QByteArray Redaction::redactCut(const QByteArray &text) const
{
    return replaceAll(text, true);
}

QByteArray Redaction::replaceAll(const QByteArray &text, bool isCut) const
{
    std::vector<std::pair<qsizetype, qsizetype>> ranges; // begin, end
    for (const auto &form : m_forms) {
        for (auto at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
            ranges.emplace_back(at, at + form.size());
        }
        if (isCut) {
            auto size = std::min(form.size() - 1, text.size());
            while (size >= minimumLength && !text.endsWith(QByteArrayView(form).first(size))) {
                --size;
            }
            if (size >= minimumLength) {
                ranges.emplace_back(text.size() - size, text.size());
            }
        }
    }
    if (ranges.empty()) {
        return text;
    }
    std::sort(ranges.begin(), ranges.end());
    static const auto mark = redactionMark.toUtf8();
    QByteArray result;
    qsizetype done = 0;
    for (auto range = ranges.begin(); range != ranges.end();) {
        auto [begin, end] = *range;
        while (++range != ranges.end() && range->first < end) {
            end = std::max(end, range->second);
        }
        result += QByteArrayView(text).sliced(done, begin - done);
        result += mark;
        done = end;
    }
    return result + QByteArrayView(text).sliced(done);
}

void Redaction::redact(SentRequest &request) const
{
    request.url = redact(request.url);
    for (auto &header : request.headers) {
        header.value = redact(header.value);
    }
    request.body = redact(request.body);
}

void Redaction::redact(QList<Header> &headers) const
{
    for (auto &header : headers) {
        header.name = redact(header.name);
        header.value = redact(header.value);
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
    const auto contentType = headerValue(response.headers, u"Content-Type");
    if (const auto read = responseText(response.body, contentType, response.truncated); read.isUtf8()) {
        response.body = response.truncated ? redactCut(response.body) : redact(response.body);
    } else if (auto clean = redact(read.text); clean != read.text) {
        response.body = inEncoding(clean, read.encoding);
    } else {
        response.body = redact(response.body);
    }
}

void Redaction::redact(Invocation &invocation) const
{
    if (m_forms.isEmpty()) {
        return;
    }
    invocation.reason = redact(invocation.reason);
    if (auto &error = invocation.error) {
        error->message = redact(error->message);
        error->hint = redact(error->hint);
        error->detail = redact(error->detail);
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
    };
    if (invocation.tokenExchange) {
        redactExchange(*invocation.tokenExchange);
    }
    for (auto &exchange : invocation.earlierTokenExchanges) {
        redactExchange(exchange);
    }
}

} // namespace Tocsin
