// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database.h"

#include "migrations.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QStorageInfo>
#include <QThread>
#include <QUrl>
#include <QUuid>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int applicationId = 0x544f4353; // "TOCS"
constexpr qint64 smallestSize = 512; // bytes; SQLite takes what is smaller for an empty database, and writes over it
constexpr qint64 checkedSize = 16 * 1024 * 1024; // bytes; a larger file takes too long to check each time

/// Primary result codes (https://www.sqlite.org/rescode.html).
enum SqliteCode {
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    InputOutput = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    NotADatabase = 26
};

int primaryCode(const QSqlError &error)
{
    return error.nativeErrorCode().toInt() & 0xff;
}

/// Qt looks a value's place up by a name: who gives the number has one made up, each time.
const QString &nameOfPlace(qsizetype place)
{
    static const auto names = [] {
        constexpr int most = 64; // values of a statement
        QStringList all;
        for (int i = 0; i < most; ++i) {
            all.append(u":%1"_s.arg(i));
        }
        return all;
    }();
    return names.at(place);
}

/// No text of ours has a question mark that is not a place for a value.
QString withNamedPlaces(const QString &text)
{
    const auto parts = text.split(u'?');
    QString named = parts.constFirst();
    for (qsizetype i = 1; i < parts.size(); ++i) {
        named += nameOfPlace(i - 1) % parts.at(i);
    }
    return named;
}

} // namespace

Rows::~Rows()
{
    if (m_query) {
        m_query->finish();
    }
}

Result<void> Rows::end() const
{
    if (m_query->lastError().isValid()) {
        return m_database->explain(m_query->lastError());
    }
    return {};
}

QString Database::pathIn(const QString &folder)
{
    return QDir(folder).filePath(u"tocsin.db"_s);
}

Database::Database(const QString &folder)
    : m_folder(QDir(folder).absolutePath())
    , m_path(pathIn(m_folder))
{
}

Database::~Database()
{
    close();
}

void Database::close()
{
    m_isDurable = true;
    m_prepared.clear();
    m_connection = QSqlDatabase();
    if (!m_connectionName.isEmpty()) {
        QSqlDatabase::removeDatabase(m_connectionName);
        m_connectionName.clear();
    }
}

Result<void> Database::open()
{
    close();
    const auto file = prepareDatabaseFile(m_folder, m_path);
    if (!file) {
        return file.error();
    }
    Result<void> result;
    if (*file == DatabaseFile::Filled) {
        result = probe();
        close();
    }
    const QList<Result<void> (Database::*)()> steps{&Database::checkSchema, &Database::checkIntegrity,
                                                    &Database::useWriteAheadLog, &Database::migrate};
    if (result) {
        result = connectTo(m_path, u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(patience.count()));
    }
    for (const auto step : steps) {
        if (result) {
            result = (this->*step)();
        }
    }
    if (!result) {
        close();
    }
    return result;
}

/// Looks at the file without a lock, a log or any other trace.
Result<void> Database::probe()
{
    const QString name = QString::fromLatin1(QUrl::fromLocalFile(m_path).toEncoded()) % u"?immutable=1"_s;
    if (QFileInfo(m_path).size() < smallestSize) {
        return explain(NotADatabase);
    }
    if (auto connected = connectTo(name, u"QSQLITE_OPEN_URI;QSQLITE_OPEN_READONLY"_s); !connected) {
        return connected;
    }
    auto checked = checkSchema();
    // A checkpoint that was cut short, or is under way, leaves a file that only its log makes whole.
    if (!checked && checked.error() == explain(Corrupt) && QFileInfo(m_path % u"-wal"_s).size() > 0) {
        return {};
    }
    return checked;
}

Result<void> Database::connectTo(const QString &name, const QString &options)
{
    m_connectionName = u"tocsin-"_s % QUuid::createUuid().toString(QUuid::Id128);
    m_connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connectionName);
    if (!m_connection.isValid()) {
        return fault(tr("The database %1 cannot be opened: Qt's SQLite driver is not installed.").arg(m_path));
    }
    m_connection.setDatabaseName(name);
    m_connection.setConnectOptions(options);
    if (!m_connection.open()) {
        return explain(m_connection.lastError());
    }
    return {};
}

