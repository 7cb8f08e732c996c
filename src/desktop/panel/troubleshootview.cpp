// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "troubleshootview.h"

#include "fieldlabel.h"
#include "fonts.h"
#include "headinglabel.h"
#include "metrics.h"
#include "owntarget.h"
#include "rolelabel.h"
#include "sectiontitle.h"
#include "troubleshootingtext.h"
#include "wrappingtext.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace Tocsin {

TroubleshootView::TroubleshootView(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Metrics::small);
}

void TroubleshootView::setInvocation(const Invocation &invocation)
{
    while (const auto *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_refusedUrl = invocation.error && invocation.error->kind == ErrorKind::Refused && invocation.request
        ? invocation.request->url
        : QString();
    const Troubleshooting found = troubleshoot(invocation);

    auto *what = new WrappingText(this);
    what->setAccessibleName(tr("What happened"));
    what->setPlainText(found.what);
    what->setFont(semiboldFont());
    m_layout->addWidget(what);
    // Before the rest, which may be long: nobody has to scroll to what mends it.
    const QString label = fieldLabel(found.field);
    if (!label.isEmpty()) {
        auto *edit = new QPushButton(tr("Edit %1").arg(label), this);
        const MendPlace place{.webhookId = invocation.webhookId,
                              .field = found.field,
                              .position = found.position,
                              .invocation = invocation};
        connect(edit, &QPushButton::clicked, this, [this, place] { Q_EMIT mendRequested(place); });
        m_layout->addWidget(edit, 0, Qt::AlignLeft);
    }
    addStopped();
    for (const QString &sentence : found.evidence) {
        addText(sentence, true);
    }
    addRaw(found.detail, tr("In the words of the system"));
    addRaw(found.quote, tr("What it said"));
    if (!found.causes.isEmpty()) {
        addTitle(tr("Likely causes"));
        for (qsizetype place = 0; place < found.causes.size(); ++place) {
            addText(tr("%1. %2", "a numbered list").arg(place + 1).arg(found.causes[place]), false);
        }
    }
    if (!found.hint.isEmpty()) {
        addTitle(tr("What to do"));
        addText(found.hint, false);
    }
    m_layout->addStretch();
}

void TroubleshootView::setOwnTarget(OwnTarget *target)
{
    m_target = target;
    if (target) {
        connect(target, &OwnTarget::changed, this, &TroubleshootView::showStopped);
    }
    showStopped();
}

void TroubleshootView::addStopped()
{
    m_stopped = new QWidget(this);
    auto *row = new QHBoxLayout(m_stopped);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Metrics::small);
    auto *sentence = new QLabel(tr("Your local receiver is stopped."), m_stopped);
    sentence->setWordWrap(true);
    auto *start = new QPushButton(tr("Start"), m_stopped);
    start->setAccessibleName(tr("Start the local receiver"));
    row->addWidget(sentence, 1);
    row->addWidget(start);
    connect(start, &QPushButton::clicked, this, [this] {
        if (m_target) {
            Q_EMIT m_target->startRequested();
        }
    });
    m_layout->addWidget(m_stopped);
    showStopped();
}

void TroubleshootView::showStopped()
{
    if (m_stopped) {
        m_stopped->setVisible(m_target && m_target->isStopped(m_refusedUrl));
    }
}

void TroubleshootView::addTitle(const QString &title)
{
    m_layout->addSpacing(Metrics::small);
    m_layout->addWidget(new SectionTitle(title, this));
}

void TroubleshootView::addRaw(const QString &text, const QString &accessibleName)
{
    if (text.isEmpty()) {
        return;
    }
    auto *raw = new WrappingText(this);
    raw->setAccessibleName(accessibleName);
    raw->setFont(fixedFont());
    raw->setLayoutDirection(Qt::LeftToRight);
    raw->setPlainText(text);
    m_layout->addWidget(raw);
}

void TroubleshootView::addText(const QString &text, bool isQuiet)
{
    QLabel *line = isQuiet ? new RoleLabel(text, this) : new QLabel(text, this);
    line->setTextFormat(Qt::PlainText);
    line->setWordWrap(true);
    line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_layout->addWidget(line);
}

} // namespace Tocsin

#include "moc_troubleshootview.cpp"
