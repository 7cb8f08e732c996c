// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "eventdraft.h"
#include "focusloan.h"
#include "outbox.h"
#include "webhook.h"

#include <QDialog>
#include <QHash>

#include <memory>

class QLineEdit;

namespace Ui {
class SendEventDialog;
}

namespace Tocsin {

class ProblemLabel;

/// Composes one event, as a form or as JSON, shows which webhooks it will fire and why the others will not, and puts it
/// into the outbox. Stays, with what was typed, until it is closed.
class SendEventDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SendEventDialog(Outbox &outbox, QWidget *parent = nullptr);
    ~SendEventDialog() override;

    /// What is known now; it may change while the dialog is open.
    void setKnown(const QList<IntegrationState> &integrations, const QList<Webhook> &webhooks);
    /// Those that hold; counts with the next setKnown().
    void setMutes(const QList<Mute> &mutes) { m_mutes = mutes; }
    /// Begins with a known integration.
    void choose(const QString &integrationId);

Q_SIGNALS:
    void deliveriesRequested();

private:
    void setUpForm();
    void setUpField(EventDraft::Field field, QLineEdit *edit, ProblemLabel *problem);
    void setUpJson();
    void showDraft();
    void showProblems();
    void showForecast();
    QString inFormsWords(const Problem &problem) const;
    void send();
    void sent(const Result<QList<AcceptedEvent>> &result);
    void showResult(bool isGood, const QString &sentence, bool hasDeliveries);
    const IntegrationState *known(const QString &id) const;

    std::unique_ptr<Ui::SendEventDialog> m_ui;
    Outbox &m_outbox;
    EventDraft m_draft;
    QString m_ownTime; ///< as the dialog set it: it moves on until somebody changes it
    const QString m_untouched; ///< the draft's text at first: nobody is told that what was just opened is not complete
    QList<IntegrationState> m_integrations;
    QList<Webhook> m_webhooks;
    QList<Mute> m_mutes;
    QHash<EventDraft::Field, QLineEdit *> m_edits;
    QHash<QString, ProblemLabel *> m_problemLabels; ///< by path
    FocusLoan m_focusLoan;
    bool m_isSending = false;
};

} // namespace Tocsin
