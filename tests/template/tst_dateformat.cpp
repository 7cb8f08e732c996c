// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dateformat.h"

#include "integrationevent.h"

#include <QDateTime>
#include <QTest>

#include <random>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

std::string shown(const Json &value, std::string_view format, std::string_view zone = {})
{
    const auto moment = momentOf(value);
    const auto made = DateFormat::make(format, zone);
    if (!moment || !made) {
        return "none";
    }
    std::string text;
    made->append(text, *moment);
    return text;
}

} // namespace

class TestDateFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTimes_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("iso"); // "none": it is no time
        const auto row = [](const char *json, const char *iso) {
            QTest::newRow(json) << QString::fromUtf8(json) << QString::fromUtf8(iso);
        };
        row("0", "1970-01-01T00:00:00.000Z");
        row("1696263265.851898", "2023-10-02T16:14:25.851Z");
        row("1696263265.851999999", "2023-10-02T16:14:25.851Z"); // as its digits say
        row("1696263265.851000000", "2023-10-02T16:14:25.851Z");
        row("\"1696263265.851898000\"", "2023-10-02T16:14:25.851Z");
        row("1.696263265e9", "2023-10-02T16:14:25.000Z");
        row("-1.5", "1969-12-31T23:59:58.500Z");
        row("-0.0001", "1969-12-31T23:59:59.999Z");
        row("253402300799.999", "9999-12-31T23:59:59.999Z");
        row("253402300800", "none");
        row("-62135596800", "0001-01-01T00:00:00.000Z");
        row("-62135596801", "none");
        row("1e400", "none");
        row("123456789012345678901234567890", "none");
        row("\"2024-02-29T23:59:59Z\"", "2024-02-29T23:59:59.000Z");
        row("\"2024-02-29T23:59:59.1239Z\"", "2024-02-29T23:59:59.123Z");
        row("\"2024-02-29t23:59:59.12z\"", "2024-02-29T23:59:59.120Z");
        row("\"2024-02-29T23:59:59+02:00\"", "2024-02-29T21:59:59.000Z");
        row("\"2023-02-29T23:59:59Z\"", "none");
        row("\"2024-02-29T24:00:00Z\"", "none");
        row("\"2024-02-29T23:59:59\"", "none");
        row("\"2024-02-29T23:59:59.Z\"", "none");
        row("\"2024-02-29\"", "none");
        row("\"Production\"", "none");
        row("\"\"", "none");
        row("\"-\"", "none");
        row("\"1.\"", "none");
        row("\".5\"", "none");
        row("\"5 \"", "none");
        row("true", "none");
        row("null", "none");
        row("[1]", "none");
    }

    void readsTimes()
    {
        QFETCH(QString, json);
        QFETCH(QString, iso);
        const auto value = parseJson(json.toUtf8());
        QVERIFY(value);
        QCOMPARE(QString::fromStdString(shown(*value, "iso")), iso);
    }

    // Qt, which is slower, writes the same; in every zone and by every letter.
    void writesWhatQtWrites()
    {
        const QStringList formats{
            u"yyyy-MM-dd HH:mm:ss.zzz"_s, u"yy M d H m s"_s,     u"dddd ddd MMMM MMM"_s,  u"hh:mm AP"_s,
            u"h ap 'o''clock'"_s,         u"yyyy-MM-ddTHH:mm"_s, u"dd.MM.yyyy, HH 'h'"_s, u"yyyyMMdd"_s};
        std::mt19937_64 random(7);
        for (const char *zone : {"", "UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kolkata", "Pacific/Apia"}) {
            for (const QString &format : formats) {
                const auto made = DateFormat::make(format.toStdString(), zone);
                QVERIFY2(made, qPrintable(format));
                for (int i = 0; i < 200; ++i) {
                    const auto at = static_cast<qint64>(random() % 4'000'000'000'000ULL) - 500'000'000'000LL;
                    std::string text;
                    made->append(text, Moment(std::chrono::milliseconds(at)));
                    const auto utc = QDateTime::fromMSecsSinceEpoch(at, Qt::UTC);
                    const auto local = *zone == 0 ? utc : utc.toTimeZone(QTimeZone(zone));
                    QCOMPARE(QString::fromStdString(text), local.toString(format));
                }
            }
        }
    }

    // Two ways to read the usual form.
    void readsWhatTheEventReads()
    {
        std::mt19937_64 random(8);
        const std::string digits = "0123456789";
        for (int i = 0; i < 20'000; ++i) {
            std::string text = "2024-0" + std::to_string(random() % 10) + "-" + std::to_string(random() % 4)
                + digits[random() % 10] + "T" + std::to_string(random() % 3) + digits[random() % 10] + ":"
                + digits[random() % 7] + "9:" + digits[random() % 7] + "0";
            text += random() % 2 == 0 ? ".25Z" : "Z";
            const auto moment = momentOf(text);
            const auto time = timeFromRfc3339(QString::fromStdString(text));
            QCOMPARE(moment.has_value(), time.isOk());
            if (moment) {
                QCOMPARE(qint64(moment->time_since_epoch().count()), time->toMSecsSinceEpoch());
            }
        }
    }

    void countsSeconds()
    {
        const auto made = DateFormat::make("unix", {});
        QVERIFY(made && made->isUnix());
        QCOMPARE(shown(1696263265.851898, "unix"), "1696263265");
        QCOMPARE(shown(-0.5, "unix"), "-1");
        QCOMPARE(shown("2023-10-29T00:30:00Z", "iso", "Europe/Berlin"), "2023-10-29T02:30:00.000+02:00");
        QCOMPARE(shown("2023-10-29T01:30:00Z", "iso", "Europe/Berlin"), "2023-10-29T02:30:00.000+01:00");
        QCOMPARE(shown("2023-10-29T01:30:00Z", "HH:mm t", "Europe/Berlin"), "02:30 CET");
        QCOMPARE(shown("2023-10-29T01:30:00Z", "HH:mm t"), "01:30 UTC");
        QCOMPARE(shown("2023-10-29T01:30:00.100Z", "s.z"), "0.1");
    }
};

QTEST_GUILESS_MAIN(TestDateFormat)
#include "tst_dateformat.moc"
