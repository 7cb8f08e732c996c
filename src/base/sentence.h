// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <concepts>
#include <optional>
#include <utility>

namespace Tocsin {

/// What is told to a person and may be kept until somebody else reads it: not the words, but what they are made of. It
/// is written when it is shown, in the language of whoever reads it. Any thread.
struct Sentence
{
    enum class Kind {
        Text, ///< as it is: a person's own words, a library's, those of a record that has nothing else
        Translated, ///< a source text of the translations, and what stands in its %1, %2 …
        Number, ///< grouped as the reader's language does where the place says so (%L1)
        Moment, ///< a date in words, and the time, in UTC
        SystemError, ///< an errno, in the system's words
        Joined, ///< the first of the parts stands between the others
    };

    Kind kind = Kind::Text;
    QByteArray context{}; ///< of the translation
    QString source{}; ///< Text, Translated
    std::optional<int> count{}; ///< Translated: the %n of a plural
    qint64 number = 0; ///< Number; SystemError; Moment: milliseconds since 1970
    QList<Sentence> parts{};

    Sentence() = default;
    /// Only what no translation knows: a text that tr() has made is frozen in the language of its writer.
    explicit Sentence(const QString &text);

    static Sentence ofNumber(qint64 number);
    static Sentence ofMoment(const QDateTime &moment);
    static Sentence ofSystemError(int error);
    static Sentence joined(QList<Sentence> parts, const Sentence &between);

    bool isEmpty() const { return kind == Kind::Text && source.isEmpty(); }

    /// Written in the language of now. A source that the translations do not know (any more) is written as it is; what
    /// begins with words of another sentence ("the proxy …") begins with a capital.
    QString text() const;
    operator QString() const { return text(); }

    bool operator==(const Sentence &other) const;

private:
    QString translated() const;
};

/// For a text that is put before another's full stop: its own is taken off. A Sentence does so by itself.
QString withoutStop(const QString &text);

QStringList textsOf(const QList<Sentence> &sentences);

/// Makes sentences of one translation context: `say("The name %1 was not found.", host)`. It stands, under the name
/// `say`, in a class whose Q_DECLARE_TR_FUNCTIONS names the same context: lupdate reads say() as it reads tr().
class SentenceMaker
{
public:
    constexpr explicit SentenceMaker(const char *context)
        : m_context(context)
    {
    }

    template <typename... Arguments>
    Sentence operator()(const char *source, const Arguments &...arguments) const
    {
        return make(source, std::nullopt, {part(arguments)...});
    }

protected:
    static Sentence part(const Sentence &sentence) { return sentence; }
    static Sentence part(const QDateTime &moment) { return Sentence::ofMoment(moment); }
    static Sentence part(std::integral auto number) { return Sentence::ofNumber(static_cast<qint64>(number)); }
    static Sentence part(const QString &text) { return Sentence(text); }

    Sentence make(const char *source, std::optional<int> count, QList<Sentence> parts) const;

private:
    const char *m_context;
};

/// The same for those with a count (%n), under the name `sayCounted`.
class CountedSentenceMaker : private SentenceMaker
{
public:
    using SentenceMaker::SentenceMaker;

    template <typename... Arguments>
    Sentence operator()(const char *source, int count, const Arguments &...arguments) const
    {
        return make(source, count, {part(arguments)...});
    }
};

} // namespace Tocsin
