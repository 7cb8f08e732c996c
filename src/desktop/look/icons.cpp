// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>
#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

QString fileName(Symbol symbol)
{
    static const auto names =
        u"active add back certificate clock close command conceal copy delete deliveries down "
        u"duplicate edit error export forward "
        "help import inactive information insert integrations key lock more mute panel pause power preview "
        "receiver refresh replay reveal schema "
        "search settings shield stop success superseded test undo unlock warning webhooks"_s.split(u' ');
    return u":/icons/"_s + names.at(static_cast<int>(symbol)) + u".svg"_s;
}

/// Without a valid colour, the picture keeps its own.
QPixmap painted(const QString &file, const QColor &color, const QSize &pixels)
{
    const QString key =
        u"tocsin/%1/%2/%3x%4"_s.arg(file, color.name(QColor::HexArgb)).arg(pixels.width()).arg(pixels.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) {
        return pixmap;
    }
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer renderer(file);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    renderer.render(&painter);
    if (color.isValid()) {
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), color);
    }
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

/// Paints one SVG file at any size. Qt's own engine for that is a plugin, which costs the start more than the picture.
class PictureEngine : public QIconEngine
{
public:
    explicit PictureEngine(const QString &file)
        : m_file(file)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, pixmap((QSizeF(rect.size()) * ratio).toSize(), mode, state));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return painted(m_file, colorFor(mode), size);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return pixmap(size, mode, state);
    }

    QIconEngine *clone() const override { return new PictureEngine(*this); }

protected:
    virtual QColor colorFor(QIcon::Mode) const { return {}; }

private:
    QString m_file;
};

/// Colours a symbol when it is painted, so that icons follow a change of the palette.
class SymbolEngine : public PictureEngine
{
public:
    explicit SymbolEngine(Symbol symbol, std::optional<ColorRole> role = {})
        : PictureEngine(fileName(symbol))
        , m_role(role)
    {
    }

    QIconEngine *clone() const override { return new SymbolEngine(*this); }

protected:
    QColor colorFor(QIcon::Mode mode) const override
    {
        const QPalette palette = QGuiApplication::palette();
        switch (mode) {
        case QIcon::Disabled:
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        case QIcon::Selected:
            if (isHighContrast(palette)) {
                return palette.color(QPalette::HighlightedText);
            }
            break;
        case QIcon::Normal:
        case QIcon::Active:
            break;
        }
        return m_role ? color(*m_role, palette) : palette.color(QPalette::ButtonText);
    }

private:
    std::optional<ColorRole> m_role;
};

} // namespace

QIcon icon(Symbol symbol)
{
    return QIcon(new SymbolEngine(symbol));
}

QIcon icon(Symbol symbol, ColorRole role)
{
    return QIcon(new SymbolEngine(symbol, role));
}

QIcon icon(ColorRole role)
{
    return icon(symbolOf(role), role);
}

Symbol symbolOf(ColorRole role)
{
    switch (role) {
    case ColorRole::Success:
        return Symbol::Success;
    case ColorRole::Warning:
        return Symbol::Warning;
    case ColorRole::Error:
        return Symbol::Error;
    case ColorRole::Placeholder:
        return Symbol::Insert;
    case ColorRole::Inactive:
        break;
    }
    return Symbol::Inactive;
}

QPixmap pixmap(Symbol symbol, const QColor &color, int size, qreal devicePixelRatio)
{
    const int pixels = static_cast<int>(std::lround(size * devicePixelRatio));
    QPixmap result = painted(fileName(symbol), color, {pixels, pixels});
    result.setDevicePixelRatio(devicePixelRatio);
    return result;
}

QIcon applicationIcon()
{
    return QIcon(new PictureEngine(u":/icons/tocsin.svg"_s));
}

} // namespace Tocsin
