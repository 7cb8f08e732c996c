// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxychoice.h"

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

constexpr std::chrono::seconds kept{2};
constexpr qsizetype mostKept = 256; // origins
constexpr int usualProxyPort = 1080; // curl's, where a proxy names none
constexpr int usualTlsProxyPort = 443;

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
    const auto withScheme = text.contains("://") ? text : "http://" + text;
    const QUrl url(QString::fromUtf8(withScheme));
    if (url.host().isEmpty()) {
        return {.url = withScheme, .place = QString::fromUtf8(text.mid(text.lastIndexOf('@') + 1)), .host = {}};
    }
    const bool speaksTls = url.scheme() == "https"_L1;
    return {.url = withScheme,
            .place = placeOf(url.host(), url.port(speaksTls ? usualTlsProxyPort : usualProxyPort)),
            .host = url.host(QUrl::FullyEncoded).toLatin1(),
            .speaksTls = speaksTls};
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
    answers.insert(origin, {.choice = choice, .goodUntil = QDeadlineTimer(kept)});
    return choice;
}

} // namespace Tocsin
