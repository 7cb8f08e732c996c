// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QPushButton>
#include <QString>

namespace Tocsin {

/// "From file…": reads a text file (PEM, at most 1 MiB) that a person chooses.
class FromFileButton : public QPushButton
{
    Q_OBJECT

public:
    explicit FromFileButton(QWidget *parent = nullptr);

    /// Reads a file, with the reason why it cannot be read.
    static Result<QString> readTextFile(const QString &path);

Q_SIGNALS:
    void textRead(const QString &text);
    void failed(const QString &message);

private:
    void choose();
};

} // namespace Tocsin
