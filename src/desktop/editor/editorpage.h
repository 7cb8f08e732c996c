// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checkrun.h"
#include "focusloan.h"
#include "icons.h"
#include "mendplace.h"
#include "testrun.h"
#include "webhookdraft.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <memory>

namespace Ui {
class EditorPage;
}

namespace Tocsin {

class ActionRegistry;
class Mutes;
class OwnTarget;
class WebhookForm;

/// The page on which a webhook is added or edited: the form, the panel beside it, and the bar with Test and Save.
class EditorPage : public QWidget
{
    Q_OBJECT

public:
    EditorPage(Engine &engine, ActionRegistry &actions, QWidget *parent = nullptr);
    ~EditorPage() override;

    void addWebhook(const Webhook &prefill = {});
    void editWebhook(const QString &id);
    /// Leads to the field that is to be changed (when the webhook is still being loaded, then after that), and shows
    /// what failed beside it.
    void mend(const MendPlace &place);
    /// The page to which Back leads.
    void setOrigin(const QString &page);
    void setOwnTarget(OwnTarget &target);
    /// What is muted, which the form tells of.
    void setMutes(const Mutes &mutes);

    /// Asks, if there are unsaved changes, whether they are to be saved or discarded. Saving takes until later (false
    /// until then): where it succeeds, it leaves the page and then calls `afterwards`.
    bool mayLeave(const std::function<void()> &afterwards = {});
    /// Closes the panel, or else leaves the page.
    void stepBack();

    void save();
    void test();
    void check();
    void checkOnceLoaded(); ///< what editWebhook() is loading
    void showInvocationData();

    /// The widths of form and panel, to be remembered.
    QByteArray layoutState() const;
    void setLayoutState(const QByteArray &state);

Q_SIGNALS:
    void closed();
    void saved(const QString &id);
    void aboutToTest(const Tocsin::Webhook &webhook);
    void modifiedChanged(bool isModified); ///< isWindowModified()

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    struct BarText
    {
        QString text;
        std::optional<ColorRole> role; ///< of a result
        std::optional<Symbol> symbol{}; ///< unset: the role's
    };

    void setUpPanel();
    void setUpPresets();
    void connectBar();
    void connectActions();
    void load(const Webhook &webhook, qint64 version = 0);
    void loadKnown();
    void showMute();
    void watchStored();
    void noteStored(const std::optional<StoredWebhook> &stored);
    void reload();
    void keepMine(const StoredWebhook &seen);
    void compare();
    void focusStart();
    void leave();
    void cancelJob();
    void draftChanged();
    void keepFirstTest(const Webhook &webhook);
    void saveFinished(const EngineJob &job, const Result<Webhook> &result);
    void testFinished();
    void updateHeader();
    void offerPreview();
    BarText barText() const;
    void updateBar();
    void updateActions();
    void fitResult();
    void setEditable(bool editable);
    void showError(const QString &text);
    void showRefusal();
    void updateRefusal();

    static constexpr int formShare = 3; ///< of the width, to the panel's 2
    static constexpr int panelShare = 2;

    Engine &m_engine;
    ActionRegistry &m_actions;
    const Mutes *m_mutes = nullptr;
    std::unique_ptr<Ui::EditorPage> m_ui;
    WebhookDraft m_draft;
    TestRun m_test;
    CheckRun m_check;
    WebhookForm *m_form = nullptr;
    QPointer<EngineJob> m_saveJob;
    FocusLoan m_focusLoan;
    QString m_saveText;
    QByteArray m_layoutState;
    std::function<void()> m_afterSave;
    MendPlace m_start; ///< without a field: at the first one
    Webhook m_known; ///< as stored when the editor last filled the form from it, or kept what is typed against it
    qint64 m_version = 0; ///< of m_known; 0: not stored
    std::optional<StoredWebhook> m_elsewhere; ///< what is stored now, where that is another one
    bool m_isLoading = false;
    bool m_checksOnceLoaded = false;
    bool m_tellsOfCheck = false; ///< it was asked for after the last test
    bool m_savesAfterTest = false;
    bool m_leaving = false;
    bool m_offersPreview = false; ///< once, for a webhook that is added
    int m_refusedFields = 0; ///< how many the message says keep the webhook from being saved; 0: it says something else
};

} // namespace Tocsin
