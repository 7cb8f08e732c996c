// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentencejson.h"

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr int deepestSentence = 16; // of sentences within sentences that are read

void writeParts(JsonWriter &out, std::string_view name, const QList<Sentence> &parts)
{
    out.key(name);
    out.beginArray();
    for (const auto &part : parts) {
        write(out, part);
    }
    out.endArray();
}

class SentenceReader
{
public:
    std::optional<Sentence> read(const Json &value, int depth = 0)
    {
        if (value.is_string()) {
            return Sentence(toQString(value.get_ref<const std::string &>()));
        }
        if (value.is_number_integer()) {
            return Sentence::ofNumber(value.get<qint64>());
        }
        return value.is_object() && depth < deepestSentence ? readObject(value, depth) : std::nullopt;
    }

private:
    std::optional<Sentence> readObject(const Json &value, int depth)
    {
        Sentence sentence;
        if (const auto moment = text(value, "moment")) {
            return Sentence::ofMoment(QDateTime::fromString(*moment, Qt::ISODateWithMs));
        }
        if (const auto error = value.find("system_error"); error != value.end() && error->is_number_integer()) {
            return Sentence::ofSystemError(static_cast<int>(error->get<qint64>()));
        }
        if (value.contains("joined")) {
            sentence.kind = Sentence::Kind::Joined;
            return readParts(value, "joined", depth, sentence) ? std::optional(sentence) : std::nullopt;
        }
        const auto context = text(value, "context");
        const auto source = text(value, "source");
        if (!context || !source) {
            return std::nullopt;
        }
        sentence.kind = Sentence::Kind::Translated;
        sentence.context = context->toUtf8();
        sentence.source = *source;
        if (const auto count = value.find("count"); count != value.end() && count->is_number_integer()) {
            sentence.count = static_cast<int>(count->get<qint64>());
        }
        return !value.contains("with") || readParts(value, "with", depth, sentence) ? std::optional(sentence)
                                                                                    : std::nullopt;
    }

    bool readParts(const Json &value, const char *name, int depth, Sentence &into)
    {
        const auto &parts = value.at(name);
        if (!parts.is_array()) {
            return false;
        }
        for (const auto &part : parts) {
            auto read = this->read(part, depth + 1);
            if (!read) {
                return false;
            }
            into.parts.append(*std::move(read));
        }
        return true;
    }

    static std::optional<QString> text(const Json &value, const char *name)
    {
        const auto found = value.find(name);
        return found != value.end() && found->is_string()
            ? std::optional(toQString(found->get_ref<const std::string &>()))
            : std::nullopt;
    }
};

} // namespace

void write(JsonWriter &out, const Sentence &sentence)
{
    using Kind = Sentence::Kind;
    switch (sentence.kind) {
    case Kind::Text:
        out.string(sentence.source);
        return;
    case Kind::Number:
        out.number(sentence.number);
        return;
    default:
        break;
    }
    out.beginObject();
    if (sentence.kind == Kind::Moment) {
        out.key("moment");
        out.string(QDateTime::fromMSecsSinceEpoch(sentence.number, Qt::UTC).toString(Qt::ISODateWithMs));
    } else if (sentence.kind == Kind::SystemError) {
        out.key("system_error");
        out.number(sentence.number);
    } else if (sentence.kind == Kind::Joined) {
        writeParts(out, "joined", sentence.parts);
    } else {
        out.key("context");
        out.string(QByteArrayView(sentence.context));
        out.key("source");
        out.string(sentence.source);
        if (sentence.count) {
            out.key("count");
            out.number(qint64(*sentence.count));
        }
        if (!sentence.parts.isEmpty()) {
            writeParts(out, "with", sentence.parts);
        }
    }
    out.endObject();
}

std::optional<Sentence> sentenceFromJson(const Json &value)
{
    return SentenceReader().read(value);
}

QString sentenceToColumn(const Sentence &sentence)
{
    // A text that could be taken for JSON is written as JSON, too.
    if (sentence.kind == Sentence::Kind::Text && !sentence.source.startsWith(u'{')
        && !sentence.source.startsWith(u'"')) {
        return sentence.source.isNull() ? u""_s : sentence.source;
    }
    JsonWriter out;
    write(out, sentence);
    return QString::fromStdString(out.take());
}

Sentence sentenceFromColumn(const QString &column)
{
    if (column.startsWith(u'{') || column.startsWith(u'"')) {
        if (const auto json = parseJson(column.toUtf8())) {
            if (auto sentence = sentenceFromJson(*json)) {
                return *std::move(sentence);
            }
        }
    }
    return Sentence(column);
}

} // namespace Tocsin
