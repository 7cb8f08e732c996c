// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QWidget>

class QVBoxLayout;

namespace Tocsin {

/// The answers that came before the final one (RFC 9110 §15.2), each with its fields; hidden where there were none.
class InterimView : public QWidget
{
    Q_OBJECT

public:
    explicit InterimView(QWidget *parent = nullptr);

    void setResponses(const QList<InterimResponse> &responses);

private:
    QVBoxLayout *m_layout;
};

} // namespace Tocsin
