// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profilesettings.h"

#include <utility>

namespace Tocsin {

using namespace std::chrono_literals;

namespace {

constexpr auto pause = 500ms; // deliveries change the same database all the time

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
        take(settingsFrom(*texts));
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
                                take(settings);
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

void ProfileSettings::take(const Settings &settings)
{
    if (settings != std::exchange(m_current, settings)) {
        Q_EMIT changed();
    }
}

} // namespace Tocsin