Result<void> Database::checkSchema()
{
    // One snapshot: another process may be making the schema just now.
    QList<Result<QVariant>> answers;
    if (auto begun = execute(u"BEGIN"_s); !begun) {
        return begun;
    }
    for (const auto &question :
         {u"PRAGMA user_version"_s, u"PRAGMA application_id"_s, u"SELECT count(*) FROM sqlite_master"_s}) {
        answers.append(ask(question));
    }
    if (auto ended = execute(u"COMMIT"_s); !ended) {
        return ended;
    }
    for (const auto &answer : answers) {
        if (!answer) {
            return answer.error();
        }
    }
    const auto version = answers[0];
    const auto application = answers[1];
    const auto tables = answers[2];
    const bool isOurs = application->toInt() == applicationId;
    const bool isNew = application->toInt() == 0 && version->toInt() == 0 && tables->toInt() == 0;
    if (!isOurs && !isNew) {
        return fault(tr("The database %1 belongs to another program: use another profile folder.").arg(m_path));
    }
    if (version->toInt() > newestSchemaVersion()) {
        return fault(
            tr("The database %1 was written by a newer version of Tocsin (its schema is %2, this version knows "
               "%3): use that version.")
                .arg(m_path, version->toString(), QString::number(newestSchemaVersion())));
    }
    return {};
}

Result<void> Database::checkIntegrity()
{
    if (QFileInfo(m_path).size() > checkedSize) {
        return {};
    }
    const auto answer = ask(u"PRAGMA quick_check(1)"_s);
    if (!answer) {
        return answer.error();
    }
    if (answer->toString() != u"ok"_s) {
        return explain(Corrupt);
    }
    return {};
}

Result<void> Database::useWriteAheadLog()
{
    // SQLite does not wait when two processes change the mode at once.
    constexpr auto pause = 20ms;
    auto changed = execute(u"PRAGMA journal_mode = WAL"_s);
    for (auto waited = 0ms; !changed && changed.error() == explain(Busy) && waited < patience; waited += pause) {
        QThread::msleep(pause.count());
        changed = execute(u"PRAGMA journal_mode = WAL"_s);
    }
    for (const auto &setting : {u"PRAGMA synchronous = FULL"_s, u"PRAGMA foreign_keys = ON"_s}) {
        if (changed) {
            changed = execute(setting);
        }
    }
    return changed;
}

Result<void> Database::migrate()
{
    const auto current = ask(u"PRAGMA user_version"_s);
    if (!current || current->toInt() == newestSchemaVersion()) {
        return current ? Result<void>() : current.error();
    }
    return transaction([this]() -> Result<void> {
        const auto version = ask(u"PRAGMA user_version"_s); // another process may have been faster
        if (!version) {
            return version.error();
        }
        for (const auto &migration : migrations()) {
            if (migration.version <= version->toInt()) {
                continue;
            }
            for (const auto &statement : migration.statements) {
                if (auto done = execute(statement); !done) {
                    return done;
                }
            }
            if (auto done = execute(u"PRAGMA user_version = %1"_s.arg(migration.version)); !done) {
                return done;
            }
        }
        return execute(u"PRAGMA application_id = %1"_s.arg(applicationId));
    });
}

Result<Rows> Database::run(Statement statement, const QVariantList &values)
{
    return run(sql(statement), values);
}

Result<Rows> Database::run(const QString &text, const QVariantList &values)
{
    auto found = m_prepared.find(text);
    if (found == m_prepared.end()) {
        QSqlQuery query(m_connection);
        query.setForwardOnly(true);
        if (!query.prepare(withNamedPlaces(text))) {
            return explain(query.lastError());
        }
        found = m_prepared.emplace(text, std::move(query)).first;
    }
    QSqlQuery &query = found->second;
    for (int i = 0; i < values.size(); ++i) {
        query.bindValue(nameOfPlace(i), values[i]);
    }
    if (!query.exec()) {
        const auto error = explain(query.lastError());
        query.finish();
        return error;
    }
    return Rows(*this, query);
}

