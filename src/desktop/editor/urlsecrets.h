// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhookdraft.h"

#include <QObject>

class QAction;
class QLineEdit;

namespace Tocsin {

class LiftedSecrets;

/// What Save does with the secrets of a URL: a lock in its line, for all of them, and the lines below it.
class UrlSecrets : public QObject
{
    Q_OBJECT

public:
    /// `field` is Url or TokenEndpointUrl. Belongs to `line`.
    UrlSecrets(QLineEdit *line, LiftedSecrets *lines, WebhookDraft *draft, WebhookDraft::Field field);

Q_SIGNALS:
    void shown(); ///< as the draft has it now: other lines may be there

private:
    bool isAnyLifted() const;
    void change();
    void show();

    LiftedSecrets *m_lines;
    WebhookDraft *m_draft;
    WebhookDraft::Field m_field;
    QAction *m_lock;
};

} // namespace Tocsin
