// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxychoice.h"

#include "hexdigits.h"

#include <QByteArrayList>
#include <QDeadlineTimer>
#include <QHash>
#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QUrl>

#include <algorithm>
#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr std::chrono::seconds settingsKept{2};
constexpr qsizetype mostKept = 256; // origins
constexpr int usualProxyPort = 1080; // curl's, where a proxy names none
constexpr int usualTlsProxyPort = 443;
const QByteArrayList schemes{"http", "https", "socks4", "socks4a", "socks5", "socks5h"};

/// The first of these variables that says something.
QByteArray fromEnvironment(std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        if (auto value = qgetenv(name).trimmed(); !value.isEmpty()) {
            return value;
        }
    }
    return {};
}

QString placeOf(const QString &host, int port)
{
    return (host.contains(u':') ? QString(u'[' % host % u']') : host) % u':' % QString::number(port);
}

ProxyChoice fromSettings(const QByteArray &host, int port)
{
    const QNetworkProxyQuery query(QString::fromLatin1(host), port, u"https"_s, QNetworkProxyQuery::UrlRequest);
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(query);
    if (proxies.isEmpty()) {
        return {};
    }
    const auto &proxy = proxies.first();
    QUrl url;
    switch (proxy.type()) {
    case QNetworkProxy::HttpProxy:
    case QNetworkProxy::HttpCachingProxy:
        url.setScheme(u"http"_s);
        break;
    case QNetworkProxy::Socks5Proxy:
        url.setScheme(proxy.capabilities().testFlag(QNetworkProxy::HostNameLookupCapability) ? u"socks5h"_s
                                                                                             : u"socks5"_s);
        break;
    default:
        return {};
    }
    url.setHost(proxy.hostName());
    url.setPort(proxy.port());
    url.setUserName(proxy.user());
    url.setPassword(proxy.password());
    return proxyFromText(url.toEncoded());
}

bool isInNetwork(const QHostAddress &address, const QString &network)
{
    const auto subnet = QHostAddress::parseSubnet(network);
    return !subnet.first.isNull() && subnet.second >= 0 && address.isInSubnet(subnet);
}

bool isHexadecimal(char byte)
{
    return hexDigit(static_cast<unsigned char>(byte)) >= 0;
}

bool isControl(char byte)
{
    return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f;
}

/// User name and password as a URL may hold them: people write them into variables as they are.
QByteArray encodedUser(const QByteArray &text)
{
    QByteArray result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isEncoded =
            text[i] == '%' && i + 2 < text.size() && isHexadecimal(text[i + 1]) && isHexadecimal(text[i + 2]);
        const auto byte = text.mid(i, 1);
        result += isEncoded || text[i] == ':' ? byte : byte.toPercentEncoding();
    }
    return result;
}

} // namespace

bool isExempt(const QByteArray &host, const QByteArray &list)
{
    auto name = QString::fromLatin1(host).toLower();
    while (name.endsWith(u'.')) {
        name.chop(1);
    }
    const QHostAddress address(name);
    const auto entries =
        QString::fromLatin1(list).toLower().replace(u',', u' ').replace(u'\t', u' ').split(u' ', Qt::SkipEmptyParts);
    return std::any_of(entries.begin(), entries.end(), [&](QString entry) {
        if (entry == "*"_L1) {
            return true;
        }
        if (entry.startsWith(u'[') && entry.endsWith(u']')) {
            entry = entry.sliced(1).chopped(1);
        }
        if (!address.isNull()) {
            return QHostAddress(entry) == address || (entry.contains(u'/') && isInNetwork(address, entry));
        }
        while (entry.startsWith(u'.')) {
            entry.remove(0, 1);
        }
        while (entry.endsWith(u'.')) {
            entry.chop(1);
        }
        return !entry.isEmpty() && (name == entry || name.endsWith(u'.' + entry));
    });
}

ProxyChoice proxyFromText(const QByteArray &text)
{
    const auto schemeEnd = text.indexOf("://");
    const auto scheme = schemeEnd < 0 ? QByteArray("http") : text.first(schemeEnd).toLower();
    auto rest = schemeEnd < 0 ? text : text.mid(schemeEnd + 3);
    const auto at = rest.lastIndexOf('@');
    const auto user = rest.first(std::max<qsizetype>(at, 0));
    rest = rest.mid(at + 1);
    rest.truncate(std::find_if(rest.begin(), rest.end(), [](char byte) { return byte == '/' || byte == '?'; })
                  - rest.begin());
    const bool speaksTls = scheme == "https";
    const QUrl url(QString::fromUtf8("proxy://" + rest + '/'), QUrl::StrictMode);
    const int port = url.port(speaksTls ? usualTlsProxyPort : usualProxyPort);
    ProxyChoice choice{.url = scheme + "://" + (at < 0 ? QByteArray() : QByteArray(encodedUser(user) + '@')) + rest,
                       .place = placeOf(url.host(), port),
                       .host = url.host(QUrl::FullyEncoded).toLatin1(),
                       .speaksTls = speaksTls};
    choice.isValid = url.isValid() && !choice.host.isEmpty() && port > 0 && schemes.contains(scheme)
        && std::none_of(user.begin(), user.end(), isControl);
    if (!choice.isValid) {
        choice.place = QString::fromUtf8(rest.isEmpty() ? QByteArray(scheme + "://") : rest);
    }
    return choice;
}

ProxyChoice proxyFor(const QByteArray &host, int port)
{
    struct Answer
    {
        ProxyChoice choice;
        QDeadlineTimer goodUntil;
    };
    thread_local QHash<QByteArray, Answer> answers;
    if (isExempt(host, fromEnvironment({"no_proxy", "NO_PROXY"}))) {
        return {};
    }
    const auto named = fromEnvironment({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
    if (!named.isEmpty()) {
        return proxyFromText(named);
    }
    const QByteArray origin = host + ':' + QByteArray::number(port);
    if (const auto known = answers.constFind(origin); known != answers.constEnd() && !known->goodUntil.hasExpired()) {
        return known->choice;
    }
    if (answers.size() >= mostKept) {
        answers.clear();
    }
    auto choice = fromSettings(host, port);
    answers.insert(origin, {.choice = choice, .goodUntil = QDeadlineTimer(settingsKept)});
    return choice;
}

} // namespace Tocsin
