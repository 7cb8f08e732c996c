// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "focusloan.h"
#include "messagebar.h"
#include "outbox.h"

#include <QDialog>
#include <QPointer>
#include <QTimer>

#include <memory>

class QLineEdit;

namespace Ui {
class ReplayDialog;
}

namespace Tocsin {

class ProblemLabel;
struct ReplayOutcome;

/// Chooses deliveries by filters, says all the while how many that are, and sends them again.
class ReplayDialog : public QDialog
{
    Q_OBJECT

public:
    struct Choice
    {
        QString id;
        QString name;
    };

    explicit ReplayDialog(Outbox &outbox, QWidget *parent = nullptr);
    ~ReplayDialog() override;

    void setWebhooks(const QList<Choice> &webhooks);
    /// Chooses as a list does that shows these; what is not finished cannot be replayed, and the dead ones stand for
    /// it. `integrationName` goes with its integrationId.
    void setFilter(const DeliveryFilter &filter, const QString &integrationName = {});
    /// What is chosen; none: something in it is wrong.
    std::optional<DeliveryFilter> filter() const;

    /// While a replay is under way: ends that first.
    void reject() override;

Q_SIGNALS:
    void message(const Tocsin::MessageBar::Message &message); ///< how it ended

private:
    void setUpFields();
    void setUpCounting();
    void readIntegrations();
    void showIntegrations(const QList<IntegrationState> &integrations);
    void changed();
    bool judge();
    void count();
    void showForecast(const Result<ReplayForecast> &forecast);
    void showCount();
    QString countInWords() const;
    void replay();
    void showProgress(qint64 replayed);
    void end(const ReplayOutcome &outcome);
    bool isReplaying() const { return !m_job.isNull(); }

    std::unique_ptr<Ui::ReplayDialog> m_ui;
    Outbox &m_outbox;
    DeliveryFilter m_rest; ///< what has no field here: words, a bar of the chart, a cause
    std::optional<ReplayForecast> m_forecast; ///< of what is chosen now
    bool m_isCounting = false;
    bool m_isStale = false; ///< what is being counted is no longer what is chosen
    bool m_countsAgain = false; ///< once what is being counted is
    QTimer m_next;
    QTimer m_patience;
    QPointer<ReplayJob> m_job;
    FocusLoan m_focusLoan;
};

} // namespace Tocsin
