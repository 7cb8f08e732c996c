// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include <chrono>

class QLineEdit;
class QToolButton;

namespace Tocsin {

/// A line for a value that may be a secret: dots, and a button that shows it for a moment. A value that is already in
/// the keychain is never fetched: its line says so, typing replaces it, emptying the line takes it back, and a button
/// forgets it.
class SecretEdit : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString label READ label WRITE setLabel)

public:
    static constexpr std::chrono::seconds revealTime{5};

    explicit SecretEdit(QWidget *parent = nullptr);

    /// The accessible name of the line; the buttons' names are made from it.
    QString label() const;
    void setLabel(const QString &label);
    /// Not a secret: the text stands in the open, without a button.
    void setSecret(bool secret);
    void setForgettable(bool forgettable); ///< whether there is a button that forgets a stored value

    QString value() const;
    /// Replaces what is there without valueChanged(); a reference (`${secret:KEY}`) is taken for a stored value.
    void setValue(const QString &value);
    bool isStored() const;
    bool isRevealed() const { return m_timer.isActive(); }

    QLineEdit *edit() const { return m_edit; }
    QList<QWidget *> tabStops() const;

Q_SIGNALS:
    void valueChanged(const QString &value);

private:
    void reveal(bool revealed);
    void forget();
    void refresh();

    QLineEdit *m_edit;
    QToolButton *m_reveal;
    QToolButton *m_forget;
    QTimer m_timer;
    QString m_stored; ///< the reference, where there is one
    bool m_secret = true;
    bool m_forgettable = false;
};

} // namespace Tocsin
