// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal.h"

#include <QFile>

#include <cstdio>

namespace Tocsin {

namespace {

const QByteArray eraseLine = QByteArrayLiteral("\r\x1b[K"); // ECMA-48 §8.3.41

void write(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
    std::fflush(stderr);
}

} // namespace

ProgressLine::ProgressLine()
    : m_isTerminal(errorsGoToATerminal())
{
}

ProgressLine::~ProgressLine()
{
    if (m_isShown) {
        write(eraseLine);
    }
}

void ProgressLine::show(const QString &text)
{
    if (m_isTerminal) {
        m_isShown = true;
        write(eraseLine + text.toUtf8());
    }
}

bool saysYes(const QString &question)
{
    write(question.toUtf8());
    QFile terminal;
    if (!terminal.open(stdin, QIODevice::ReadOnly)) {
        return false;
    }
    const QByteArray answer = terminal.readLine().trimmed().toLower();
    return answer == "y" || answer == "yes";
}

} // namespace Tocsin
