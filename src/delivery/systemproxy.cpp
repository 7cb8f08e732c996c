// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "systemproxy.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QNetworkProxyFactory>

#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr std::chrono::seconds kept{2};
constexpr qsizetype mostKept = 256; // origins

struct Answer
{
    QList<QNetworkProxy> proxies;
    QDeadlineTimer goodUntil;
};

QString originOf(const QNetworkProxyQuery &query)
{
    return QString::number(query.queryType()) % u' ' % query.protocolTag() % u' ' % query.peerHostName() % u' '
        % QString::number(query.peerPort());
}

} // namespace

QList<QNetworkProxy> systemProxies(const QNetworkProxyQuery &query)
{
    thread_local QHash<QString, Answer> answers;
    const auto origin = originOf(query);
    if (const auto known = answers.constFind(origin); known != answers.constEnd() && !known->goodUntil.hasExpired()) {
        return known->proxies;
    }
    if (answers.size() >= mostKept) {
        answers.clear();
    }
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(query);
    answers.insert(origin, {.proxies = proxies, .goodUntil = QDeadlineTimer(kept)});
    return proxies;
}

} // namespace Tocsin
