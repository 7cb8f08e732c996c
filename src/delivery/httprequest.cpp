// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httprequest.h"

#include <QHostAddress>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr int defaultPort = 443;

QByteArray hostField(const QUrl &url)
{
    auto host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':')) {
        host = '[' + host + ']';
    }
    return url.port(defaultPort) == defaultPort ? host : host + ':' + QByteArray::number(url.port());
}

/// An empty value counts as not set here: QNetworkAccessManager would put one of its own in its place.
void setDefault(HttpFields &fields, const QByteArray &name, const QByteArray &value)
{
    const auto found = std::find_if(fields.begin(), fields.end(), [&name](const auto &field) {
        return field.first.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (found == fields.end()) {
        fields.emplaceBack(name, value);
    } else if (found->second.isEmpty()) {
        found->second = value;
    }
}

} // namespace

HttpFields completeFields(const QUrl &url, HttpFields own, qsizetype contentLength)
{
    own.prepend({"Host", hostField(url)});
    setDefault(own, "User-Agent", "Tocsin/" TOCSIN_VERSION);
    setDefault(own, "Accept-Encoding", "gzip, deflate");
    // Without a value, QNetworkAccessManager would tell the machine's language.
    setDefault(own, "Accept-Language", "*");
    own.emplaceBack("Content-Length", QByteArray::number(contentLength));
    own.emplaceBack("Connection", "Keep-Alive");
    return own;
}

QUrl sendableUrl(const QString &text)
{
    const bool hasBadCharacter = std::any_of(text.begin(), text.end(), [](QChar character) {
        return character.unicode() <= 0x20 || character.unicode() == 0x7f;
    });
    QUrl url(text, QUrl::TolerantMode);
    if (hasBadCharacter || !url.isValid() || url.scheme() != "https"_L1 || url.host().isEmpty()
        || !url.userInfo().isEmpty()) {
        return {};
    }
    url = url.adjusted(QUrl::RemoveFragment | QUrl::NormalizePathSegments);
    if (url.path().isEmpty()) {
        url.setPath(u"/"_s);
    }
    return url;
}

QString fieldText(const QByteArray &bytes)
{
    return QByteArrayView(bytes).isValidUtf8() ? QString::fromUtf8(bytes) : QString::fromLatin1(bytes);
}

SentRequest describe(const HttpRequest &request)
{
    SentRequest shown{.method = QString::fromLatin1(request.method),
                      .url = QString::fromLatin1(request.url.toEncoded()),
                      .headers = {},
                      .body = request.body};
    for (const auto &[name, value] : request.fields) {
        shown.headers.append({.name = QString::fromLatin1(name), .value = fieldText(value)});
    }
    return shown;
}

} // namespace Tocsin
