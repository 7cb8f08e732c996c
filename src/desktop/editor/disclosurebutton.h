// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace Tocsin {

/// A section's title that is a button: it opens and closes the section below it.
class DisclosureButton : public QPushButton
{
    Q_OBJECT

public:
    explicit DisclosureButton(QWidget *parent = nullptr);

    bool isOpen() const { return m_open; }
    void setOpen(bool open);
    /// What the section holds: stands beside the title, more quietly, while it is closed; where it is too long for
    /// that, it is a tool tip, too.
    void setSummary(const QString &summary);

    QSize sizeHint() const override;

Q_SIGNALS:
    void openChanged(bool open);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void describe();
    int roomForSummary() const;

    QString m_summary;
    bool m_open = false;
};

} // namespace Tocsin
