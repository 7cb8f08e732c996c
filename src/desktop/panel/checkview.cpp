// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkview.h"

#include "fieldlabel.h"
#include "headinglabel.h"
#include "icons.h"
#include "metrics.h"
#include "ownpalette.h"
#include "rolelabel.h"
#include "wrappingtext.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>

#include <utility>

namespace Tocsin {

namespace {

ColorRole roleOf(CheckState state)
{
    switch (state) {
    case CheckState::Ok:
        return ColorRole::Success;
    case CheckState::Warning:
        return ColorRole::Warning;
    case CheckState::Failed:
        return ColorRole::Error;
    case CheckState::Skipped:
        break;
    }
    return ColorRole::Inactive;
}

} // namespace

CheckView::CheckView(QWidget *parent)
    : QWidget(parent)
    , m_empty(new QLabel(this))
    , m_area(new QScrollArea(this))
{
    setWindowTitle(tr("Check"));
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setWordWrap(true);
    m_empty->setMargin(Metrics::large);
    auto *page = new QWidget(m_area);
    m_cards = new QVBoxLayout(page);
    m_cards->setContentsMargins(Metrics::large, Metrics::medium, Metrics::large, Metrics::medium);
    m_cards->setSpacing(Metrics::large);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setAccessibleName(tr("What the check found"));
    m_area->setFocusPolicy(Qt::TabFocus); // its keys scroll
    m_area->setWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_empty);
    layout->addWidget(m_area);
    clear();
}

void CheckView::setResult(const WebhookCheckResult &result)
{
    const bool isFirst = !m_area->isVisibleTo(this);
    m_empty->hide();
    m_area->show();
    if (!isFirst && result.lines == m_shown) {
        return;
    }
    m_shown = result.lines;
    while (const auto *item = m_cards->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto &line : std::as_const(m_shown)) {
        m_cards->addWidget(card(line));
    }
    m_cards->addStretch();
}

void CheckView::clear(const QString &words)
{
    m_shown.clear();
    m_empty->setText(words.isEmpty()
                         ? tr("After a check, this shows what it found: template, secrets, name, connection, "
                              "certificates and token. The target is sent nothing.")
                         : words);
    m_empty->show();
    m_area->hide();
}

QWidget *CheckView::card(const CheckLine &line)
{
    auto *box = new QWidget(m_area->widget());
    const auto role = roleOf(line.state);
    auto *mark = new QLabel(box);
    keepPalette(mark, [mark, role] { mark->setPixmap(icon(role).pixmap(Metrics::icon)); });
    auto *state = new RoleLabel(checkStateText(line.state), box);
    state->setRole(role);
    state->setFont(semiboldFont());
    auto *subject = new QLabel(checkSubjectText(line.subject), box);
    subject->setTextFormat(Qt::PlainText);

    auto *title = new QHBoxLayout;
    title->setSpacing(Metrics::small);
    title->addWidget(mark);
    title->addWidget(state);
    title->addWidget(subject);
    title->addStretch();

    auto *found = new WrappingText(box);
    found->setPlainText(line.found.text());
    found->setAccessibleName(tr("%1: %2", "what was checked, and how it is")
                                 .arg(checkSubjectText(line.subject), checkStateText(line.state)));

    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::tight);
    layout->addLayout(title);
    layout->addWidget(found);
    if (!line.hint.isEmpty()) {
        auto *hint = new RoleLabel(line.hint.text(), box);
        hint->setWordWrap(true);
        hint->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(hint);
    }
    const auto label = line.state == CheckState::Ok ? QString() : fieldLabel(line.field);
    if (!label.isEmpty()) {
        auto *edit = new QPushButton(tr("Edit %1").arg(label), box);
        const MendPlace place{.field = line.field, .position = line.position};
        connect(edit, &QPushButton::clicked, this, [this, place] { Q_EMIT mendRequested(place); });
        layout->addWidget(edit, 0, Qt::AlignLeft);
    }
    return box;
}

} // namespace Tocsin

#include "moc_checkview.cpp"
