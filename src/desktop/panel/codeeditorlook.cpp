// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How CodeEditor looks: its colours, margins and styles.
#include "codeeditor.h"

#include "colorroles.h"
#include "findbar.h"
#include "fonts.h"
#include "metrics.h"

namespace Tocsin {

namespace {

constexpr int markFillAlpha = 40; // of 255
constexpr int markOutlineAlpha = 160;
constexpr int matchFillAlpha = 60;
constexpr int matchOutlineAlpha = 255;

bool spansLines(CodeStyle style)
{
    return style == CodeStyle::Placeholder || style == CodeStyle::Block || style == CodeStyle::Comment;
}

} // namespace

void CodeEditor::applyLook()
{
    const QPalette &colors = palette();
    const QFont font = fixedFont();
    const auto setStyle = [this](int style, const QColor &ink, bool bold = false, bool italic = false) {
        SendScintilla(SCI_STYLESETFORE, static_cast<unsigned long>(style), ink);
        send(SCI_STYLESETBOLD, style, bold);
        send(SCI_STYLESETITALIC, style, italic);
    };
    const QColor ink = colors.color(QPalette::Text);
    const QColor paper = colors.color(QPalette::Base);
    const QColor placeholder = Tocsin::color(ColorRole::Placeholder, colors);

    const QByteArray family = QFontInfo(font).family().toUtf8();
    SendScintilla(SCI_STYLESETFONT, static_cast<unsigned long>(STYLE_DEFAULT), family.constData());
    send(SCI_STYLESETSIZEFRACTIONAL, STYLE_DEFAULT, long(font.pointSizeF() * 100));
    SendScintilla(SCI_STYLESETBACK, static_cast<unsigned long>(STYLE_DEFAULT), paper);
    setStyle(STYLE_DEFAULT, ink);
    send(SCI_STYLECLEARALL);
    setStyle(STYLE_LINENUMBER, quietText(colors));
    setStyle(int(CodeStyle::Text), ink);
    setStyle(int(CodeStyle::Key), colors.color(QPalette::Link));
    setStyle(int(CodeStyle::String), Tocsin::color(ColorRole::Success, colors));
    setStyle(int(CodeStyle::Number), ink);
    setStyle(int(CodeStyle::Word), ink);
    setStyle(int(CodeStyle::Placeholder), placeholder, true);
    setStyle(int(CodeStyle::Block), placeholder);
    setStyle(int(CodeStyle::Comment), quietText(colors), false, true);
    setStyle(int(CodeStyle::Secret), placeholder, true, true);
    setStyle(STYLE_BRACELIGHT, colors.color(QPalette::Link), true);
    setStyle(STYLE_BRACEBAD, Tocsin::color(ColorRole::Error, colors), true);

    setColor(ink);
    setPaper(paper);
    setMarginsBackgroundColor(paper);
    setCaretForegroundColor(ink);
    setSelectionBackgroundColor(colors.color(QPalette::Active, QPalette::Highlight));
    setSelectionForegroundColor(colors.color(QPalette::Active, QPalette::HighlightedText));
    SendScintilla(SCI_SETMARGINBACKN, static_cast<unsigned long>(2), hairline(colors));
    send(SCI_SETMARGINTYPEN, 2, SC_MARGIN_COLOUR);

    for (const auto &[mark, role] :
         {std::pair{errorMark, ColorRole::Error}, std::pair{warningMark, ColorRole::Warning}}) {
        send(SCI_INDICSETSTYLE, mark, INDIC_SQUIGGLEPIXMAP);
        SendScintilla(SCI_INDICSETFORE, static_cast<unsigned long>(mark), Tocsin::color(role, colors));
        const QPixmap symbol =
            pixmap(symbolOf(role), Tocsin::color(role, colors), fontMetrics().ascent(), devicePixelRatioF());
        send(SCI_RGBAIMAGESETSCALE, long(devicePixelRatioF() * 100));
        markerDefine(symbol.toImage().convertToFormat(QImage::Format_ARGB32), mark);
    }
    for (const auto &[mark, symbol] : {std::pair{lockMark, Symbol::Lock}, std::pair{unlockMark, Symbol::Unlock}}) {
        send(SCI_INDICSETSTYLE, mark, INDIC_STRAIGHTBOX);
        send(SCI_INDICSETUNDER, mark, 1);
        send(SCI_INDICSETALPHA, mark, markFillAlpha);
        send(SCI_INDICSETOUTLINEALPHA, mark, markOutlineAlpha);
        SendScintilla(SCI_INDICSETFORE, static_cast<unsigned long>(mark), placeholder);
        markerDefine(pixmap(symbol, ink, fontMetrics().ascent(), devicePixelRatioF())
                         .toImage()
                         .convertToFormat(QImage::Format_ARGB32),
                     mark);
    }
    send(SCI_INDICSETSTYLE, FindBar::indicator, INDIC_STRAIGHTBOX);
    send(SCI_INDICSETUNDER, FindBar::indicator, 1);
    send(SCI_INDICSETALPHA, FindBar::indicator, matchFillAlpha);
    send(SCI_INDICSETOUTLINEALPHA, FindBar::indicator, matchOutlineAlpha);
    SendScintilla(SCI_INDICSETFORE, static_cast<unsigned long>(FindBar::indicator),
                  colors.color(QPalette::Active, QPalette::Highlight));
    updateMargins();
    updateGeometry();
}

void CodeEditor::updateMargins()
{
    const auto digits = std::max(QString::number(lines()).size(), qsizetype(2));
    setMarginWidth(numberMargin, QString(digits + 1, u'9'));
    const bool showsProblems = !isReadOnly() || !m_problems.isEmpty() || !m_marks.isEmpty();
    setMarginWidth(problemMargin, showsProblems ? fontMetrics().height() : Metrics::tight);
    setMarginWidth(2, 1);
    send(SCI_SETMARGINLEFT, 0, Metrics::small);
    send(SCI_SETMARGINRIGHT, 0, Metrics::small);
}

/// From the first line that is not styled yet, or from where what spans it began.
void CodeEditor::styleUpTo(int position)
{
    long start = send(SCI_POSITIONFROMLINE, send(SCI_LINEFROMPOSITION, send(SCI_GETENDSTYLED)));
    while (start > 0 && m_language == CodeLanguage::BodyTemplate
           && spansLines(CodeStyle(send(SCI_GETSTYLEAT, start - 1)))) {
        start = send(SCI_POSITIONFROMLINE, send(SCI_LINEFROMPOSITION, start - 1));
    }
    const std::vector<CodeStyle> styles =
        codeStyles(source().substr(std::size_t(start)), m_language, std::size_t(position - start));
    send(SCI_STARTSTYLING, start);
    SendScintilla(SCI_SETSTYLINGEX, static_cast<unsigned long>(styles.size()),
                  reinterpret_cast<const char *>(styles.data()));
}

} // namespace Tocsin
