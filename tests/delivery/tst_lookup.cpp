// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "invoking.h"

#include <QHash>
#include <QSignalSpy>
#include <QTest>

#include <dlfcn.h>
#include <netdb.h>
#include <sys/socket.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <mutex>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

/// What names lead to; used by the threads that look them up.
struct Names
{
    std::mutex mutex;
    std::condition_variable changed;
    QHash<QByteArray, QByteArrayList> addresses; ///< none: the lookup hangs until it is released
    bool isReleased = false;
    int hanging = 0;
    QHash<QByteArray, int> asked;
};

Names &names()
{
    static auto *const kept = new Names; // a lookup may outlive the test
    return *kept;
}

std::atomic<int> connectsElsewhere = 0;

template <typename Function>
Function *original(const char *name)
{
    return reinterpret_cast<Function *>(dlsym(RTLD_NEXT, name));
}

bool isLoopback(const sockaddr *address)
{
    const auto family = address->sa_family;
    return (family != AF_INET && family != AF_INET6) || QHostAddress(address).isLoopback();
}

} // namespace

// libcurl finds these before the system's own.
extern "C" {

__attribute__((visibility("default"))) int getaddrinfo(const char *name, const char *service, const addrinfo *hints,
                                                       addrinfo **result)
{
    static auto *const real = original<decltype(getaddrinfo)>("getaddrinfo");
    auto &known = names();
    QByteArrayList addresses;
    {
        std::unique_lock lock(known.mutex);
        ++known.asked[name];
        if (!known.addresses.contains(name)) {
            lock.unlock();
            return real(name, service, hints, result);
        }
        addresses = known.addresses.value(name);
        if (addresses.isEmpty()) {
            ++known.hanging;
            known.changed.wait(lock, [&known] { return known.isReleased; });
            --known.hanging;
            return EAI_AGAIN;
        }
    }
    addrinfo **end = result;
    for (const auto &address : addresses) {
        addrinfo numeric = hints ? *hints : addrinfo{};
        numeric.ai_flags = AI_NUMERICHOST;
        numeric.ai_family = AF_UNSPEC;
        if (const int error = real(address.constData(), service, &numeric, end)) {
            return error;
        }
        while (*end) {
            end = &(*end)->ai_next;
        }
    }
    return 0;
}

/// Nothing of this test leaves this machine, whatever the program would do.
__attribute__((visibility("default"))) int connect(int socket, const sockaddr *address, socklen_t size)
{
    static auto *const real = original<decltype(connect)>("connect");
    if (isLoopback(address)) {
        return real(socket, address, size);
    }
    ++connectsElsewhere;
    errno = ENETUNREACH;
    return -1;
}
}

/// Names: lookups that hang, and names that lead where nothing is sent.
class TestLookup : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;
    const IssuedCertificate m_certificate = m_pki.authority.issueServer({u"target.test"_s, u"localhost"_s}).value();

    static void setAddresses(const QByteArray &name, const QByteArrayList &addresses)
    {
        const std::lock_guard lock(names().mutex);
        names().addresses.insert(name, addresses);
    }

    static int hanging()
    {
        const std::lock_guard lock(names().mutex);
        return names().hanging;
    }

    static int asked(const QByteArray &name)
    {
        const std::lock_guard lock(names().mutex);
        return names().asked.value(name);
    }

    InvocationRequest requestFor(const QString &host, const FakeServer &server) const
    {
        auto request = requestTo(server.url(), m_pki);
        request.webhook.url = u"https://%1:%2/"_s.arg(host).arg(server.serverPort());
        return request;
    }

