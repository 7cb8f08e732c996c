// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "databasefile.h"
#include "statements.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <chrono>
#include <unordered_map>

namespace Tocsin {

class Database;

/// The rows of a statement that ran; lets go of the database when it ends.
class Rows
{
public:
    Rows(Database &database, QSqlQuery &query)
        : m_database(&database)
        , m_query(&query)
    {
    }
    Rows(Rows &&other) noexcept
        : m_database(other.m_database)
        , m_query(std::exchange(other.m_query, nullptr))
    {
    }
    Rows &operator=(Rows &&) = delete;
    Q_DISABLE_COPY(Rows)
    ~Rows();

    bool next() { return m_query->next(); }
    QVariant value(int column) const { return m_query->value(column); }
    int changed() const { return m_query->numRowsAffected(); }
    qint64 insertedId() const { return m_query->lastInsertId().toLongLong(); }
    /// After the last row: whether it was the last, or reading failed.
    Result<void> end() const;

private:
    Database *m_database;
    QSqlQuery *m_query;
};

/// A profile's SQLite file, open. Belongs to the thread that made it. All errors name the file.
class Database
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::Database)

public:
    /// How long to wait for another process that is writing.
    static constexpr std::chrono::milliseconds patience{10'000};

    static QString pathIn(const QString &folder); ///< of its file

    explicit Database(const QString &folder);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    /// Makes folder and file where they do not exist, refuses what is not ours to write, and brings the schema up to
    /// date. What is refused is left as it was.
    Result<void> open();

    QString path() const { return m_path; }

    /// Runs a prepared statement.
    Result<Rows> run(Statement statement, const QVariantList &values = {});
    /// The same for the text of one, which is prepared once.
    Result<Rows> run(const QString &text, const QVariantList &values = {});

    /// Runs `work` in one transaction that is the only one writing: committed where it succeeds, else rolled back.
    template <typename Work>
    std::invoke_result_t<Work> transaction(Work work)
    {
        if (auto begun = execute(QStringLiteral("BEGIN IMMEDIATE")); !begun) {
            return begun.error();
        }
        auto result = work();
        const auto ended = execute(result ? QStringLiteral("COMMIT") : QStringLiteral("ROLLBACK"));
        if (result && !ended) {
            [[maybe_unused]] const auto rolledBack = execute(QStringLiteral("ROLLBACK"));
            return ended.error();
        }
        return result;
    }

    /// Whether a commit waits until it is on the disk. Without that, a power cut may take back the last ones, whole and
    /// in order; a killed process takes back none.
    Result<void> setDurable(bool durable);

    /// How much of the file to keep in memory, and how much log to gather before it is worked in; in bytes.
    Result<void> setBuffers(qint64 cache, qint64 log);

    /// The bytes that the database needs, without those that it has to spare.
    Result<qint64> usedBytes();

    /// Changes when another connection has written.
    qint64 dataVersion();
    /// Rows that this connection has changed so far.
    qint64 ownChanges();

private:
    friend class Rows;

    Result<void> probe();
    Result<void> connectTo(const QString &name, const QString &options);
    Result<void> checkSchema();
    Result<void> checkIntegrity();
    Result<void> useWriteAheadLog();
    Result<void> migrate();
    Result<void> execute(const QString &text);
    Result<QVariant> ask(const QString &text);
    Error explain(const QSqlError &error) const;
    Error explain(int code, const QString &systemWords = {}) const;
    Error fault(const QString &message) const;
    void close();

    QString m_folder;
    QString m_path;
    QString m_connectionName;
    bool m_isDurable = true;
    QSqlDatabase m_connection;
    std::unordered_map<QString, QSqlQuery> m_prepared;
};

} // namespace Tocsin
