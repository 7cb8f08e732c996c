// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secretstore.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QStringList>

#include <optional>

namespace Tocsin {

/// One request to a SecretStore.
struct SecretStep
{
    enum class Kind { Read, Write, Remove };
    Kind kind = Kind::Read;
    QString key;
    QString value; ///< to write
};

/// How a sequence ended: without an error, every step was done.
struct SecretSequenceOutcome
{
    std::optional<SecretError> error;
    QString failedKey;
    QHash<QString, QString> values; ///< what was read
    QStringList missing; ///< what was to be read and is not there: no error
    qsizetype done = 0; ///< the steps that succeeded
};

/// Runs requests to a SecretStore one after another, so that a locked keychain asks its owner once; stops at the first
/// that fails. Exactly one finished(), never before start() has returned; deletes itself afterwards.
class SecretSequence : public QObject
{
    Q_OBJECT

public:
    static constexpr SentenceMaker say{"Tocsin::SecretSequence"};

    SecretSequence(SecretStore &store, QList<SecretStep> steps, QObject *parent);

    void start();
    void cancel(); ///< ends in SecretError::Kind::Cancelled

    static QList<SecretStep> reads(const QStringList &keys);
    static QList<SecretStep> removals(const QStringList &keys);

Q_SIGNALS:
    void waitingForPrompt();
    void finished(const Tocsin::SecretSequenceOutcome &outcome);

private:
    void next();
    void stepFinished(const SecretOutcome &outcome);
    void finish();

    SecretStore &m_store;
    QList<SecretStep> m_steps;
    QPointer<SecretJob> m_job;
    SecretSequenceOutcome m_outcome;
    bool m_finished = false;
};

} // namespace Tocsin
