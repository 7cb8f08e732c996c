// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"
#include "mendplace.h"
#include "webhooksmodel.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QFrame;
class QMenu;

namespace Ui {
class WebhooksPage;
}

namespace Tocsin {

class Preferences;
class ActionRegistry;
class MuteMenu;
class Mutes;
class OwnTarget;
class TableColumns;
class TableProxy;
class WebhookCommands;

/// The Webhooks page: the table of what is saved, its search, and what can be done to the selected ones.
class WebhooksPage : public QWidget
{
    Q_OBJECT

public:
    WebhooksPage(Engine &engine, WebhookCommands &commands, ActionRegistry &actions, Preferences &preferences,
                 QWidget *parent = nullptr);
    ~WebhooksPage() override;

    /// Reads the table again; it is called by itself when the store changes.
    void refresh();
    /// Where the deliveries are, once they can be read.
    void setOutbox(Outbox &outbox);
    /// Before an invocation is first shown.
    void setOwnTarget(OwnTarget &target) { m_ownTarget = &target; }
    const WebhooksModel &model() const { return *m_model; }
    const Mutes &mutes() const { return *m_mutes; }

    QList<Webhook> selected() const;
    QList<Webhook> all() const;
    void select(const QString &id);
    void focusSearch();
    /// Closes what can be closed: the panel, then the search. False where there was nothing.
    bool stepBack();

    void showInvocation(const Invocation &invocation);

Q_SIGNALS:
    void addRequested();
    void tryRequested();
    void editRequested(const QString &id);
    void checkRequested(const QString &id); ///< in the editor
    void mendRequested(const Tocsin::MendPlace &place);
    void countChanged(int count);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void setUpTable();
    void setUpActions();
    void setUpEmptyStates();
    void showRows(const QList<StoredWebhook> &webhooks);
    void setUpMuting();
    void refreshActivity();
    void selectRow(int row);
    void updateActions();
    void updateShown();
    void showContextMenu(const QPoint &position);
    void showLastInvocation();
    void editSelected();
    void renameSelected();
    void closePanel();
    bool hidePanel(); ///< false where there was none; the focus stays where it is
    QStringList selectedIds() const;

    std::unique_ptr<Ui::WebhooksPage> m_ui;
    Engine &m_engine;
    WebhookCommands &m_commands;
    ActionRegistry &m_actions;
    Preferences &m_preferences;
    WebhooksModel *m_model;
    Mutes *m_mutes;
    MuteMenu *m_muteMenu;
    TableProxy *m_proxy;
    TableColumns *m_columns = nullptr;
    QWidget *m_panel = nullptr;
    OwnTarget *m_ownTarget = nullptr;
    Outbox *m_outbox = nullptr;
    QTimer m_activityTimer; ///< while it runs, what changed is not read yet
    QString m_toSelect;
    bool m_loaded = false;
    bool m_refreshing = false;
    bool m_refreshAgain = false;
    bool m_activityStale = false;
};

} // namespace Tocsin
