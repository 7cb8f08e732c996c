// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "colorroles.h"

#include <QLabel>

#include <optional>

namespace Tocsin {

/// A plain-text label in a role's colour, or in the quiet one where there is no role; follows the palette.
class RoleLabel : public QLabel
{
    Q_OBJECT

public:
    explicit RoleLabel(QWidget *parent = nullptr);
    explicit RoleLabel(const QString &text, QWidget *parent = nullptr);

    void setRole(std::optional<ColorRole> role);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColor();

    std::optional<ColorRole> m_role;
};

} // namespace Tocsin
