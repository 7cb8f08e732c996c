// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "egress.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// Where nothing is sent, in every spelling. Nothing here connects to anything.
class TestEgress : public QObject
{
    Q_OBJECT

private:
    static void add(bool isRefused, std::initializer_list<const char *> hosts)
    {
        for (const auto *host : hosts) {
            QTest::newRow(host) << QString::fromLatin1(host) << isRefused;
        }
    }

private Q_SLOTS:
    void addresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isRefused");
        add(true,
            {"169.254.0.0",
             "169.254.169.254",
             "169.254.170.2",
             "169.254.255.255",
             "100.100.100.200",
             "168.63.129.16",
             "fe80::",
             "fe80::1",
             "fe80::a9fe:a9fe",
             "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
             "fd00:ec2::254",
             "FD00:0EC2:0:0:0:0:0:254",
             "::ffff:169.254.169.254",
             "::ffff:a9fe:a9fe",
             "::ffff:169.254.1.1",
             "::ffff:100.100.100.200",
             "::ffff:168.63.129.16",
             "::169.254.169.254",
             "64:ff9b::a9fe:a9fe",
             "64:ff9b::169.254.169.254",
             "64:ff9b::6464:64c8",
             "64:ff9b:1::a9fe:a9fe",
             "2002:a9fe:a9fe::",
             "2002:a9fe:a9fe::1"});
        add(false, {"127.0.0.1",       "127.1.2.3",         "10.0.0.1",
                    "10.255.255.255",  "172.16.0.1",        "172.31.255.255",
                    "192.168.0.1",     "100.64.0.1",        "100.100.100.199",
                    "100.100.100.201", "100.127.255.255",   "168.63.129.15",
                    "168.63.129.17",   "169.253.255.255",   "169.255.0.0",
                    "0.0.0.0",         "8.8.8.8",           "::1",
                    "fc00::1",         "fd00:ec2::253",     "fd00:ec2::255",
                    "fd00::1",         "fdff::1",           "fe7f::1",
                    "fec0::1",         "2001:db8::1",       "::ffff:127.0.0.1",
                    "::ffff:10.0.0.1", "64:ff9b::7f00:1",   "64:ff9b::a00:1",
                    "2002:a00:1::1",   "64:ff9c::a9fe:a9fe"});
    }

    void addresses()
    {
        QFETCH(const QString, text);
        QFETCH(const bool, isRefused);
        const QHostAddress address(text);
        QVERIFY(!address.isNull());
        QCOMPARE(isLinkLocalOrMetadata(address), isRefused);
        QCOMPARE(isLinkLocalOrMetadata(text), isRefused);
        if (text.contains(u':')) {
            QCOMPARE(isLinkLocalOrMetadata(QString(u'[' % text % u']')), isRefused);
            QCOMPARE(isLinkLocalOrMetadata(text.toUpper()), isRefused);
        }
    }

    void spellings_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isRefused");
        // inet_aton() knows them all, and so do the libraries that connect.
        add(true,
            {"2852039166", "0xa9fea9fe", "0XA9FEA9FE", "025177524776", "0251.0376.0251.0376", "0xa9.0xfe.0xa9.0xfe",
             "169.254.43518", "169.16689662", "169.0376.0xa9fe", "169.254.169.254.", "[fe80::1]", "fe80::1%1",
             "metadata.google.internal", "METADATA.google.Internal", "metadata.google.internal.",
             "Metadata.Google.Internal."});
        add(false,
            {"2130706433", "0x7f000001", "127.1", "localhost", "localhost.", "metadata.google.internal.test",
             "a.metadata.google.internal", "metadata", "example.test", "169.254.169.254.test", "169.254", "fe80.test",
             "", "."});
    }

    void spellings()
    {
        QFETCH(const QString, host);
        QFETCH(const bool, isRefused);
        QCOMPARE(isLinkLocalOrMetadata(host), isRefused);
    }
};

QTEST_GUILESS_MAIN(TestEgress)
#include "tst_egress.moc"
