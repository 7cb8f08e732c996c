// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputfile.h"

#include "jsonlocator.h"
#include "session.h"
#include "shownname.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct InputText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::InputText)
};

QString placed(const QString &name, const TextPosition &position)
{
    return name + u":%1:%2"_s.arg(position.line).arg(position.column);
}

} // namespace

QString inputName(const QString &path)
{
    return path == "-"_L1 ? u"<stdin>"_s : path;
}

bool isFileName(const QString &argument)
{
    return argument.contains(u'/') || argument.endsWith(".json"_L1);
}

Result<QByteArray> readInput(const QString &path, qint64 maximumSize)
{
    const auto refuse = [&path](const QString &message) {
        return Error{.message = message, .where = inputName(path)};
    };
    QFile file(path);
    bool isOpen = false;
    if (path == "-"_L1) {
        isOpen = file.open(stdin, QIODevice::ReadOnly);
    } else if (!QFileInfo::exists(path)) {
        return refuse(InputText::tr("There is no such file."));
    } else if (QFileInfo(path).isDir()) {
        return refuse(InputText::tr("This is a folder, not a file."));
    } else {
        isOpen = file.open(QIODevice::ReadOnly);
    }
    if (!isOpen) {
        return refuse(InputText::tr("The file cannot be read: %1.").arg(withoutStop(file.errorString())));
    }
    QByteArray text;
    while (text.size() <= maximumSize) {
        const QByteArray more = file.read(maximumSize + 1 - text.size());
        if (more.isEmpty()) {
            break;
        }
        text += more;
    }
    if (file.error() != QFileDevice::NoError) {
        return refuse(InputText::tr("The file cannot be read: %1.").arg(withoutStop(file.errorString())));
    }
    if (text.size() > maximumSize) {
        return refuse(InputText::tr("The file is larger than %1 MiB.").arg(maximumSize / mebibyte));
    }
    return text;
}

QString JsonInput::describe(const Problem &problem) const
{
    const QString place = placed(name, locateField(text, problem.field, problem.position));
    const QString field = problem.field.isEmpty() ? QString() : shownPath(problem.field) + ": "_L1;
    if (problem.severity == Severity::Warning) {
        return InputText::tr("%1: warning: %2").arg(place, field + problem.message);
    }
    return place + ": "_L1 + field + problem.message;
}

std::optional<JsonInput> readJson(Session &session, const QString &path, RepeatedMembers repeated)
{
    auto text = readInput(path);
    if (!text) {
        session.complain(text.error());
        return std::nullopt;
    }
    auto value = parseJson(*text, repeated);
    if (!value) {
        const Error &error = value.error();
        const QString name = inputName(path);
        session.complain(
            {.message = error.where.isEmpty() ? error.message : shownPath(error.where) + u": "_s + error.message,
             .where = error.position.isValid() ? placed(name, error.position) : name,
             .position = {}});
        return std::nullopt;
    }
    return JsonInput{.name = inputName(path), .text = *text, .value = *std::move(value)};
}

} // namespace Tocsin
