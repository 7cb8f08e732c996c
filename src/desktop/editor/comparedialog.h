// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhookcomparison.h"

#include <QDialog>

namespace Tocsin {

/// What differs between the stored webhook and the form, side by side, and which of them is to count.
class CompareDialog : public QDialog
{
    Q_OBJECT

public:
    explicit CompareDialog(const QList<FieldDifference> &differences, QWidget *parent = nullptr);

Q_SIGNALS:
    void reloadRequested();
    void keepRequested();
};

} // namespace Tocsin
