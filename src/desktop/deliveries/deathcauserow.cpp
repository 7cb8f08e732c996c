// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deathcauserow.h"

#include "colorroles.h"
#include "deathcausetext.h"
#include "icons.h"
#include "metrics.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyleOptionToolButton>
#include <QStylePainter>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {
constexpr int widestEdit = 200; // pixels; a webhook's name may be long

/// Chosen, it is not sunken: its whole row says it.
class CauseTitle : public QToolButton
{
public:
    using QToolButton::QToolButton;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStylePainter painter(this);
        QStyleOptionToolButton option;
        initStyleOption(&option);
        option.state.setFlag(QStyle::State_On, false);
        painter.drawComplexControl(QStyle::CC_ToolButton, option);
    }
};

} // namespace

DeathCauseRow::DeathCauseRow(QWidget *parent)
    : QWidget(parent)
    , m_title(new CauseTitle(this))
    , m_detail(new QLabel(this))
    , m_edit(new QPushButton(this))
    , m_replay(new QPushButton(this))
{
    auto bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setCheckable(true);
    m_title->setAutoRaise(true);
    m_title->setIcon(icon(ColorRole::Error));
    m_title->setIconSize({Metrics::icon, Metrics::icon});
    m_title->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setMinimumWidth(1);
    for (auto *button : {m_edit, m_replay}) {
        button->setAutoDefault(false);
    }
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title, 0, Qt::AlignLeft);
    words->addWidget(m_detail);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::small, Metrics::tight, Metrics::medium, Metrics::tight);
    layout->setSpacing(Metrics::small);
    layout->addLayout(words, 1);
    layout->addWidget(m_edit);
    layout->addWidget(m_replay);
    connect(m_title, &QToolButton::toggled, this, &DeathCauseRow::toggled); // a screen reader does not click
    connect(m_edit, &QPushButton::clicked, this, &DeathCauseRow::editRequested);
    connect(m_replay, &QPushButton::clicked, this, &DeathCauseRow::replayRequested);
}

void DeathCauseRow::setCause(const DeathCause &cause)
{
    m_cause = cause;
    m_title->setAccessibleName(causeTitle(cause));
    m_title->setAccessibleDescription(causeDetail(cause));
    m_title->setToolTip(causeTitle(cause) % u'\n' % tr("Show these deliveries alone"));
    m_detail->setToolTip(causeDetail(cause));
    m_edit->setAccessibleName(mendWords(cause));
    m_edit->setToolTip(cause.webhookName);
    m_edit->setText(
        m_edit->fontMetrics().elidedText(mendWords(cause), Qt::ElideRight, widestEdit).replace(u'&', u"&&"_s));
    m_replay->setText(cause.count == 1 ? tr("Replay")
                                       : tr("Replay these %Ln", "deliveries", static_cast<int>(cause.count)));
    m_replay->setToolTip(tr("Send them again, in their order and under their ids"));
    fit();
}

void DeathCauseRow::setHasWebhook(bool hasWebhook)
{
    m_edit->setVisible(hasWebhook);
    m_replay->setVisible(hasWebhook);
}

void DeathCauseRow::setChosen(bool chosen)
{
    const QSignalBlocker quiet(m_title);
    m_title->setChecked(chosen);
    update();
}

/// The words are cut where they do not fit.
void DeathCauseRow::fit()
{
    const int beside = (m_edit->isVisibleTo(this) ? m_edit->sizeHint().width() + Metrics::small : 0)
        + (m_replay->isVisibleTo(this) ? m_replay->sizeHint().width() + Metrics::small : 0);
    const int room = std::max(0, width() - beside - Metrics::small - Metrics::medium);
    const int ofIcon = Metrics::icon + Metrics::huge;
    m_title->setText(m_title->fontMetrics()
                         .elidedText(causeTitle(m_cause), Qt::ElideRight, std::max(0, room - ofIcon))
                         .replace(u'&', u"&&"_s));
    m_detail->setText(
        m_detail->fontMetrics().elidedText(causeDetail(m_cause), Qt::ElideRight, std::max(0, room - ofIcon)));
    const int indent = Metrics::icon + Metrics::tight + 1; // under the title's words
    m_detail->setContentsMargins(isRightToLeft() ? QMargins(0, 0, indent, 0) : QMargins(indent, 0, 0, 0));
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, quietText(palette()));
    m_detail->setPalette(quiet);
}

void DeathCauseRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void DeathCauseRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_title->setIcon(icon(ColorRole::Error));
        fit();
    }
}

void DeathCauseRow::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->pos())) {
        m_title->click();
    }
}

void DeathCauseRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QColor field = palette().color(QPalette::Base);
    painter.fillRect(rect(), field);
    if (m_title->isChecked()) {
        field = palette().color(QPalette::Highlight);
        field.setAlphaF(isDark(palette()) ? 0.45F : 0.12F);
        painter.fillRect(rect(), field);
    }
    painter.setPen(hairline(palette()));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace Tocsin

#include "moc_deathcauserow.cpp"
