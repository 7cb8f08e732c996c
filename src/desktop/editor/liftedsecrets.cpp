// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "liftedsecrets.h"

#include "colorroles.h"
#include "icons.h"
#include "linkbutton.h"
#include "metrics.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

LiftedSecrets::LiftedSecrets(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Metrics::tight);
    hide();
}

QString LiftedSecrets::sentence(const SecretPlace &place, bool isKept)
{
    if (!place.canBeLifted()) {
        return isKept ? tr("“%1” stays as text in the webhook.").arg(place.name)
                      : tr("“%1” stays readable in the webhook: Save cannot move it to the keychain.").arg(place.name);
    }
    if (place.name.isEmpty() && place.what.startsWith("oauth/"_L1)) {
        return isKept ? tr("The token endpoint's path stays as text in the webhook.")
                      : tr("Save moves the token endpoint's path to the keychain.");
    }
    if (place.name.isEmpty()) {
        return isKept ? tr("The URL's path stays as text in the webhook.")
                      : tr("Save moves the URL's path to the keychain.");
    }
    return isKept ? tr("“%1” stays as text in the webhook.").arg(place.name)
                  : tr("Save moves “%1” to the keychain.").arg(place.name);
}

LiftedSecrets::Line LiftedSecrets::makeLine(const QString &what)
{
    Line line{.what = what,
              .isKept = false,
              .canBeLifted = true,
              .widget = new QWidget(this),
              .icon = nullptr,
              .text = nullptr,
              .button = nullptr};
    line.icon = new QLabel(line.widget);
    line.text = new QLabel(line.widget);
    line.button = new LinkButton(line.widget);
    line.text->setTextFormat(Qt::PlainText);
    line.text->setWordWrap(true);
    auto *layout = new QHBoxLayout(line.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::tight);
    layout->addWidget(line.icon, 0, Qt::AlignTop);
    layout->addWidget(line.text, 1);
    layout->addWidget(line.button, 0, Qt::AlignTop);
    connect(line.button, &QPushButton::clicked, this, [this, what] {
        const auto found =
            std::find_if(m_lines.cbegin(), m_lines.cend(), [&what](const Line &other) { return other.what == what; });
        if (found != m_lines.cend()) {
            Q_EMIT keptChanged(what, !found->isKept);
        }
    });
    return line;
}

void LiftedSecrets::show(const Line &line, const SecretPlace &place)
{
    line.text->setText(sentence(place, line.isKept));
    QString name = place.name.isEmpty() ? tr("the URL's path") : place.name;
    if (place.what.startsWith("oauth/"_L1)) {
        name = place.name.isEmpty() ? tr("the token endpoint's path") : tr("the token endpoint's %1").arg(place.name);
    }
    if (!line.isKept) {
        line.button->setText(tr("Keep as text"));
        line.button->setAccessibleName(tr("Keep %1 as text").arg(name));
    } else if (line.canBeLifted) {
        line.button->setText(tr("Move to the keychain"));
        line.button->setAccessibleName(tr("Move %1 to the keychain").arg(name));
    } else {
        line.button->setText(tr("Warn about it"));
        line.button->setAccessibleName(tr("Warn about %1").arg(name));
    }
    line.button->setAccessibleDescription(line.text->text());
}

void LiftedSecrets::setPlaces(const QList<SecretPlace> &places, const QSet<QString> &keptAsText)
{
    QList<Line> lines;
    for (const SecretPlace &place : places) {
        const auto known = std::find_if(m_lines.begin(), m_lines.end(),
                                        [&place](const Line &line) { return line.what == place.what; });
        Line line = known == m_lines.end() ? makeLine(place.what) : *known;
        if (known != m_lines.end()) {
            m_lines.erase(known);
        }
        line.isKept = keptAsText.contains(place.what);
        line.canBeLifted = place.canBeLifted();
        show(line, place);
        m_layout->insertWidget(int(lines.size()), line.widget);
        line.widget->show();
        lines.append(line);
    }
    for (const Line &gone : std::as_const(m_lines)) {
        gone.widget->hide();
        gone.widget->deleteLater();
    }
    m_lines = lines;
    paintIcons();
    setVisible(!m_lines.isEmpty());
}

QList<QWidget *> LiftedSecrets::tabStops() const
{
    QList<QWidget *> stops;
    for (const Line &line : m_lines) {
        stops.append(line.button);
    }
    return stops;
}

QString LiftedSecrets::text() const
{
    QStringList sentences;
    for (const Line &line : m_lines) {
        sentences.append(line.text->text());
    }
    return sentences.join(u'\n');
}

void LiftedSecrets::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::PaletteChange) {
        paintIcons();
    }
}

void LiftedSecrets::paintIcons()
{
    for (const Line &line : std::as_const(m_lines)) {
        const Symbol unkept = line.canBeLifted ? Symbol::Lock : Symbol::Warning;
        line.icon->setPixmap(pixmap(line.isKept ? Symbol::Unlock : unkept, palette().color(QPalette::WindowText),
                                    Metrics::icon, devicePixelRatioF()));
    }
}

} // namespace Tocsin

#include "moc_liftedsecrets.cpp"
