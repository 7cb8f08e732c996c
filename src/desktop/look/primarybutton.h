// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace Tocsin {

/// The one button of a page that does what the page is for: the default button, in the palette's highlight colours.
class PrimaryButton : public QPushButton
{
    Q_OBJECT

public:
    explicit PrimaryButton(QWidget *parent = nullptr);
    explicit PrimaryButton(const QString &text, QWidget *parent = nullptr);

    /// False: a button like the others, while another one of the page is what the page is for.
    void setPrimary(bool isPrimary);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyPalette();
    bool m_applying = false;
    bool m_isPrimary = true;
};

} // namespace Tocsin
