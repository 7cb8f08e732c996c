// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httprequest.h"

#include <algorithm>

namespace Tocsin {

namespace {

void setDefault(HttpFields &fields, const QByteArray &name, const QByteArray &value)
{
    const bool isSet = std::any_of(fields.begin(), fields.end(), [&name](const auto &field) {
        return field.first.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (!isSet) {
        fields.emplaceBack(name, value);
    }
}

} // namespace

void completeFields(HttpRequest &request)
{
    auto &fields = request.fields;
    fields.prepend({"Host", request.url.authority()});
    setDefault(fields, "User-Agent", "Tocsin/" TOCSIN_VERSION);
    setDefault(fields, "Accept-Encoding", "gzip, deflate");
    if (request.method != "GET") {
        fields.emplaceBack("Content-Length", QByteArray::number(request.body.size()));
    }
}

QString fieldText(const QByteArray &bytes)
{
    return QByteArrayView(bytes).isValidUtf8() ? QString::fromUtf8(bytes) : QString::fromLatin1(bytes);
}

SentRequest describe(const HttpRequest &request)
{
    SentRequest shown{.method = QString::fromLatin1(request.method),
                      .url = QString::fromLatin1(request.url.text()),
                      .headers = {},
                      .body = request.body};
    for (const auto &[name, value] : request.fields) {
        shown.headers.append({.name = QString::fromLatin1(name), .value = fieldText(value)});
    }
    return shown;
}

} // namespace Tocsin
