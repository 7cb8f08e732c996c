// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretvalue.h"

#include "inputfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringDecoder>

#include <cstdio>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct SecretValue
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::SecretValue)
};

/// On a terminal one line is the value; the end of input need not be typed.
Result<QByteArray> readBytes(const QString &prompt)
{
    const HiddenTyping hidden;
    if (!hidden.isTerminal()) {
        return readInput(u"-"_s);
    }
    std::fputs(prompt.toUtf8().constData(), stderr);
    QFile terminal;
    if (!terminal.open(stdin, QIODevice::ReadOnly)) {
        return Error{.message = SecretValue::tr("Standard input cannot be read."), .where = {}, .position = {}};
    }
    const QByteArray line = terminal.readLine();
    std::fputs("\n", stderr);
    return line;
}

} // namespace

Result<QString> readSecretValue(const QString &prompt)
{
    auto bytes = readBytes(prompt);
    if (!bytes) {
        return bytes.error();
    }
    QByteArray value = *std::move(bytes);
    if (value.endsWith('\n')) {
        value.chop(value.endsWith("\r\n") ? 2 : 1);
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(value);
    if (decoder.hasError()) {
        return Error{.message = SecretValue::tr("The value is not UTF-8."), .where = {}, .position = {}};
    }
    if (text.isEmpty()) {
        return Error{.message = SecretValue::tr("The value on standard input is empty."), .where = {}, .position = {}};
    }
    return text;
}

} // namespace Tocsin
