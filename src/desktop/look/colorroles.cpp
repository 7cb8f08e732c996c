// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "colorroles.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace Tocsin {

namespace {

struct Shades
{
    QRgb light;
    QRgb dark;
    QRgb lightHighContrast;
    QRgb darkHighContrast;
};

Shades shades(ColorRole role)
{
    switch (role) {
    case ColorRole::Success:
        return {0x17692b, 0x5dc87a, 0x0b4a1b, 0x8df0a6};
    case ColorRole::Warning:
        return {0x7f5300, 0xe2ad3f, 0x5c3b00, 0xffd27a};
    case ColorRole::Error:
        return {0xb1261c, 0xff8f86, 0x8a0f08, 0xffb8b1};
    case ColorRole::Inactive:
        return {0x5b5b5b, 0xa9a9a9, 0x3f3f3f, 0xd0d0d0};
    case ColorRole::Placeholder:
        return {0x6b34c4, 0xc4a2ff, 0x4a1699, 0xdcc8ff};
    }
    return {};
}

double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

QColor mixed(const QColor &one, const QColor &other, double share)
{
    const auto channel = [share](int from, int to) {
        return static_cast<int>(std::lround(from + (to - from) * share));
    };
    return {channel(one.red(), other.red()), channel(one.green(), other.green()), channel(one.blue(), other.blue())};
}

QPalette paletteOf(QRgb window, QRgb base, QRgb button, QRgb text, QRgb disabled, QRgb highlight, QRgb link,
                   QRgb highlightedText)
{
    QPalette palette(QColor::fromRgb(button), QColor::fromRgb(window));
    const QColor textColor = QColor::fromRgb(text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, textColor);
        palette.setColor(QPalette::Disabled, role, QColor::fromRgb(disabled));
    }
    palette.setColor(QPalette::Base, QColor::fromRgb(base));
    palette.setColor(QPalette::AlternateBase, mixed(QColor::fromRgb(base), QColor::fromRgb(window), 0.5));
    palette.setColor(QPalette::ToolTipBase, QColor::fromRgb(base));
    palette.setColor(QPalette::BrightText, QColor::fromRgb(highlightedText));
    palette.setColor(QPalette::PlaceholderText, mixed(textColor, QColor::fromRgb(base), 0.38));
    palette.setColor(QPalette::Highlight, QColor::fromRgb(highlight));
    palette.setColor(QPalette::HighlightedText, QColor::fromRgb(highlightedText));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, mixed(QColor::fromRgb(window), textColor, 0.25));
    palette.setColor(QPalette::Link, QColor::fromRgb(link));
    palette.setColor(QPalette::LinkVisited, QColor::fromRgb(link));
    return palette;
}

} // namespace

double contrast(const QColor &one, const QColor &other)
{
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

bool isHighContrast(const QPalette &palette)
{
    return contrast(palette.color(QPalette::Window), palette.color(QPalette::WindowText)) > 20.5;
}

QColor color(ColorRole role, const QPalette &palette)
{
    const Shades shade = shades(role);
    const bool dark = isDark(palette);
    if (isHighContrast(palette)) {
        return QColor::fromRgb(dark ? shade.darkHighContrast : shade.lightHighContrast);
    }
    return QColor::fromRgb(dark ? shade.dark : shade.light);
}

QColor tint(ColorRole role, const QPalette &palette)
{
    const bool dark = isDark(palette);
    return mixed(palette.color(dark ? QPalette::Window : QPalette::Base), color(role, palette), dark ? 0.16 : 0.1);
}

QColor quietText(const QPalette &palette)
{
    return mixed(palette.color(QPalette::WindowText), palette.color(QPalette::Window),
                 isHighContrast(palette) ? 0.0 : 0.3);
}

QColor hairline(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Window), palette.color(QPalette::WindowText),
                 isHighContrast(palette) ? 0.6 : 0.18);
}

QColor outline(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Window), palette.color(QPalette::WindowText),
                 isHighContrast(palette) ? 1.0 : 0.4);
}

QColor focusColor(const QPalette &palette)
{
    const QColor window = palette.color(QPalette::Active, QPalette::Window);
    for (const auto role : {QPalette::Highlight, QPalette::Link}) {
        if (const QColor candidate = palette.color(QPalette::Active, role); contrast(candidate, window) >= 3.0) {
            return candidate;
        }
    }
    return palette.color(QPalette::Active, QPalette::WindowText);
}

QPalette quietSelection(const QPalette &palette)
{
    if (isHighContrast(palette)) {
        return palette;
    }
    QPalette quiet = palette;
    const double share = isDark(palette) ? 0.4 : 0.16;
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        quiet.setColor(
            group, QPalette::Highlight,
            mixed(palette.color(group, QPalette::Base), palette.color(QPalette::Active, QPalette::Highlight), share));
        quiet.setColor(group, QPalette::HighlightedText, palette.color(group, QPalette::Text));
    }
    return quiet;
}

QPalette mended(const QPalette &palette)
{
    QPalette mends;
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const QColor placeholder = palette.color(QPalette::PlaceholderText);
    if (contrast(mixed(base, placeholder, placeholder.alphaF()), base) < 4.5) {
        mends.setColor(QPalette::PlaceholderText, mixed(text, base, 0.38));
    }
    if (contrast(text, palette.color(QPalette::AlternateBase)) < 4.5) {
        mends.setColor(QPalette::AlternateBase, base);
    }
    for (const auto &[ink, ground] : {std::pair{QPalette::WindowText, QPalette::Window},
                                      {QPalette::Text, QPalette::Base},
                                      {QPalette::ButtonText, QPalette::Button}}) {
        const QColor behind = palette.color(QPalette::Disabled, ground);
        if (contrast(palette.color(QPalette::Disabled, ink), behind) < 2.0) {
            mends.setColor(QPalette::Disabled, ink, mixed(palette.color(ink), behind, 0.45));
        }
    }
    return mends;
}

QPalette lightPalette()
{
    return paletteOf(0xf5f5f4, 0xffffff, 0xf0f0ef, 0x1d1d1f, 0x8b8b8e, 0x1f5fbf, 0x1a56b0, 0xffffff);
}

QPalette darkPalette()
{
    return paletteOf(0x202124, 0x292a2d, 0x34363a, 0xe8e8ea, 0x7d7f84, 0x2f62ad, 0x8ab4f8, 0xffffff);
}

} // namespace Tocsin
