// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What one bare QNetworkAccessManager posts, 64 at a time and nothing kept: the measure for a delivery.
// One line in for each round ("post N"), one line out: nanoseconds a request.
#include <QCoreApplication>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>

namespace {

constexpr long inFlight = 64;

QByteArray contents(const char *path)
{
    QFile file(QFile::decodeName(path));
    if (!file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "cannot read %s\n", path);
        std::exit(2);
    }
    return file.readAll();
}

class Posting : public QObject
{
public:
    Posting(const QNetworkRequest &request, const QByteArray &body)
        : m_request(request)
        , m_body(body)
    {
    }

    void run(long count)
    {
        m_toPost = count;
        m_toFinish = count;
        for (long i = 0; i < std::min(count, inFlight); ++i) {
            postOne();
        }
    }

private:
    void postOne()
    {
        --m_toPost;
        auto *reply = m_network.post(m_request, m_body);
        connect(reply, &QNetworkReply::finished, this, [this, reply] {
            if (reply->error() != QNetworkReply::NoError) {
                std::fprintf(stderr, "%s\n", qPrintable(reply->errorString()));
                std::exit(1);
            }
            reply->readAll();
            reply->deleteLater();
            if (m_toPost > 0) {
                postOne();
            }
            if (--m_toFinish == 0) {
                QCoreApplication::quit();
            }
        });
    }

    QNetworkAccessManager m_network;
    const QNetworkRequest m_request;
    const QByteArray m_body;
    long m_toPost = 0;
    long m_toFinish = 0;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (argc != 4) {
        std::fprintf(stderr, "bench_post URL AUTHORITY BODY\n");
        return 2;
    }
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.addCaCertificates(QSslCertificate::fromData(contents(argv[2])));
    QNetworkRequest request(QUrl(QString::fromLocal8Bit(argv[1])));
    request.setSslConfiguration(tls);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
    Posting posting(request, contents(argv[3]));

    std::string name;
    long count = 0;
    while (std::cin >> name >> count) {
        const auto start = std::chrono::steady_clock::now();
        QTimer::singleShot(0, &posting, [&posting, count] { posting.run(count); });
        QCoreApplication::exec();
        const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
        std::printf("%f\n", taken.count() / static_cast<double>(count));
        std::fflush(stdout);
    }
    return 0;
}
