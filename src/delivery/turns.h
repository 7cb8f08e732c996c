// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QString>

#include <deque>
#include <functional>

class QNetworkAccessManager;

namespace Tocsin {

class Turns;

/// The right to run one exchange; given back when it is destroyed.
class Turn
{
public:
    Turn() = default;
    Turn(Turn &&other) noexcept;
    Turn &operator=(Turn &&other) noexcept;
    ~Turn();

private:
    friend class Turns;
    Turn(Turns *turns, const QString &group);

    QPointer<Turns> m_turns;
    QString m_group;
};

/// Who may run an exchange now: of each group (a webhook, a token endpoint) no more than its limit, the others in the
/// order in which they came. What waits here does not run against its deadline.
class Turns : public QObject
{
    Q_OBJECT

public:
    using Ready = std::function<void(Turn)>;

    using QObject::QObject;

    /// Calls `ready` (at once or later, unless `context` is gone) when fewer than `limit` (1–64) of `group` run.
    void wait(const QString &group, int limit, QObject *context, Ready ready);

private:
    friend class Turn;

    struct Waiting
    {
        QString group;
        int limit = 1;
        QPointer<QObject> context;
        Ready ready;
    };

    bool mayRun(const Waiting &waiting) const;
    void serve();
    void giveBack(const QString &group);
    Turn grant(const QString &group);

    QHash<QString, int> m_running; ///< by group
    std::deque<Waiting> m_waiting;
    bool m_servesSoon = false;
};

/// What a request goes out by.
struct Wire
{
    QNetworkAccessManager &network;
    Turns &turns;
};

} // namespace Tocsin
