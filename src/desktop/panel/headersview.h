// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hiddencells.h"
#include "webhook.h"

#include <QTableWidget>

namespace Tocsin {

/// HTTP fields to read: two columns in the fixed-width face, as tall as they are; Ctrl+C copies the selected lines as
/// `Name: value`.
class HeadersView : public HiddenCells<QTableWidget>
{
    Q_OBJECT

public:
    explicit HeadersView(QWidget *parent = nullptr);

    void setHeaders(const QList<Header> &headers);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void copySelection() const;
    void fitRows();
};

} // namespace Tocsin
