// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace Tocsin {

/// A section's title over a hairline.
class SectionTitle : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)

public:
    explicit SectionTitle(QWidget *parent = nullptr);
    explicit SectionTitle(const QString &text, QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_label;
};

} // namespace Tocsin
