// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deliveriesfeed.h"
#include "engine.h"
#include "messagebar.h"

#include <QTimer>
#include <QWidget>

#include <array>
#include <memory>

class QAction;

namespace Ui {
class DeliveriesPage;
}

namespace Tocsin {

class DeliveriesModel;
class DeliveryCountsWatch;
class FilterChip;
class Preferences;

/// The Deliveries page: what was delivered, waits or died, live; its filters and search. Laid out when it is first
/// shown, so that the window's start does not pay for it.
class DeliveriesPage : public QWidget
{
    Q_OBJECT

public:
    DeliveriesPage(Engine &engine, Preferences &preferences, QWidget *parent = nullptr);
    ~DeliveriesPage() override;

    /// Call it when the engine's outbox is open.
    void setOutbox(Outbox &outbox);
    void setVisible(bool visible) override;

    void focusSearch();
    /// Closes what can be closed: the panel, then the filters. False where there was nothing.
    bool stepBack();
    const DeliveriesModel &model() const { return *m_model; }

Q_SIGNALS:
    void addRequested(); ///< of a webhook
    void message(const Tocsin::MessageBar::Message &message);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    enum Chip { AllChip, DeliveredChip, WaitingChip, DeadChip, ChipCount };

    void build();
    void setUpFilters();
    void setUpTable();
    void setUpEmptyStates();
    void readWebhooks();
    void showWebhooks(const QList<StoredWebhook> &webhooks);
    void applyFilters();
    void clearFilters();
    void showMatching(const MatchingDeliveries &matching);
    void updateShown();
    void updateSeen();
    void rememberPlace();
    void restorePlace();

    std::unique_ptr<Ui::DeliveriesPage> m_ui;
    Engine &m_engine;
    Preferences &m_preferences;
    DeliveriesModel *m_model;
    DeliveriesFeed *m_feed;
    DeliveryCountsWatch *m_counts;
    std::array<FilterChip *, ChipCount> m_chips{};
    QTimer m_typing;
    QPersistentModelIndex m_topRow;
    bool m_isLoaded = false;
};

} // namespace Tocsin
