// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhookdraft.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Tocsin {

/// Says below a field which secrets stand in it, and that Save moves them to the keychain or cannot do so; a button on
/// each keeps it as text, or takes that back.
class LiftedSecrets : public QWidget
{
    Q_OBJECT

public:
    explicit LiftedSecrets(QWidget *parent = nullptr);

    /// A line whose place stays keeps its focus.
    void setPlaces(const QList<SecretPlace> &places, const QSet<QString> &keptAsText);
    QList<QWidget *> tabStops() const;
    /// All that the lines say, as for a field's accessible description.
    QString text() const;

    /// What Save does with a secret, as a sentence.
    static QString sentence(const SecretPlace &place, bool isKept);

Q_SIGNALS:
    void keptChanged(const QString &what, bool isKept);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Line
    {
        QString what;
        bool isKept = false;
        bool canBeLifted = true;
        QWidget *widget = nullptr;
        QLabel *icon = nullptr;
        QLabel *text = nullptr;
        QPushButton *button = nullptr;
    };
    Line makeLine(const QString &what);
    void show(const Line &line, const SecretPlace &place);
    void paintIcons();

    QVBoxLayout *m_layout;
    QList<Line> m_lines;
};

} // namespace Tocsin
