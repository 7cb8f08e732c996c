// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace Tocsin {

class BackgroundDelivery;

/// What is seen while the program ends what is on the wire, with a way to quit at once.
class ClosingWindow : public QWidget
{
    Q_OBJECT

public:
    explicit ClosingWindow(BackgroundDelivery &delivery, QWidget *parent = nullptr);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void showCount();

    BackgroundDelivery &m_delivery;
    QLabel *m_label;
};

} // namespace Tocsin
