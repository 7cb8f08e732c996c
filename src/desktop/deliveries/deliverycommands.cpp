// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverycommands.h"

#include <QMessageBox>
#include <QPushButton>

namespace Tocsin {

DeliveryCommands::DeliveryCommands(QWidget *window)
    : QObject(window)
    , m_window(window)
{
}

void DeliveryCommands::replay(const QStringList &ids)
{
    if (!m_outbox || ids.isEmpty()) {
        return;
    }
    const auto go = [this, ids] {
        Q_EMIT started();
        m_outbox->replay(ids, this, [this](const Result<int> &replayed) { tell(replayed); });
    };
    if (ids.size() < many) {
        go();
    } else {
        confirm(tr("Replay %Ln deliveries?", nullptr, static_cast<int>(ids.size())), go);
    }
}

void DeliveryCommands::replayCause(const DeathCause &cause, const DeliveryFilter &filter)
{
    if (!m_outbox) {
        return;
    }
    auto those = filter;
    those.webhookId = cause.webhookId;
    those.cause = cause.key;
    those.finishedUntil = cause.last;
    const auto go = [this, those] {
        Q_EMIT started();
        m_outbox->replayMatchingDead(those, this, [this](const Result<int> &replayed) { tell(replayed); });
    };
    if (cause.count < many) {
        go();
    } else {
        confirm(tr("Replay these %Ln dead deliveries of %1?", nullptr, static_cast<int>(cause.count))
                    .arg(cause.webhookName),
                go);
    }
}

void DeliveryCommands::replayAllDead(const QString &webhookId, const QString &webhookName, qint64 count)
{
    if (!m_outbox) {
        return;
    }
    const auto go = [this, webhookId] {
        Q_EMIT started();
        m_outbox->replayAllDead(webhookId, this, [this](const Result<int> &replayed) { tell(replayed); });
    };
    if (count < many) {
        go();
    } else {
        confirm(tr("Replay all %Ln dead deliveries of %1?", nullptr, static_cast<int>(count)).arg(webhookName), go);
    }
}

void DeliveryCommands::confirm(const QString &question, std::function<void()> replay)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Replay"), question, QMessageBox::Cancel, m_window);
    box->setInformativeText(tr("Each one is sent again with its webhook-id, after what already waits for the same "
                               "integration. What was sent cannot be taken back."));
    auto *go = box->addButton(tr("Replay"), QMessageBox::AcceptRole);
    box->setDefaultButton(go);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(go, &QPushButton::clicked, this, [replay = std::move(replay)] { replay(); });
    box->open();
}

void DeliveryCommands::tell(const Result<int> &replayed)
{
    if (!replayed) {
        Q_EMIT message({.text = replayed.error().message, .role = ColorRole::Error});
    } else if (*replayed == 0) {
        Q_EMIT message({.text = tr("Nothing was replayed: these deliveries are not finished.")});
    } else {
        Q_EMIT message(
            {.text = tr("%Ln deliveries will be sent again.", nullptr, *replayed), .role = ColorRole::Success});
    }
}

} // namespace Tocsin

#include "moc_deliverycommands.cpp"