Result<void> Database::setDurable(bool durable)
{
    if (durable == m_isDurable) {
        return {};
    }
    auto changed = execute(durable ? u"PRAGMA synchronous = FULL"_s : u"PRAGMA synchronous = NORMAL"_s);
    if (changed) {
        m_isDurable = durable;
    }
    return changed;
}

Result<void> Database::setBuffers(qint64 cache, qint64 log)
{
    const auto pageSize = ask(u"PRAGMA page_size"_s);
    if (!pageSize) {
        return pageSize.error();
    }
    constexpr int kibibyte = 1024;
    const auto set = execute(u"PRAGMA cache_size = -%1"_s.arg(cache / kibibyte));
    return set ? execute(u"PRAGMA wal_autocheckpoint = %1"_s.arg(log / pageSize->toLongLong())) : set;
}

Result<qint64> Database::usedBytes()
{
    qint64 pages = 0;
    for (const auto &[pragma, sign] :
         {std::pair(u"PRAGMA page_count"_s, 1), std::pair(u"PRAGMA freelist_count"_s, -1)}) {
        const auto count = ask(pragma);
        if (!count) {
            return count.error();
        }
        pages += sign * count->toLongLong();
    }
    const auto size = ask(u"PRAGMA page_size"_s);
    return size ? Result<qint64>(pages * size->toLongLong()) : size.error();
}

qint64 Database::dataVersion()
{
    const auto answer = ask(u"PRAGMA data_version"_s);
    return answer ? answer->toLongLong() : -1;
}

qint64 Database::ownChanges()
{
    const auto answer = ask(u"SELECT total_changes()"_s);
    return answer ? answer->toLongLong() : -1;
}

Result<void> Database::execute(const QString &text)
{
    QSqlQuery query(m_connection);
    if (!query.exec(text)) {
        return explain(query.lastError());
    }
    return {};
}

Result<QVariant> Database::ask(const QString &text)
{
    QSqlQuery query(m_connection);
    if (!query.exec(text) || !query.next()) {
        return explain(query.lastError());
    }
    return query.value(0);
}

Error Database::fault(const QString &message) const
{
    return {.message = message, .where = m_path, .position = {}};
}

Error Database::explain(const QSqlError &error) const
{
    return explain(primaryCode(error), error.databaseText());
}

Error Database::explain(int code, const QString &systemWords) const
{
    switch (code) {
    case Busy:
    case Locked:
        return fault(tr("The database %1 is busy: another program has kept it from being written for %n second(s).",
                        nullptr, static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(patience).count()))
                         .arg(m_path));
    case ReadOnly:
        return fault(tr("The database %1 is read-only: it needs to be read and written by the user Tocsin runs as.")
                         .arg(m_path));
    case Corrupt:
        return fault(
            tr("The database %1 is damaged: put back a copy of it, or move it away to begin anew.").arg(m_path));
    case Full:
        return fault(tr("The database %1 cannot be written because the disk is full: make room on it.").arg(m_path));
    case InputOutput:
        if (QStorageInfo(m_folder).bytesAvailable() == 0) {
            return fault(
                tr("The database %1 cannot be written because the disk is full: make room on it.").arg(m_path));
        }
        return fault(tr("The database %1 cannot be read or written: the disk is full, has a limit, or fails (%2).")
                         .arg(m_path, systemWords));
    case CannotOpen:
        return fault(
            tr("The database %1 cannot be opened: its folder needs to be read and written by the user Tocsin runs "
               "as.")
                .arg(m_path));
    case NotADatabase:
        return fault(
            tr("The file %1 is not a database: put back a copy of it, or move it away to begin anew.").arg(m_path));
    default:
        return fault(tr("The database %1 cannot do this: %2.").arg(m_path, systemWords));
    }
}

} // namespace Tocsin
