// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include "await.h"
#include "shownname.h"

#include <cstdio>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Neither a control character nor one that puts what follows into another order (UAX #9).
bool isHarmless(QChar character)
{
    const auto code = character.unicode();
    const bool turnsOrder = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return character.category() != QChar::Other_Control && !turnsOrder;
}

QString withoutControls(const QString &text, bool keepLayout)
{
    QString result;
    result.reserve(text.size());
    for (const QChar character : text) {
        const bool isLayout = character == u'\n' || character == u'\t';
        if (isHarmless(character) || (keepLayout && isLayout)) {
            result += character;
        } else if (isLayout || character == u'\r') {
            result += u' ';
        } else {
            const uint code = character.unicode();
            result += (code > 0xFF ? u"\\u%1"_s : u"\\x%1"_s).arg(code, 2, 16, QLatin1Char('0'));
        }
    }
    return result;
}

} // namespace

QString onOneLine(const QString &text)
{
    return withoutControls(text, false);
}

QString forTerminal(const QString &text)
{
    return withoutControls(QString(text).remove(u'\r'), true);
}

Session::Session(const EngineOptions &options, bool isJson)
    : m_options(options)
    , m_isJson(isJson)
{
}

void Session::print(QByteArray text)
{
    if (!text.endsWith('\n')) {
        text += '\n';
    }
    const auto written = std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stdout);
    m_isOutputWhole = written == static_cast<std::size_t>(text.size()) && std::fflush(stdout) == 0 && m_isOutputWhole;
}

void Session::print(const Json &value, JsonFormat format)
{
    print(QByteArray::fromStdString(writeJson(value, format)));
}

void Session::complain(const QString &line) const
{
    const QByteArray bytes = onOneLine(line).toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
}

void Session::complain(const Error &error) const
{
    const QString where = error.where.isEmpty() ? u"tocsinctl"_s : error.where;
    complain(u"%1: %2"_s.arg(where, error.message));
}

Engine &Session::engine()
{
    if (!m_engine) {
        m_engine = std::make_unique<Engine>(m_options);
    }
    return *m_engine;
}

bool Session::openProfile()
{
    if (engine().isOpen()) {
        return true;
    }
    const auto opened =
        await<Result<void>>([this](QObject *context, auto reply) { engine().open(context, std::move(reply)); });
    if (!opened) {
        complain(opened.error());
    }
    return opened.isOk();
}

bool Session::openOutbox()
{
    if (m_hasOutbox) {
        return true;
    }
    if (!openProfile()) {
        return false;
    }
    const auto opened =
        await<Result<void>>([this](QObject *context, auto reply) { engine().openOutbox(context, std::move(reply)); });
    if (!opened) {
        complain(opened.error());
    }
    m_hasOutbox = opened.isOk();
    return m_hasOutbox;
}

std::optional<StoredWebhook> Session::findWebhook(const QString &name, MayBeFile mayBeFile)
{
    if (!openProfile()) {
        return std::nullopt;
    }
    const auto found = await<Result<std::optional<StoredWebhook>>>(
        [this, &name](QObject *context, auto reply) { engine().store().webhook(name, context, std::move(reply)); });
    if (!found) {
        complain(found.error());
        return std::nullopt;
    }
    if (!*found) {
        const QString sentence = mayBeFile == MayBeFile::Yes
            ? tr("tocsinctl: There is no webhook named \"%1\"; a file's name has a / or ends in .json.")
            : tr("tocsinctl: There is no webhook named \"%1\".");
        complain(sentence.arg(shownPath(name)));
    }
    return *found;
}

std::optional<QList<StoredWebhook>> Session::allWebhooks()
{
    if (!openProfile()) {
        return std::nullopt;
    }
    const auto list = await<Result<QList<StoredWebhook>>>(
        [this](QObject *context, auto reply) { engine().store().webhooks(context, std::move(reply)); });
    if (!list) {
        complain(list.error());
        return std::nullopt;
    }
    return *list;
}

} // namespace Tocsin
