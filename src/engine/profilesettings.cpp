// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profilesettings.h"

#include <utility>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto pause = 500ms; // deliveries change the same database all the time
constexpr auto keptPrefix = "keep_as_text/"_L1; // and a webhook's id: beside the settings that people know

QHash<QString, QSet<QString>> keptPlacesFrom(const QMap<QString, QString> &texts)
{
    QHash<QString, QSet<QString>> kept;
    for (auto text = texts.lowerBound(keptPrefix); text != texts.end() && text.key().startsWith(keptPrefix); ++text) {
        const auto places = parseJson(text->toUtf8());
        if (!places || !places->is_array()) {
            continue; // a later version may have written it
        }
        for (const Json &place : *places) {
            if (place.is_string()) {
                kept[text.key().sliced(keptPrefix.size())].insert(toQString(place.get<std::string>()));
            }
        }
    }
    return kept;
}

QString textOfPlaces(const QSet<QString> &places)
{
    auto sorted = places.values();
    sorted.sort();
    Json list = Json::array();
    for (const QString &place : std::as_const(sorted)) {
        list.push_back(toJson(place));
    }
    return toQString(writeJson(list));
}

} // namespace

ProfileSettings::ProfileSettings(Store &store)
    : m_store(store)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &ProfileSettings::readAgain);
}

void ProfileSettings::read(QObject *context, Reply<Result<void>> reply)
{
    const auto answer = guarded<Result<void>>(context, std::move(reply));
    m_store.settings(this, [this, answer](const Result<QMap<QString, QString>> &texts) {
        if (!texts) {
            answer(texts.error());
            return;
        }
        take(settingsFrom(*texts), keptPlacesFrom(*texts));
        answer({});
    });
}

void ProfileSettings::set(const QString &key, const QString &text, QObject *context, Reply<Result<void>> reply)
{
    const auto answer = guarded<Result<void>>(context, std::move(reply));
    const auto setting = findSetting(key);
    Settings wanted;
    const auto understood = setting ? setting->read(text, wanted) : setting.error();
    if (!understood) {
        QMetaObject::invokeMethod(
            this, [answer, understood] { answer(understood); }, Qt::QueuedConnection);
        return;
    }
    m_store.saveSetting(key, setting->text(wanted), this,
                        [this, answer, setting = *setting, text](const Result<void> &saved) {
                            Settings settings = m_current;
                            if (saved && setting.read(text, settings)) {
                                take(settings, m_keptAsText);
                            }
                            answer(saved);
                        });
}

void ProfileSettings::follow()
{
    connect(&m_store, &Store::changed, this, &ProfileSettings::readSoon, Qt::UniqueConnection);
}

void ProfileSettings::readSoon()
{
    if (!m_pause.isActive()) {
        m_pause.start();
    }
}

void ProfileSettings::readAgain()
{
    read(this, [this](const Result<void> &done) {
        if (!done) {
            readSoon();
        }
    });
}

void ProfileSettings::setKeptAsText(const QString &webhookId, const QSet<QString> &places)
{
    if (m_keptAsText.value(webhookId) == places) {
        return;
    }
    auto kept = m_keptAsText;
    kept.insert(webhookId, places);
    take(m_current, kept);
    m_store.saveSetting(keptPrefix + webhookId, textOfPlaces(places), this,
                        [this](const Result<void> &) { readSoon(); }); // an answer of before may be under way
}

void ProfileSettings::take(const Settings &settings, const QHash<QString, QSet<QString>> &keptAsText)
{
    const bool isOther = settings != m_current || keptAsText != m_keptAsText;
    m_current = settings;
    m_keptAsText = keptAsText;
    if (isOther) {
        Q_EMIT changed();
    }
}

} // namespace Tocsin

#include "moc_profilesettings.cpp"
