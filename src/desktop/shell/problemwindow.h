// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QWidget>

namespace Tocsin {

/// What is shown instead of the window where a profile cannot be opened: one sentence, and what to do.
class ProblemWindow : public QWidget
{
    Q_OBJECT

public:
    ProblemWindow(const Error &error, const QString &profile, QWidget *parent = nullptr);

Q_SIGNALS:
    void retryRequested();
    void profileChosen(const QString &folder);
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void chooseProfile();
};

} // namespace Tocsin
