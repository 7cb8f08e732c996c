// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretplaces.h"

#include "httpurl.h"
#include "secretnames.h"
#include "secretplacelist.h"
#include "secrettext.h"

#include <QUrl>

#include <algorithm>
#include <vector>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What is no literal text of a URL: a placeholder, or a reference to a secret.
struct UrlHole
{
    qsizetype begin = 0;
    qsizetype end = 0;
    QString key; ///< of a reference
};

std::vector<UrlHole> holesOf(QStringView url)
{
    std::vector<UrlHole> holes;
    for (qsizetype at = 0; at < url.size();) {
        const auto rest = url.sliced(at);
        if (rest.startsWith(u"{{")) {
            holes.push_back({.begin = at, .end = endOfBraces(url, at), .key = {}});
        } else if (rest.startsWith(u"$${")) {
            at += 3;
            continue;
        } else if (rest.startsWith(u"${secret:")) {
            const auto end = endOfReference(url, at);
            const auto key = soleSecretKey(url.sliced(at, end - at).toString());
            holes.push_back({.begin = at, .end = end, .key = key.value_or(QString())});
        } else {
            ++at;
            continue;
        }
        at = holes.back().end;
    }
    return holes;
}

class UrlReading
{
public:
    UrlReading(const QString &url, QLatin1StringView what)
        : m_url(url)
        , m_holes(holesOf(url))
        , m_places(what)
    {
    }

    QList<SecretPlace> places()
    {
        constexpr auto scheme = "https://"_L1;
        if (m_url.startsWith(scheme, Qt::CaseInsensitive)) {
            const auto host = scheme.size();
            const auto path = std::min({find(u'/', host), find(u'?', host), find(u'#', host), find(u'\\', host)});
            const auto end = find(u'#', path);
            const auto query = std::min(find(u'?', path), end);
            readPath(hostName(host, path), path, query);
            for (auto begin = query + 1; begin < end;) {
                const auto next = std::min(find(u'&', begin), end);
                readParameter(begin, next);
                begin = next + 1;
            }
        }
        return m_places.take();
    }

private:
    /// Outside of holes; the URL's end where there is none.
    qsizetype find(QChar character, qsizetype from) const
    {
        while (true) {
            const auto at = m_url.indexOf(character, from);
            if (at < 0) {
                return m_url.size();
            }
            const auto *hole = holeIn(at, at + 1);
            if (!hole) {
                return at;
            }
            from = hole->end;
        }
    }

    std::vector<UrlHole>::const_iterator firstHoleAfter(qsizetype begin) const
    {
        return std::upper_bound(m_holes.begin(), m_holes.end(), begin,
                                [](qsizetype place, const UrlHole &hole) { return place < hole.end; });
    }

    const UrlHole *holeIn(qsizetype begin, qsizetype end) const
    {
        const auto found = firstHoleAfter(begin);
        return found == m_holes.end() || found->begin >= end ? nullptr : &*found;
    }

    QStringView hostName(qsizetype begin, qsizetype end) const
    {
        auto host = QStringView(m_url).sliced(begin, end - begin);
        if (const auto colon = host.lastIndexOf(u':'); colon >= 0) {
            host = host.first(colon);
        }
        while (host.endsWith(u'.')) {
            host.chop(1);
        }
        return host;
    }

    void readPath(QStringView host, qsizetype begin, qsizetype end)
    {
        const auto path = QStringView(m_url).sliced(begin, end - begin);
        if (const auto secret = secretPathBegin(host, path); secret >= 0) {
            addLiteral(u"path"_s, {}, begin + secret, end);
        }
        addReferences(u"path"_s, {}, begin, end);
    }

    void readParameter(qsizetype begin, qsizetype end)
    {
        const auto equals = std::min(find(u'=', begin), end);
        const QString name =
            QUrl::fromPercentEncoding(QStringView(m_url).sliced(begin, equals - begin).toString().toUtf8());
        if (equals < end && namesSecretParameter(name)) {
            addLiteral(name, name, equals + 1, end);
        }
        addReferences(name, name, begin, end);
    }

    void addLiteral(const QString &path, const QString &name, qsizetype begin, qsizetype end)
    {
        if (holeIn(begin, end)) {
            return;
        }
        const auto literal = resolveSecretText(m_url.sliced(begin, end - begin), {});
        if (literal && canBeSecret(QUrl::fromPercentEncoding(literal->toUtf8()))) {
            m_places.add(path,
                         {.what = {},
                          .name = name,
                          .begin = begin,
                          .length = end - begin,
                          .value = QString::fromLatin1(withForbiddenEncoded(literal->toUtf8())),
                          .key = {}});
        }
    }

    void addReferences(const QString &path, const QString &name, qsizetype begin, qsizetype end)
    {
        for (auto hole = firstHoleAfter(begin); hole != m_holes.end() && hole->end <= end; ++hole) {
            if (!hole->key.isEmpty()) {
                m_places.add(path,
                             {.what = {},
                              .name = name,
                              .begin = hole->begin,
                              .length = hole->end - hole->begin,
                              .value = {},
                              .key = hole->key});
            }
        }
    }

    QString m_url;
    std::vector<UrlHole> m_holes;
    SecretPlaceList m_places;
};

} // namespace

QList<SecretPlace> urlSecretPlaces(const QString &url)
{
    return UrlReading(url, "url"_L1).places();
}

QList<SecretPlace> tokenUrlSecretPlaces(const QString &url)
{
    return UrlReading(url, "oauth/url"_L1).places();
}

} // namespace Tocsin
