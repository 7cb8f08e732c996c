// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

// A word of a POSIX shell: quoted literally, with `$variable` wherever a secret was redacted.
QString shellWord(const QString &text, const QString &variable)
{
    QString word(u'\'');
    qsizetype from = 0;
    while (true) {
        const auto mark = text.indexOf(redactionMark, from);
        auto literal = mark < 0 ? text.sliced(from) : text.sliced(from, mark - from);
        word += literal.replace(u'\'', "'\\''"_L1);
        if (mark < 0) {
            break;
        }
        word += u"'\"$" + variable + u"\"'";
        from = mark + redactionMark.size();
    }
    return word + u'\'';
}

QString variableName(const QString &place)
{
    auto name = u"TOCSIN_SECRET_"_s;
    const auto upper = place.toUpper();
    for (const auto c : upper) {
        const bool allowed = (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
        name += allowed ? c : QChar(u'_');
    }
    return name;
}

// curl makes these itself from what it sends.
bool isMadeByCurl(const QString &name)
{
    return name.compare("Host"_L1, Qt::CaseInsensitive) == 0
        || name.compare("Content-Length"_L1, Qt::CaseInsensitive) == 0
        || name.compare("Connection"_L1, Qt::CaseInsensitive) == 0;
}

} // namespace

QString toCurlCommand(const SentRequest &request)
{
    static const auto next = u" \\\n  "_s;
    const auto url = request.url;
    auto command = QString(u"curl -X " + request.method);
    const bool hasGlob = url.contains(u'[') || url.contains(u'{');
    if (hasGlob) {
        command += u" --globoff";
    }
    command += u' ' + shellWord(url, variableName(u"URL"_s));
    bool hasContentType = false;
    for (const auto &header : request.headers) {
        if (isMadeByCurl(header.name)) {
            continue;
        }
        if (header.name.compare("Accept-Encoding"_L1, Qt::CaseInsensitive) == 0) {
            command += next + u"--compressed";
            continue;
        }
        hasContentType = hasContentType || header.name.compare("Content-Type"_L1, Qt::CaseInsensitive) == 0;
        // `Name;` is how curl sends a header without a value.
        const auto line =
            header.value.isEmpty() ? QString(header.name + u';') : QString(header.name + u": " + header.value);
        command += next + u"-H " + shellWord(line, variableName(header.name));
    }
    if (request.method != "GET"_L1 && !request.body.isEmpty()) {
        if (!hasContentType) {
            command += next + u"-H 'Content-Type:'";
        }
        command += next + u"--data-raw " + shellWord(QString::fromUtf8(request.body), variableName(u"BODY"_s));
    }
    return command;
}

} // namespace Tocsin
