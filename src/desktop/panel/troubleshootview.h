// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mendplace.h"

#include <QPointer>
#include <QWidget>

class QVBoxLayout;

namespace Tocsin {

class OwnTarget;

/// A failed invocation explained: what happened, the evidence, likely causes in order, and the way to the field.
class TroubleshootView : public QWidget
{
    Q_OBJECT

public:
    explicit TroubleshootView(QWidget *parent = nullptr);

    void setInvocation(const Invocation &invocation);
    /// Of what it says whether it was only stopped; nullptr: of none.
    void setOwnTarget(OwnTarget *target);

Q_SIGNALS:
    void mendRequested(const Tocsin::MendPlace &place);

private:
    void addStopped();
    void showStopped();
    void addTitle(const QString &title);
    void addText(const QString &text, bool isQuiet);
    void addRaw(const QString &text, const QString &accessibleName);

    QVBoxLayout *m_layout;
    QPointer<OwnTarget> m_target;
    QString m_refusedUrl; ///< empty: the target answered
    QWidget *m_stopped = nullptr; ///< that it is stopped, and Start
};

} // namespace Tocsin
