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
#include <mutex>
#include <vector>

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

/// The certificates of the system's bundle: read once for all stores, as long as it has the same stamp.
std::shared_ptr<const std::vector<X509Pointer>> systemBundle(const QByteArray &stamp)
{
    static std::mutex mutex;
    static QByteArray stampOfBundle;
    static std::shared_ptr<const std::vector<X509Pointer>> bundle;
    const std::lock_guard lock(mutex);
    if (!bundle || stamp != stampOfBundle) {
        QFile file(QFile::decodeName(systemPlaces().file));
        bundle = std::make_shared<const std::vector<X509Pointer>>(
            file.open(QIODevice::ReadOnly) ? certificatesFromPem(file.readAll()) : std::vector<X509Pointer>());
        stampOfBundle = stamp;
    }
    return bundle;
}

} // namespace

TrustedAuthorities::TrustedAuthorities(const QByteArray &additional)
    : m_store(X509_STORE_new())
    , m_stamp(currentStamp())
{
    const auto &places = systemPlaces();
    if (!places.file.isEmpty()) {
        const auto bundle = systemBundle(m_stamp);
        for (const auto &certificate : *bundle) {
            X509_STORE_add_cert(m_store.get(), certificate.get());
        }
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
