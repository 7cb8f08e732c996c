// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"
#include "messagebar.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QAction;

namespace Ui {
class IntegrationsPage;
}

namespace Tocsin {

class ActionRegistry;
class IntegrationsModel;
class MuteMenu;
class Mutes;
class Preferences;
class SendEventDialog;
class TableColumns;
class TableProxy;

/// The Integrations page: what is watched and how it is, live, and Send event…. Laid out when it is first shown, so
/// that the window's start does not pay for it.
class IntegrationsPage : public QWidget
{
    Q_OBJECT

public:
    IntegrationsPage(Engine &engine, ActionRegistry &actions, Preferences &preferences, QWidget *parent = nullptr);
    ~IntegrationsPage() override;

    /// Call it when the engine's outbox is open.
    void setOutbox(Outbox &outbox);
    void setVisible(bool visible) override;
    /// Opens the dialog, for the current integration if there is one.
    void sendEvent();

    void focusSearch();
    /// Makes one the current row, once the page was shown; a search that hides it ends.
    void select(const QString &id);
    bool stepBack(); ///< ends the search; false where there was none
    const IntegrationsModel &model() const { return *m_model; }

Q_SIGNALS:
    void countChanged(int count);
    void deliveriesRequested();
    void deliveriesOfRequested(const QString &integrationId, const QString &name);
    void message(const Tocsin::MessageBar::Message &message);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void setUpTable();
    void setUpMuting();
    void setUpEmptyStates();
    void showContextMenu(const QPoint &position);
    void refreshSoon();
    void refresh();
    void readIntegrations();
    void updateShown();
    void showIssues();
    void updateActions();
    QString currentId() const;

    std::unique_ptr<Ui::IntegrationsPage> m_ui; ///< none until it is first shown
    Engine &m_engine;
    ActionRegistry &m_actions;
    Preferences &m_preferences;
    Outbox *m_outbox = nullptr;
    IntegrationsModel *m_model;
    Mutes *m_mutes;
    MuteMenu *m_muteMenu = nullptr;
    TableProxy *m_proxy;
    TableColumns *m_columns = nullptr;
    QPointer<SendEventDialog> m_dialog;
    QTimer m_refresh;
    bool m_isLoaded = false;
    bool m_isRefreshing = false;
};

} // namespace Tocsin
