// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "namedgroup.h"
#include "webhookdraft.h"

class QLineEdit;
class QToolButton;

namespace Tocsin {

class SecretEdit;

/// One line of the Headers table: key, value, the lock that keeps the value in the keychain, and a button that removes
/// it.
class HeaderRowEdit : public NamedGroup
{
    Q_OBJECT

public:
    static constexpr int keyShare = 2; ///< of the width that the columns share
    static constexpr int valueShare = 3;

    /// A token request's parameter has no lock: its value is kept in the keychain where its name says so.
    enum class Kind { Header, TokenParameter };

    explicit HeaderRowEdit(Kind kind, QWidget *parent = nullptr);

    void setNumber(int number); ///< from 1
    void setRow(const HeaderRow &row); ///< without changed()
    HeaderRow row() const;
    void setRemovable(bool removable);

    QLineEdit *keyEdit() const { return m_key; }
    SecretEdit *valueEdit() const { return m_value; }
    QList<QWidget *> tabStops() const;
    int buttonsWidth() const;

Q_SIGNALS:
    void changed();
    void removeRequested();
    void entered(); ///< Return in the value
    /// Lines that were pasted into the key.
    void pasted(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool isLocked(const HeaderRow &row) const;
    void keyChanged(const QString &text);
    void updateLock();

    const Kind m_kind;
    QLineEdit *m_key;
    SecretEdit *m_value;
    QToolButton *m_lock;
    QToolButton *m_remove;
    std::optional<bool> m_locked;
    int m_number = 1;
};

} // namespace Tocsin
