// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"

#include <QStyledItemDelegate>

#include <array>

namespace Tocsin {

/// The last 24 hours of a webhook's deliveries, a mark each, the current hour last.
struct ActivityStrip
{
    /// What is to be seen of an hour: the worst that happened in it.
    enum class Mark { Nothing, Delivered, Failed, Dead };
    static constexpr int hours = 24;

    std::array<Mark, hours> marks{};
    qint64 delivered = 0;
    qint64 failed = 0;
    qint64 dead = 0;

    ActivityStrip() = default;
    /// `spans` of an hour each (Outbox::activity()), as they look at `now`.
    ActivityStrip(const QList<DeliveryOutcomes> &spans, const QDateTime &now);

    QString inWords() const; ///< "24 hours: 120 delivered, 3 failed, 1 dead"
    bool operator==(const ActivityStrip &) const = default;
};

/// Paints the ActivityStrip that an index has in `role`: a mark's height says what its colour says.
class ActivityStripDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit ActivityStripDelegate(int role, QObject *parent = nullptr);

    static int width(); ///< of a whole strip, with its margins

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int m_role;
};

} // namespace Tocsin

Q_DECLARE_METATYPE(Tocsin::ActivityStrip)
