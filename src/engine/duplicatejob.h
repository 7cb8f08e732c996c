// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "enginestep.h"

namespace Tocsin {

/// Saves a copy of a stored webhook under a new id and name, with copies of the secrets that are its own.
class DuplicateJob : public EngineStep
{
    Q_OBJECT

public:
    DuplicateJob(EngineCore &core, const QString &id, QObject *parent);

    void cancel() override;

protected:
    void begin() override;

private:
    void copySecrets(const Webhook &original, const QString &name);

    QString m_id;
    Webhook m_original; ///< as it was when a secret of its was missing
    QPointer<EngineJob> m_save;
};

} // namespace Tocsin
