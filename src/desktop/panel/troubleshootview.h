// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mendplace.h"

#include <QWidget>

class QVBoxLayout;

namespace Tocsin {

/// A failed invocation explained: what happened, the evidence, likely causes in order, and the way to the field.
class TroubleshootView : public QWidget
{
    Q_OBJECT

public:
    explicit TroubleshootView(QWidget *parent = nullptr);

    void setInvocation(const Invocation &invocation);

Q_SIGNALS:
    void mendRequested(const Tocsin::MendPlace &place);

private:
    void addTitle(const QString &title);
    void addText(const QString &text, bool isQuiet);
    void addRaw(const QString &text, const QString &accessibleName);

    QVBoxLayout *m_layout;
};

} // namespace Tocsin
