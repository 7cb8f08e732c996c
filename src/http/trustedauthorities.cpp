// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trustedauthorities.h"

#include "certificates.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <curl/curl.h>
#include <openssl/err.h>

#include <memory>

namespace Tocsin {

namespace {

/// Where the system's authorities are. A folder with OpenSSL's hashed names is preferred: it is read as it is needed,
/// a bundle of all of them at once (40 ms).
struct Places
{
    QByteArray file;
    QByteArray folder;
};

Places findPlaces()
{
    Places places{.file = qgetenv("SSL_CERT_FILE"), .folder = qgetenv("SSL_CERT_DIR")};
    if (!places.file.isEmpty() || !places.folder.isEmpty()) {
        return places;
    }
    const std::unique_ptr<CURL, OpenSslRelease<curl_easy_cleanup>> curl(curl_easy_init());
    const char *file = nullptr;
    const char *folder = nullptr;
    curl_easy_getinfo(curl.get(), CURLINFO_CAINFO, &file);
    curl_easy_getinfo(curl.get(), CURLINFO_CAPATH, &folder);
    if (folder && !QDir(QFile::decodeName(folder)).entryList({QStringLiteral("*.0")}, QDir::Files).isEmpty()) {
        places.folder = folder;
    } else if (file) {
        places.file = file;
    }
    return places;
}

const Places &systemPlaces()
{
    static const Places places = findPlaces();
    return places;
}

QByteArray currentStamp()
{
    QByteArray stamp;
    for (const auto &place : {systemPlaces().file, systemPlaces().folder}) {
        const QFileInfo info(QFile::decodeName(place));
        stamp += QByteArray::number(place.isEmpty() ? 0 : info.lastModified().toMSecsSinceEpoch()) + ' '
            + QByteArray::number(info.size()) + ' ';
    }
    return stamp;
}

} // namespace

TrustedAuthorities::TrustedAuthorities(const QByteArray &additional)
    : m_store(X509_STORE_new())
    , m_stamp(currentStamp())
{
    const auto &places = systemPlaces();
    if (!places.file.isEmpty()) {
        X509_STORE_load_file(m_store.get(), places.file.constData());
    }
    if (!places.folder.isEmpty()) {
        X509_STORE_load_path(m_store.get(), places.folder.constData());
    }
    for (const auto &certificate : certificatesFromPem(additional)) {
        X509_STORE_add_cert(m_store.get(), certificate.get());
    }
    ERR_clear_error(); // a system without authorities trusts nobody, which shows in the handshake
}

bool TrustedAuthorities::isOutdated() const
{
    return m_stamp != currentStamp();
}

} // namespace Tocsin
