// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace Tocsin {

/// A rounded button that narrows what is shown: one of a row of choices in a QButtonGroup, with a count (a radio button
/// to a screen reader, the count its value), or one that takes itself away (a button with a cross).
class FilterChip : public QAbstractButton
{
    Q_OBJECT
    Q_PROPERTY(QString accessibleValue READ count STORED false)
    Q_PROPERTY(int accessibleRole READ accessibleRole CONSTANT STORED false)

public:
    enum class Kind { Choice, Removable };

    explicit FilterChip(Kind kind, QWidget *parent = nullptr);

    QString count() const { return m_count; }
    void setCount(const QString &count);
    int accessibleRole() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void removeRequested(); ///< clicked, or Delete or Backspace pressed; of a removable one

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QString words() const;

    Kind m_kind;
    QString m_count;
};

} // namespace Tocsin
