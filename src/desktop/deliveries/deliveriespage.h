// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deliveriesfeed.h"
#include "engine.h"
#include "mendplace.h"
#include "messagebar.h"

#include <QTimer>
#include <QWidget>

#include <array>
#include <memory>

class QMenu;
class QPushButton;
class QToolButton;

namespace Ui {
class DeliveriesPage;
}

namespace Tocsin {

class ActionRegistry;
class BusyIndicator;
class DeathCausesView;
class DeliveriesModel;
class DeliveryCommands;
class DeliveryCountsWatch;
class DeliveryPanel;
class FilterChip;
class OwnTarget;
class Preferences;
class ReplayDialog;
class TableColumns;

/// The Deliveries page: what was delivered, waits or died, live; its filters and search, the chart over them, and one
/// delivery in the panel. Laid out when it is first shown, so that the window's start does not pay for it.
class DeliveriesPage : public QWidget
{
    Q_OBJECT

public:
    DeliveriesPage(Engine &engine, ActionRegistry &actions, Preferences &preferences, QWidget *parent = nullptr);
    ~DeliveriesPage() override;

    /// Call it when the engine's outbox is open.
    void setOutbox(Outbox &outbox);
    void setVisible(bool visible) override;
    /// All dead ones of a webhook; its actions follow the counts.
    QMenu *replayDeadMenu() const { return m_replayDead; }

    void focusSearch();
    /// Sets the filters so that all dead deliveries of a webhook are shown, or of all webhooks where `webhookId` is
    /// empty; once the page was shown.
    void showDead(const QString &webhookId);
    /// Shows the deliveries of one integration, of any webhook, state and age; once the page was shown.
    void showIntegration(const QString &id, const QString &name);
    /// Shows the deliveries of one webhook, in any state and of any age; once the page was shown.
    void showWebhook(const QString &id);
    /// Shows those in whose attempts a text is found, of any webhook, state and age; once the page was shown.
    void showFound(const QString &text);
    /// Replays the dead deliveries of a webhook, after a question where they are many.
    void replayDead(const QString &webhookId, const QString &webhookName, qint64 count);
    /// Closes what can be closed: the panel, then the filters. False where there was nothing.
    bool stepBack();
    /// Before a delivery is first shown.
    void setOwnTarget(OwnTarget &target) { m_ownTarget = &target; }
    const DeliveriesModel &model() const { return *m_model; }

Q_SIGNALS:
    void addRequested(); ///< of a webhook
    void sendRequested(); ///< of an event
    void mendRequested(const Tocsin::MendPlace &place);
    void message(const Tocsin::MessageBar::Message &message);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    enum Chip { AllChip, DeliveredChip, WaitingChip, DeadChip, SupersededChip, ChipCount };

    void setUpActions();
    void build();
    void setUpFilters();
    void setUpChips();
    void setUpChart();
    void setUpCauses();
    void setUpTable();
    void setUpEmptyStates();
    void readWebhooks();
    void showWebhooks(const QList<StoredWebhook> &webhooks);
    void applyFilters();
    void clearFilters();
    void setFilters(Chip chip, const QString &webhookId);
    void setEnded(const std::optional<TimeRange> &range);
    void setIntegration(const QString &id, const QString &name);
    void setCause(const std::optional<DeathCause> &cause);
    void showCauses(const QList<DeathCause> &causes, const DeliveryFilter &filter);
    bool showsCauses() const;
    void showMatching(const MatchingDeliveries &matching);
    void updateShown();
    void updateSeen();
    void rememberPlace();
    void restorePlace();
    void updateActions();
    void updateReplayDead();
    void openReplayDialog();
    void showContextMenu(const QPoint &position);
    void copySelected();
    int selectedCount() const;
    QStringList selectedIds() const; ///< from the first row on
    bool mayReplaySelected() const;
    void openCurrent();
    void showDelivery(const QString &id);
    void refreshPanel();
    void showDetails(const DeliveryDetails &details);
    void closePanel();
    bool hidePanel(); ///< false where there was none; the focus stays where it is

    std::unique_ptr<Ui::DeliveriesPage> m_ui;
    Engine &m_engine;
    ActionRegistry &m_actions;
    Preferences &m_preferences;
    DeliveriesModel *m_model;
    DeliveriesFeed *m_feed;
    DeliveryCountsWatch *m_counts;
    std::array<FilterChip *, ChipCount> m_chips{};
    FilterChip *m_endedChip = nullptr;
    FilterChip *m_integrationChip = nullptr;
    QToolButton *m_grouping = nullptr;
    DeathCausesView *m_causes = nullptr;
    TableColumns *m_columns = nullptr;
    QPushButton *m_addButton = nullptr;
    QPushButton *m_sendButton = nullptr;
    BusyIndicator *m_busy = nullptr;
    DeliveryCommands *m_commands;
    DeliveryPanel *m_panel = nullptr;
    OwnTarget *m_ownTarget = nullptr;
    QMenu *m_replayDead;
    QPointer<ReplayDialog> m_replayDialog;
    std::optional<TimeRange> m_ended;
    QString m_integration; ///< whose deliveries are shown; empty: all
    std::optional<DeathCause> m_cause; ///< of which the rows died; none: whatever it was
    DeliveryFilter m_causesFilter; ///< what the causes were asked for by
    QString m_wantedWebhook; ///< to be chosen when the webhooks have been read
    QHash<QString, int> m_attemptsInAll; ///< by webhook
    QString m_shown; ///< the delivery in the panel, or on its way there; empty: none
    bool m_opensBySelection = true; ///< until the panel is closed
    QTimer m_typing;
    QTimer m_patience;
    QString m_topId; ///< of the first row that is seen; empty: the top
    QString m_currentId; ///< of the current row, if it is selected
    bool m_isAtTop = true;
    bool m_isLoaded = false;
};

} // namespace Tocsin
