// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretplaces.h"

#include "httpurl.h"
#include "secretnames.h"
#include "secretplacelist.h"
#include "secrettext.h"
#include "urlspelling.h"

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
    bool isReference = false;
    QString key; ///< of a reference
};

std::vector<UrlHole> holesOf(QStringView url)
{
    std::vector<UrlHole> holes;
    for (qsizetype at = 0; at < url.size();) {
        const auto rest = url.sliced(at);
        if (rest.startsWith(u"{{")) {
            holes.push_back({.begin = at, .end = endOfBraces(url, at), .isReference = false, .key = {}});
        } else if (rest.startsWith(u"$${")) {
            at += 3;
            continue;
        } else if (rest.startsWith(u"${secret:")) {
            const auto end = endOfReference(url, at);
            const auto key = soleSecretKey(url.sliced(at, end - at).toString());
            holes.push_back({.begin = at, .end = end, .isReference = true, .key = key.value_or(QString())});
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
            const auto size = m_url.size();
            const auto path = std::min(
                {find(u'/', host, size), find(u'?', host, size), find(u'#', host, size), find(u'\\', host, size)});
            const auto end = find(u'#', path, size);
            const auto query = find(u'?', path, end);
            readPath(hostName(host, path), path, query);
            for (auto begin = query + 1; begin < end;) {
                const auto next = find(u'&', begin, end);
                readParameter(begin, next);
                begin = next + 1;
            }
        }
        return m_places.take();
    }

private:
    /// Outside of holes; `end` where there is none.
    qsizetype find(QChar character, qsizetype from, qsizetype end) const
    {
        while (from < end) {
            const auto at = QStringView(m_url).first(end).indexOf(character, from);
            if (at < 0) {
                return end;
            }
            const auto *hole = holeIn(at, at + 1);
            if (!hole) {
                return at;
            }
            from = hole->end;
        }
        return end;
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

    QString hostName(qsizetype begin, qsizetype end) const
    {
        const auto host = QStringView(m_url).sliced(begin, end - begin);
        const auto colon = host.lastIndexOf(u':');
        return plainHost(colon < 0 ? host : host.first(colon));
    }

    void readPath(const QString &host, qsizetype begin, qsizetype end)
    {
        const auto written = QStringView(m_url).sliced(begin, end - begin);
        const auto path = plainPath(written, [this, begin](qsizetype at) {
            const auto *hole = holeIn(begin + at, begin + at + 1);
            return hole ? hole->end - begin : -1;
        });
        if (const auto secret = secretPathBegin(host, path.text); secret >= 0) {
            const auto first = secret < path.text.size() ? begin + path.begins[static_cast<std::size_t>(secret)] : end;
            addLiterals(u"path"_s, {}, first, end);
        } else {
            readPathParameters(begin, end);
        }
        addReferences(u"path"_s, {}, begin, end);
    }

    /// Parameters of a segment: `/hook;token=…/x` (RFC 3986 §3.3).
    void readPathParameters(qsizetype begin, qsizetype end)
    {
        for (auto at = find(u';', begin, end); at < end;) {
            const auto next = find(u';', at + 1, end);
            const auto last = find(u'/', at, next);
            const auto equals = find(u'=', at, last);
            const QString name = nameIn(at + 1, equals);
            if (equals < last && namesSecretParameter(name)) {
                addLiterals(name, name, equals + 1, last);
            }
            at = next;
        }
    }

    QString nameIn(qsizetype begin, qsizetype end) const
    {
        return QUrl::fromPercentEncoding(QStringView(m_url).sliced(begin, end - begin).toString().toUtf8());
    }

    void readParameter(qsizetype begin, qsizetype end)
    {
        const QString name = nameIn(begin, find(u'=', begin, end));
        for (auto at = begin; at < end;) { // some servers part them by semicolons, too
            const auto next = find(u';', at, end);
            const auto equals = find(u'=', at, next);
            const QString itsName = nameIn(at, equals);
            if (equals < next && namesSecretParameter(itsName)) {
                addLiterals(itsName, itsName, equals + 1, end);
                break;
            }
            at = next + 1;
        }
        addReferences(name, name, begin, end);
    }

    /// The literal runs of a value. Who put a reference into it has chosen what of it is secret.
    void addLiterals(const QString &path, const QString &name, qsizetype begin, qsizetype end)
    {
        std::vector<std::pair<qsizetype, qsizetype>> runs;
        auto from = begin;
        for (auto hole = firstHoleAfter(begin); hole != m_holes.end() && hole->begin < end; ++hole) {
            if (hole->isReference) {
                return;
            }
            runs.emplace_back(from, hole->begin);
            from = hole->end;
        }
        runs.emplace_back(from, end);
        for (const auto &[first, last] : runs) {
            if (first < last) {
                addLiteral(path, name, first, last);
            }
        }
    }

    void addLiteral(const QString &path, const QString &name, qsizetype begin, qsizetype end)
    {
        begin += schemeLength(m_url.sliced(begin, end - begin));
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
