// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "owntarget.h"
#include "sampleinvocations.h"
#include "troubleshootview.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Tocsin;

/// What was refused by the window's own target, while that was stopped, needs only a start.
class TestOwnTarget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsItsUrls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("port");
        QTest::addColumn<bool>("isIt");
        QTest::newRow("by name") << u"https://localhost:8443/hook"_s << 8443 << true;
        QTest::newRow("by IPv4 address") << u"https://127.0.0.1:8443/"_s << 8443 << true;
        QTest::newRow("by IPv6 address") << u"https://[::1]:8443/"_s << 8443 << true;
        QTest::newRow("another port") << u"https://localhost:8444/"_s << 8443 << false;
        QTest::newRow("another host") << u"https://target.example:8443/"_s << 8443 << false;
        QTest::newRow("without TLS") << u"http://localhost:8443/"_s << 8443 << false;
        QTest::newRow("there is none") << u"https://localhost/"_s << 0 << false;
        QTest::newRow("nothing") << QString() << 0 << false;
    }

    void knowsItsUrls()
    {
        QFETCH(const QString, url);
        QFETCH(const int, port);
        QTEST(OwnTarget::isAt(url, port), "isIt");
    }

    void offersToStartIt()
    {
        OwnTarget target;
        target.setState(8443, false);
        TroubleshootView view;
        view.setOwnTarget(&target);
        view.setInvocation(failed(ErrorKind::Refused, u"https://localhost:8443/"_s));
        view.show();
        QVERIFY(start(view));
        QSignalSpy asked(&target, &OwnTarget::startRequested);
        start(view)->click();
        QCOMPARE(asked.size(), 1);
        target.setState(8443, true);
        QVERIFY(!start(view));
        target.setState(8443, false);
        QVERIFY(start(view));
        view.setInvocation(failed(ErrorKind::Refused, u"https://localhost:8443/"_s));
        QVERIFY(start(view));
    }

    void offersItForNothingElse()
    {
        OwnTarget target;
        target.setState(8443, false);
        TroubleshootView view;
        view.show();
        view.setInvocation(failed(ErrorKind::Refused, u"https://localhost:8443/"_s));
        QVERIFY(!start(view)); // nobody has one
        view.setOwnTarget(&target);
        QVERIFY(start(view));
        view.setInvocation(failed(ErrorKind::Refused, u"https://localhost:1/"_s));
        QVERIFY(!start(view));
        view.setInvocation(failed(ErrorKind::Timeout, u"https://localhost:8443/"_s));
        QVERIFY(!start(view));
    }

private:
    static Invocation failed(ErrorKind kind, const QString &url)
    {
        Invocation invocation = failedInvocation(kind, u"Refused."_s);
        invocation.request->url = url;
        return invocation;
    }

    /// Where it is seen.
    static QPushButton *start(const TroubleshootView &view)
    {
        for (auto *button : view.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == u"Start"_s) {
                return button;
            }
        }
        return nullptr;
    }
};

QTEST_MAIN(TestOwnTarget)
#include "tst_owntarget.moc"
