// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextEdit>

namespace Tocsin {

/// Text to read and copy that breaks anywhere when it must (URLs, fingerprints, header values), as tall as it needs.
class WrappingText : public QTextEdit
{
    Q_OBJECT

public:
    explicit WrappingText(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
};

} // namespace Tocsin
