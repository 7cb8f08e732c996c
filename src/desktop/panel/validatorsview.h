// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QWidget>

class QVBoxLayout;

namespace Tocsin {

/// Each response validator with its result in words, what was expected beside what came, and why it failed.
class ValidatorsView : public QWidget
{
    Q_OBJECT

public:
    explicit ValidatorsView(QWidget *parent = nullptr);

    /// `note` stands above them, where there is one.
    void setResults(const QList<ValidatorResult> &results, const QString &note = {});

private:
    QWidget *card(const ValidatorResult &result);

    QVBoxLayout *m_layout;
};

} // namespace Tocsin
