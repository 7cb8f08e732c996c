// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace Tocsin {

/// A switch with the word for its state beside it. A check box to a screen reader, whose value is that word; Space and
/// a click toggle it.
class ToggleSwitch : public QAbstractButton
{
    Q_OBJECT
    Q_PROPERTY(QString accessibleValue READ stateText STORED false)
    Q_PROPERTY(QString onText READ onText WRITE setOnText)
    Q_PROPERTY(QString offText READ offText WRITE setOffText)

public:
    explicit ToggleSwitch(QWidget *parent = nullptr);

    QString onText() const { return m_onText; }
    void setOnText(const QString &text);
    QString offText() const { return m_offText; }
    void setOffText(const QString &text);
    /// The word for the present state.
    QString stateText() const { return isChecked() ? m_onText : m_offText; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QString m_onText;
    QString m_offText;
};

} // namespace Tocsin
