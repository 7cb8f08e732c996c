// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentence.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

/// A place in a source text, as QString::arg() knows them: %1 to %99, with an L for numbers as the language groups
/// them.
struct SentencePlace
{
    qsizetype length = 0; ///< 0: there is none
    qsizetype part = -1;
    bool isGrouped = false;
};

SentencePlace placeAt(QStringView text, qsizetype at)
{
    SentencePlace place;
    qsizetype end = at + 1;
    if (end < text.size() && text.at(end) == u'L') {
        place.isGrouped = true;
        ++end;
    }
    const qsizetype digits = end;
    qsizetype number = 0;
    while (end < text.size() && end < digits + 2 && text.at(end) >= u'0' && text.at(end) <= u'9') {
        number = number * 10 + (text.at(end).unicode() - u'0');
        ++end;
    }
    if (end > digits) {
        place.length = end - at;
        place.part = number - 1;
    }
    return place;
}

QString momentText(qint64 number)
{
    const auto moment = QDateTime::fromMSecsSinceEpoch(number, QTimeZone::utc());
    return QLocale().toString(moment.date(), QLocale::LongFormat) % moment.time().toString(u" HH:mm 'UTC'"_s);
}

QString filledIn(const QString &text, const QList<Sentence> &parts)
{
    QString result;
    qsizetype copied = 0;
    for (qsizetype at = text.indexOf(u'%'); at >= 0; at = text.indexOf(u'%', at + 1)) {
        const auto place = placeAt(text, at);
        if (place.length == 0 || place.part < 0 || place.part >= parts.size()) {
            continue;
        }
        const auto &part = parts.at(place.part);
        const auto words =
            place.isGrouped && part.kind == Sentence::Kind::Number ? QLocale().toString(part.number) : part.text();
        result += QStringView(text).sliced(copied, at - copied);
        copied = at + place.length;
        result += copied < text.size() && text.at(copied) == u'.' ? withoutStop(words) : words;
    }
    return result + QStringView(text).sliced(copied);
}

} // namespace

Sentence::Sentence(const QString &text)
    : source(text)
{
}

Sentence Sentence::ofNumber(qint64 number)
{
    Sentence sentence;
    sentence.kind = Kind::Number;
    sentence.number = number;
    return sentence;
}

Sentence Sentence::ofMoment(const QDateTime &moment)
{
    Sentence sentence;
    sentence.kind = Kind::Moment;
    sentence.number = moment.toMSecsSinceEpoch();
    return sentence;
}

Sentence Sentence::ofSystemError(int error)
{
    Sentence sentence;
    sentence.kind = Kind::SystemError;
    sentence.number = error;
    return sentence;
}

Sentence Sentence::joined(QList<Sentence> parts, const Sentence &between)
{
    Sentence sentence;
    sentence.kind = Kind::Joined;
    sentence.parts = std::move(parts);
    sentence.parts.prepend(between);
    return sentence;
}

QString Sentence::text() const
{
    switch (kind) {
    case Kind::Text:
        return source;
    case Kind::Translated:
        return translated();
    case Kind::Number:
        return QString::number(number);
    case Kind::Moment:
        return momentText(number);
    case Kind::SystemError:
        return qt_error_string(static_cast<int>(number));
    case Kind::Joined:
        break;
    }
    return parts.isEmpty() ? QString() : textsOf(parts.sliced(1)).join(parts.constFirst().text());
}

QString Sentence::translated() const
{
    const auto pattern =
        QCoreApplication::translate(context.constData(), source.toUtf8().constData(), nullptr, count.value_or(-1));
    auto text = filledIn(pattern, parts);
    const bool beginsWithWords =
        pattern.startsWith("%1"_L1) && !parts.isEmpty() && parts.at(0).kind == Kind::Translated;
    if (beginsWithWords && source.endsWith(u'.')) {
        text[0] = text.at(0).toUpper();
    }
    return text;
}

bool Sentence::operator==(const Sentence &other) const
{
    return kind == other.kind && context == other.context && source == other.source && count == other.count
        && number == other.number && parts == other.parts;
}

QString withoutStop(const QString &text)
{
    return text.endsWith(u'.') && !text.endsWith(".."_L1) ? text.chopped(1) : text;
}

QStringList textsOf(const QList<Sentence> &sentences)
{
    QStringList texts;
    texts.reserve(sentences.size());
    for (const auto &sentence : sentences) {
        texts.append(sentence.text());
    }
    return texts;
}

Sentence SentenceMaker::make(const char *source, std::optional<int> count, QList<Sentence> parts) const
{
    Sentence sentence;
    sentence.kind = Sentence::Kind::Translated;
    sentence.context = QByteArray::fromRawData(m_context, static_cast<qsizetype>(qstrlen(m_context)));
    sentence.source = QString::fromUtf8(source);
    sentence.count = count;
    sentence.parts = std::move(parts);
    return sentence;
}

} // namespace Tocsin
