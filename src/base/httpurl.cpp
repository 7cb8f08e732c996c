// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpurl.h"

#include "hexdigits.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr int defaultPort = 443;
constexpr int highestPort = 65535;
constexpr auto scheme = "https://"_L1;

struct UrlText
{
    static constexpr SentenceMaker say{"Tocsin::HttpUrl"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::HttpUrl)
};

bool isForbidden(char byte)
{
    const auto value = static_cast<uchar>(byte);
    return value <= 0x20 || value >= 0x7f || QByteArrayView("\"<>\\^`{|}").contains(byte);
}

/// From 1, in code points.
int columnOf(const QString &text, qsizetype at)
{
    return static_cast<int>(QStringView(text).first(at).toUcs4().size()) + 1;
}

/// Where a percent sign begins no percent-encoding (RFC 3986 §2.1), or -1.
qsizetype strayPercent(QStringView text)
{
    const auto isHex = [text](qsizetype at) {
        return at < text.size() && hexDigit(text[at].unicode()) >= 0;
    };
    for (auto at = text.indexOf(u'%'); at >= 0; at = text.indexOf(u'%', at + 1)) {
        if (!isHex(at + 1) || !isHex(at + 2)) {
            return at;
        }
    }
    return -1;
}

Error fault(const QString &text, qsizetype at, const Sentence &message)
{
    return Error::of(message, {},
                     {.line = 1, .column = columnOf(text, at), .offset = QStringView(text).first(at).toUtf8().size()});
}

/// Host and port of `authority`, which begins at `begin`; the target is left empty.
Result<HttpUrl> readAuthority(const QString &text, QStringView authority, const Sentence &label)
{
    const auto begin = scheme.size();
    if (authority.contains(u'@')) {
        return fault(text, begin,
                     UrlText::say("%1 must not hold a user name or password: use a header or OAuth.", label));
    }
    HttpUrl url;
    auto host = authority;
    const auto colon = authority.lastIndexOf(u':');
    if (colon > authority.lastIndexOf(u']')) {
        const auto digits = authority.sliced(colon + 1);
        const bool isNumber = std::all_of(digits.begin(), digits.end(),
                                          [](QChar character) { return character >= u'0' && character <= u'9'; });
        url.port = digits.toInt();
        if (!isNumber || url.port < 1 || url.port > highestPort) {
            return fault(
                text, begin + colon,
                UrlText::say("%1 has no valid port after the colon: a port is a number from 1 to 65535.", label));
        }
        host = authority.first(colon);
    }
    if (host.isEmpty()) {
        return fault(text, begin, UrlText::say("%1 has no host: write https:// and the target's name.", label));
    }
    const QUrl checked(QString(scheme % host % u'/'), QUrl::StrictMode);
    // In brackets stands an IPv6 address: no later version (RFC 3986 §3.2.2), and no zone, which is this machine's
    // matter.
    const bool isOddLiteral = host.startsWith(u'[') && (!checked.host().contains(u':') || host.contains(u'%'));
    if (!checked.isValid() || checked.host().isEmpty() || isOddLiteral) {
        return fault(text, begin,
                     UrlText::say("%1 is not a valid address: it looks like https://example.com/path, with special "
                                  "characters percent-encoded.",
                                  label));
    }
    const bool isPlain = std::all_of(host.begin(), host.end(),
                                     [](QChar character) { return character.unicode() < 0x80 && character != u'%'; });
    if (host.startsWith(u'[')) {
        url.host = checked.host().toLatin1();
    } else {
        url.host = isPlain ? host.toLatin1() : checked.host(QUrl::FullyEncoded).toLatin1();
    }
    return url;
}

} // namespace

QByteArray HttpUrl::authority() const
{
    const auto name = host.contains(':') ? QByteArray('[' + host + ']') : host;
    return port == defaultPort ? name : QByteArray(name + ':' + QByteArray::number(port));
}

QByteArray HttpUrl::text() const
{
    return "https://" + authority() + target;
}

QUrl HttpUrl::toUrl() const
{
    return QUrl::fromEncoded(text(), QUrl::TolerantMode);
}

QByteArray HttpUrl::peerHost() const
{
    auto name = host;
    while (name.size() > 1 && name.endsWith('.')) {
        name.chop(1);
    }
    return name;
}

QByteArray withForbiddenEncoded(const QByteArray &utf8)
{
    QByteArray result;
    result.reserve(utf8.size());
    for (const char byte : utf8) {
        if (isForbidden(byte)) {
            result += '%' + QByteArray(1, byte).toHex().toUpper();
        } else {
            result += byte;
        }
    }
    return result;
}

qsizetype firstForbiddenByte(const QByteArray &text)
{
    const auto found =
        std::find_if(text.begin(), text.end(), [](char byte) { return isForbidden(byte) || byte == '#'; });
    return found == text.end() ? -1 : found - text.begin();
}

Result<HttpUrl> parseHttpUrl(const QString &text, const Sentence &label)
{
    const auto control = std::find_if(text.begin(), text.end(), [](QChar character) {
        return character.unicode() < 0x20 || character.unicode() == 0x7f;
    });
    if (control != text.end()) {
        return fault(text, control - text.begin(),
                     UrlText::say("%1 holds a line break or another control character at column %2.", label,
                                  columnOf(text, control - text.begin())));
    }
    if (!text.startsWith(scheme, Qt::CaseInsensitive)) {
        return fault(
            text, 0,
            UrlText::say("%1 must begin with https://: a webhook is only sent over an encrypted connection.", label));
    }
    const auto rest = QStringView(text).sliced(scheme.size());
    const auto end = std::find_if(rest.begin(), rest.end(), [](QChar character) {
        return character == u'/' || character == u'?' || character == u'#' || character == u'\\';
    });
    auto url = readAuthority(text, rest.first(end - rest.begin()), label);
    if (!url) {
        return url;
    }
    const auto target = rest.sliced(end - rest.begin());
    if (const auto percent = strayPercent(target); percent >= 0) {
        const auto at = text.size() - target.size() + percent;
        return fault(text, at,
                     UrlText::say("%1 is not a valid address: the percent sign at column %2 is not followed by two "
                                  "hexadecimal digits; write it as %25.",
                                  label, columnOf(text, at)));
    }
    if (const auto fragment = target.indexOf(u'#'); fragment >= 0) {
        const auto at = text.size() - target.size() + fragment;
        return fault(
            text, at,
            UrlText::say("%1 holds a fragment from the # at column %2 on, which is never sent: leave it out, or "
                         "write # as %23.",
                         label, columnOf(text, at)));
    }
    if (target.startsWith(u'\\') || target.endsWith(u' ')) {
        const auto at = target.startsWith(u'\\') ? text.size() - target.size() : text.size() - 1;
        return fault(text, at,
                     target.endsWith(u' ') ? UrlText::say("%1 ends with a space: take it away, or write %20.", label)
                                           : UrlText::say("%1 has a backslash after the host: write / there.", label));
    }
    auto bytes = withForbiddenEncoded(target.toUtf8());
    if (!bytes.startsWith('/')) {
        bytes.prepend('/');
    }
    url.value().target = bytes;
    return url;
}

} // namespace Tocsin
