// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"

#include <QScrollArea>
#include <QSet>

class QVBoxLayout;

namespace Tocsin {

class DeathCauseRow;

/// What the dead deliveries died of, a row each, as high as its rows up to a few of them. What is read anew is merged:
/// a cause that stays keeps its row, and the focus in it.
class DeathCausesView : public QScrollArea
{
    Q_OBJECT

public:
    explicit DeathCausesView(QWidget *parent = nullptr);

    void setCauses(const QList<DeathCause> &causes);
    /// The ids of the webhooks that are there.
    void setKnown(const QSet<QString> &webhooks);
    /// Marks a cause; none: no one.
    void setChosen(const std::optional<DeathCause> &cause);
    bool isChosenThere() const; ///< whether the marked cause is among them
    bool isEmpty() const { return m_rows.isEmpty(); }

    QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(const Tocsin::DeathCause &cause);
    void released();
    void editRequested(const QString &webhookId, const QString &field);
    void replayRequested(const Tocsin::DeathCause &cause);

private:
    DeathCauseRow *rowOf(const DeathCause &cause) const;
    DeathCauseRow *addRow();

    QVBoxLayout *m_layout;
    QList<DeathCauseRow *> m_rows; ///< in their order
    QSet<QString> m_known;
    std::optional<DeathCause> m_chosen;
};

} // namespace Tocsin
