// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdictstrip.h"

#include "format.h"
#include "headinglabel.h"
#include "icons.h"
#include "isolates.h"
#include "messageview.h"
#include "metrics.h"
#include "rolelabel.h"

#include <QEvent>
#include <QGridLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

VerdictStrip::VerdictStrip(QWidget *parent)
    : QWidget(parent)
    , m_successful(tr("Test successful"))
    , m_failed(tr("Test failed"))
    , m_mark(new QLabel(this))
    , m_verdict(new RoleLabel(this))
    , m_summary(new QLabel(this))
    , m_copyAsCurl(new QPushButton(tr("Copy as cURL"), this))
    , m_copyAll(new QToolButton(this))
{
    m_verdict->setFont(semiboldFont());
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_copyAsCurl->setToolTip(tr("Copy the request as a command for curl, with the secrets left out"));
    m_copyAll->setText(tr("Copy all"));
    m_copyAll->setIcon(icon(Symbol::Copy));
    m_copyAll->setToolTip(tr("Copy all: request, response, validators and timings as text, with the secrets left out"));
    m_copyAll->setAutoRaise(true);

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(Metrics::large, Metrics::medium, Metrics::large, Metrics::medium);
    layout->setHorizontalSpacing(Metrics::small);
    layout->setVerticalSpacing(Metrics::tight);
    layout->addWidget(m_mark, 0, 0, Qt::AlignVCenter);
    layout->addWidget(m_verdict, 0, 1);
    layout->addWidget(m_summary, 1, 1, 1, 3);
    layout->addWidget(m_copyAsCurl, 0, 2);
    layout->addWidget(m_copyAll, 0, 3);
    layout->setColumnStretch(1, 1);

    connect(m_copyAsCurl, &QPushButton::clicked, this, [this] { Q_EMIT copyAsCurlRequested(m_copyAsCurl); });
    connect(m_copyAll, &QToolButton::clicked, this, [this] { Q_EMIT copyAllRequested(m_copyAll); });
}

void VerdictStrip::setInvocation(const Invocation &invocation)
{
    const bool isSuccessful = invocation.verdict == Verdict::Successful;
    m_role = isSuccessful ? ColorRole::Success : ColorRole::Error;
    m_verdict->setText(isSuccessful ? m_successful : m_failed);
    setMixedText(m_summary, summary(invocation));
    QStringList exact;
    if (const auto total = totalTime(invocation)) {
        exact << tr("In all: %1").arg(formatExactDuration(*total));
    }
    exact << formatExactMoment(invocation.startedAt);
    m_summary->setToolTip(exact.join(u'\n').trimmed());
    m_copyAsCurl->setEnabled(invocation.request.has_value());
    applyRole();
}

void VerdictStrip::setWords(const QString &successful, const QString &failed, bool isQuiet)
{
    m_successful = successful;
    m_failed = failed;
    m_isQuiet = isQuiet;
}

QString VerdictStrip::summary(const Invocation &invocation)
{
    QStringList facts;
    if (invocation.response) {
        facts << leftToRight(statusLine(*invocation.response));
    } else if (invocation.verdict == Verdict::Failed) {
        facts << tr("no response");
    }
    if (const auto total = totalTime(invocation)) {
        facts << leftToRight(formatDuration(*total));
    }
    if (invocation.connectionReused) {
        facts << tr("connection reused");
    }
    if (const auto count = invocation.validators.size(); count > 0) {
        const auto passed = std::count_if(invocation.validators.begin(), invocation.validators.end(),
                                          [](const ValidatorResult &result) { return result.passed; });
        facts << tr("%1 of %Ln validators passed", nullptr, int(count)).arg(passed);
    }
    return facts.join(u" · "_s);
}

void VerdictStrip::paintEvent(QPaintEvent *)
{
    if (!m_isQuiet) {
        QPainter(this).fillRect(rect(), tint(m_role, palette()));
    }
}

void VerdictStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        applyRole();
    }
}

void VerdictStrip::applyRole()
{
    m_verdict->setRole(m_role);
    m_mark->setPixmap(pixmap(symbolOf(m_role), color(m_role, palette()), Metrics::icon, devicePixelRatioF()));
    update();
}

} // namespace Tocsin

#include "moc_verdictstrip.cpp"
