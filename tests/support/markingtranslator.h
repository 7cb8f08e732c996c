// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace Tocsin {

/// A language of a test's own: each text that is translated stands between its marks. While it lives, it is the
/// application's.
class MarkingTranslator : public QTranslator
{
public:
    explicit MarkingTranslator(const QString &begin = QStringLiteral("«"), const QString &end = QStringLiteral("»"))
        : m_begin(begin)
        , m_end(end)
    {
        QCoreApplication::installTranslator(this);
    }
    ~MarkingTranslator() override { QCoreApplication::removeTranslator(this); }
    Q_DISABLE_COPY_MOVE(MarkingTranslator)

    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *source, const char *, int) const override
    {
        return m_begin + QString::fromUtf8(source) + m_end;
    }

private:
    const QString m_begin;
    const QString m_end;
};

} // namespace Tocsin
