// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backgrounddelivery.h"
#include "keychainstatus.h"
#include "localreceiver.h"
#include "mainwindow.h"
#include "preferences.h"
#include "webhookcommands.h"

#include <QTemporaryDir>

#include <memory>

namespace Tocsin {

/// The whole window over a profile of its own, empty or with what a team has after some weeks.
class Stage
{
public:
    enum class Profile { Empty, Full };
    explicit Stage(Profile profile);
    ~Stage();
    Q_DISABLE_COPY_MOVE(Stage)

    MainWindow &window() { return *m_window; }
    LocalReceiver &receiver() { return *m_receiver; }
    void trigger(Command command);
    /// Waits until nothing is under way that changes the picture.
    void settle();

    template <typename T>
    T *child(const QString &name = {})
    {
        return m_window->findChild<T *>(name);
    }

private:
    QByteArray look() const;
    void fill();
    void addWebhooks();
    void addDeliveries();

    QTemporaryDir m_folder;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<WebhookCommands> m_commands;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<LocalReceiver> m_receiver;
    std::unique_ptr<KeychainStatus> m_keychain;
    std::unique_ptr<BackgroundDelivery> m_delivery;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace Tocsin
