// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ownpalette.h"

#include <QEvent>
#include <QScopedValueRollback>
#include <QWidget>

#include <utility>

namespace Tocsin {

namespace {

class PaletteKeeper : public QObject
{
public:
    PaletteKeeper(QWidget *widget, std::function<void()> apply)
        : QObject(widget)
        , m_apply(std::move(apply))
    {
        widget->installEventFilter(this);
        applyOnce();
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const bool isOther =
            event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange;
        if (isOther && !m_isApplying) {
            applyOnce();
        }
        return QObject::eventFilter(watched, event);
    }

private:
    void applyOnce()
    {
        const QScopedValueRollback guard(m_isApplying, true); // a palette that is set is another change
        m_apply();
    }

    std::function<void()> m_apply;
    bool m_isApplying = false;
};

} // namespace

void keepPalette(QWidget *widget, std::function<void()> apply)
{
    new PaletteKeeper(widget, std::move(apply));
}

} // namespace Tocsin
