// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndex>
#include <QRect>

namespace Tocsin {

/// An item view whose cells have no place while it is hidden: Qt tells assistive technology of a cell that it is shown
/// wherever it has a place in its view, though nobody sees the view.
template <typename View>
class HiddenCells : public View
{
public:
    using View::View;

    QRect visualRect(const QModelIndex &index) const override
    {
        return this->isVisible() ? View::visualRect(index) : QRect();
    }
};

} // namespace Tocsin
