// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QAction;

namespace Tocsin {

/// F1: the concepts in a few sentences, and every key there is, read off the menus.
class HelpDialog : public QDialog
{
    Q_OBJECT

public:
    explicit HelpDialog(const QList<QAction *> &actions, QWidget *parent = nullptr);
};

} // namespace Tocsin