private Q_SLOTS:
    void init()
    {
        const std::lock_guard lock(names().mutex);
        names().addresses = {{"hangs.test", {}}};
        names().asked.clear();
        names().isReleased = false;
        connectsElsewhere = 0;
    }

    void cleanup()
    {
        {
            const std::lock_guard lock(names().mutex);
            names().isReleased = true;
        }
        names().changed.notify_all();
        QTRY_COMPARE(hanging(), 0);
        QCOMPARE(connectsElsewhere.load(), 0);
    }

    void aLookupThatHangsDelaysNobody()
    {
        FakeServer server(m_certificate, FakeServer::sending(FakeServer::response(200, "{}")));
        setAddresses("target.test", {"127.0.0.1"});
        Dispatcher dispatcher(nullptr, 1);
        auto *job = dispatcher.invoke(requestFor(u"hangs.test"_s, server));
        QSignalSpy finished(job, &InvocationJob::finished);
        QTRY_COMPARE(hanging(), 1);
        for (const auto &host : {u"localhost"_s, u"target.test"_s}) {
            QCOMPARE(invoke(dispatcher, requestFor(host, server)).verdict, Verdict::Successful);
        }
        QCOMPARE(finished.count(), 0);
        job->cancel(); // returns, and ends, while the lookup goes on
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(errorWord(finished.first().first().value<Invocation>()), u"cancelled"_s);
        QCOMPARE(hanging(), 1);
        QCOMPARE(invoke(dispatcher, requestFor(u"target.test"_s, server)).verdict, Verdict::Successful);
        QCOMPARE(server.requests().size(), 3);
    }

    void aLookupThatHangsEndsWithTheDeadline()
    {
        FakeServer server(m_certificate, FakeServer::silence());
        Dispatcher dispatcher(nullptr, 1);
        auto request = requestFor(u"hangs.test"_s, server);
        request.webhook.timeout = std::chrono::seconds(1);
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"timeout"_s);
        QVERIFY2(invocation.reason.text().contains(u"while its name was looked up"_s), qPrintable(invocation.reason));
        QCOMPARE(invocation.sent, 0);
        QVERIFY(invocation.timings.lookup && !invocation.timings.connect);
        QCOMPARE(hanging(), 1);
    }

    void destroyingTheDispatcherDoesNotWaitForALookup()
    {
        FakeServer server(m_certificate, FakeServer::silence());
        auto dispatcher = std::make_unique<Dispatcher>();
        QStringList ends;
        for (int i = 0; i < 3; ++i) {
            auto request = requestFor(u"hangs.test"_s, server);
            request.webhook.id = QString::number(i);
            connect(dispatcher->invoke(request), &InvocationJob::finished, this,
                    [&ends](const Invocation &invocation) { ends.append(errorWord(invocation)); });
        }
        QTRY_COMPARE(hanging(), 3);
        dispatcher.reset(); // would last until cleanup(), which comes later
        QCOMPARE(ends, QStringList(3, u"cancelled"_s));
        QCOMPARE(hanging(), 3);
    }

    void aNameThatIsNotThere()
    {
        FakeServer server(m_certificate, FakeServer::silence());
        setAddresses("nowhere.test", {"nonsense"}); // no address: EAI_NONAME
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(u"nowhere.test"_s, server));
        QCOMPARE(errorWord(invocation), u"dns"_s);
        QVERIFY(invocation.reason.text().contains(u"nowhere.test"_s));
        QCOMPARE(invocation.sent, 0);
        QVERIFY(invocation.timings.lookup && !invocation.timings.connect);
    }

    void aDotAtTheEndIsNotLookedUp()
    {
        FakeServer server(m_certificate, FakeServer::sending(FakeServer::response(200, "{}")));
        setAddresses("target.test", {"127.0.0.1"});
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(u"target.test."_s, server));
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QVERIFY(server.requests().first().contains("Host: target.test.:"));
        QCOMPARE(asked("target.test"), 1);
    }

    void namesThatLeadWhereNothingIsSent_data()
    {
        QTest::addColumn<QByteArrayList>("addresses");
        for (const auto *address :
             {"169.254.169.254", "169.254.1.1", "100.100.100.200", "168.63.129.16", "fe80::1", "fd00:ec2::254",
              "::ffff:169.254.1.1", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "::169.254.169.254"}) {
            QTest::newRow(address) << QByteArrayList{address};
        }
        QTest::newRow("several") << QByteArrayList{"169.254.169.254", "fe80::1", "100.100.100.200"};
    }

    void namesThatLeadWhereNothingIsSent()
    {
        QFETCH(const QByteArrayList, addresses);
        FakeServer server(m_certificate, FakeServer::sending(FakeServer::response(200, "{}")));
        setAddresses("target.test", addresses);
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(u"target.test"_s, server));
        QCOMPARE(errorWord(invocation), u"egress"_s);
        QVERIFY2(invocation.reason.text().contains(u"target.test"_s), qPrintable(invocation.reason));
        QVERIFY2(invocation.reason.text().contains(u"leads to"_s), qPrintable(invocation.reason));
        QVERIFY(invocation.error->hint.text().contains(u"egress.allow_link_local"_s));
        QCOMPARE(invocation.sent, 0);
        QCOMPARE(connectsElsewhere.load(), 0);
        QCOMPARE(asked("target.test"), 1);
        QVERIFY(!invocation.tls);
    }

    void anotherAddressOfTheNameServes_data()
    {
        QTest::addColumn<QByteArrayList>("addresses");
        QTest::newRow("after") << QByteArrayList{"169.254.169.254", "127.0.0.1"};
        QTest::newRow("before") << QByteArrayList{"127.0.0.1", "169.254.169.254"};
        QTest::newRow("after IPv6") << QByteArrayList{"fe80::1", "fd00:ec2::254", "127.0.0.1"};
        QTest::newRow("between") << QByteArrayList{"fe80::1", "127.0.0.1", "169.254.1.1"};
    }

    void anotherAddressOfTheNameServes()
    {
        QFETCH(const QByteArrayList, addresses);
        FakeServer server(m_certificate, FakeServer::sending(FakeServer::response(200, "{}")));
        setAddresses("target.test", addresses);
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(u"target.test"_s, server));
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(invocation.sent, 1);
        QCOMPARE(server.requests().size(), 1);
    }

    /// The address that may be used does not answer: that is what went wrong.
    void theAddressThatMayBeUsedIsDown()
    {
        FakeServer server(m_certificate, FakeServer::silence());
        auto request = requestFor(u"target.test"_s, server);
        server.close();
        const QByteArrayList both{"127.0.0.1", "169.254.169.254"};
        for (const auto &addresses : {both, QByteArrayList(both.rbegin(), both.rend())}) {
            setAddresses("target.test", addresses);
            Dispatcher dispatcher;
            const auto invocation = invoke(dispatcher, request);
            QVERIFY2(errorWord(invocation) == u"refused"_s, qPrintable(invocation.reason));
            QCOMPARE(invocation.sent, 0);
        }
    }

    void urlsThatNameWhereNothingIsSent_data()
    {
        QTest::addColumn<QString>("host");
        for (const auto *host :
             {"169.254.169.254", "2852039166", "0xa9fea9fe", "0xA9.0xFE.0xA9.0xFE", "0251.0376.0251.0376",
              "169.254.43518", "169.254.169.254.", "[fe80::1]", "[::ffff:a9fe:a9fe]", "[fd00:ec2::254]",
              "[64:ff9b::a9fe:a9fe]", "１６９.254.169.254", "metadata.google.internal", "Metadata.GOOGLE.internal."}) {
            QTest::newRow(host) << QString::fromUtf8(host);
        }
    }

    void urlsThatNameWhereNothingIsSent()
    {
        QFETCH(const QString, host);
        Dispatcher dispatcher;
        for (const auto method : {HttpMethod::Get, HttpMethod::Post}) {
            auto request = requestTo(QUrl(u"https://localhost/"_s), m_pki);
            request.webhook.url = u"https://%1/latest/meta-data"_s.arg(host);
            request.webhook.method = method;
            const auto invocation = invoke(dispatcher, request);
            QCOMPARE(errorWord(invocation), u"egress"_s);
            QCOMPARE(invocation.sent, 0);
            QVERIFY(!invocation.tls);
            QCOMPARE(connectsElsewhere.load(), 0);
        }
        QCOMPARE(asked("metadata.google.internal"), 0);
    }
};

QTEST_GUILESS_MAIN(TestLookup)
#include "tst_lookup.moc"
