// A table, a view or a query of an SQLite database, read only.
#include "core/base/text.h"
#include "core/data/stores.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>
#include <thread>

namespace fovea::data {

namespace {

constexpr int kMostCell = 64 << 20; // bytes
constexpr std::size_t kMostRow = std::size_t{64} << 20;
constexpr std::size_t kMostHead = std::size_t{16} << 20; // one row more at most
constexpr std::int64_t kMostMemory = std::int64_t{512} << 20; // of SQLite, which sorts in files
constexpr std::int64_t kStepsAtOnce = 16; // between two looks at a stop: a step may copy 64 MiB
// Steps of SQLite's machine that are explained. Orders, joins, groups and windows over a table took
// 0.1 to 1.4 steps a byte of the file beyond those of their rows; what is free takes two seconds.
constexpr std::int64_t kFreeSteps = 50'000'000;
constexpr std::int64_t kStepsAByte = 20; // of the file
constexpr std::int64_t kStepsARow = 1000; // that was given

// What a query has done and given, and whether it may go on. It has one place while it is watched.
struct Watch {
    io::Access access;
    std::int64_t fileBytes = 0;
    std::int64_t steps = 0;
    std::int64_t rows = 0;
    std::int64_t bytes = 0; // of them
    bool isTooLong = false;

    bool goesOn()
    {
        steps += kStepsAtOnce;
        isTooLong = steps > kFreeSteps + kStepsAByte * fileBytes + kStepsARow * rows;
        return !isTooLong && !access.stop.stop_requested();
    }
};

struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

// An open file of a database. Its address stays: SQLite calls its watch.
struct Database {
    std::filesystem::path file;
    Watch watch;
    std::unique_ptr<sqlite3, CloseDatabase> handle;
};
using OpenDatabase = std::unique_ptr<Database>;

bool recognise(std::string_view start)
{
    using namespace std::string_view_literals;
    return start.starts_with("SQLite format 3\0"sv);
}

// Why a step gave no row and no end.
Error errorOf(const Database& database)
{
    const auto file = database.file.string();
    auto* handle = database.handle.get();
    if (database.watch.access.stop.stop_requested())
        return interrupted("reading was stopped");
    if (database.watch.isTooLong)
        return badInput(
            say("the table or query does not come to its end: it works for longer than its %1 rows "
                "and the size of the file explain",
                base::grouped(database.watch.rows)),
            file, "Write its result into a table of its own, and choose that");
    if (sqlite3_errcode(handle) == SQLITE_TOOBIG)
        return badInput(
            "a cell of more than 64 MiB", file, "Choose a table or a query without that column");
    if (sqlite3_errcode(handle) == SQLITE_NOMEM)
        return badInput(
            "the table or query needs more than 512 MiB of memory", file,
            "Write its result into a table of its own, and choose that");
    return badInput(
        say("the database says: %1", sqlite3_errmsg(handle)), file,
        "Choose another table, or check the file with the program that wrote it");
}

// What a file may make SQLite do: read itself, and no more than that.
void restrain(sqlite3* handle)
{
    sqlite3_hard_heap_limit64(kMostMemory);
    for (const auto& [limit, most] :
         {std::pair{SQLITE_LIMIT_LENGTH, kMostCell},
          {SQLITE_LIMIT_SQL_LENGTH, 1 << 20},
          {SQLITE_LIMIT_ATTACHED, 0},
          {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
          {SQLITE_LIMIT_VDBE_OP, 1 << 18},
          {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
          {SQLITE_LIMIT_WORKER_THREADS, 0}})
        sqlite3_limit(handle, limit, most);
    for (const auto& [option, isOn] :
         {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1},
          {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
          {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
          {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
          {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
          {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0}})
        sqlite3_db_config(handle, option, isOn, nullptr);
}

// Another program may be writing: waits for two seconds, unless it is to stop.
int waits(void* watch, int times)
{
    constexpr int kMost = 200;
    if (times >= kMost || static_cast<Watch*>(watch)->access.stop.stop_requested())
        return 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return 1;
}

Result<OpenDatabase> open(const std::filesystem::path& file, const io::Access& access)
{
    auto database = std::make_unique<Database>();
    database->file = file;
    database->watch.access = access;
    std::error_code unknown;
    const auto size = std::filesystem::file_size(file, unknown);
    database->watch.fileBytes = unknown ? 0 : static_cast<std::int64_t>(size);
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    database->handle.reset(handle);
    if (code != SQLITE_OK)
        return errorOf(*database);
    restrain(handle);
    sqlite3_busy_handler(handle, waits, &database->watch);
    sqlite3_progress_handler(
        handle, static_cast<int>(kStepsAtOnce),
        [](void* watch) -> int { return !static_cast<Watch*>(watch)->goesOn(); }, &database->watch);
    return database;
}

Result<Statement> prepare(const Database& database, const std::string& text)
{
    sqlite3_stmt* raw = nullptr;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v2(
        database.handle.get(), text.c_str(), static_cast<int>(text.size()), &raw, &rest);
    Statement statement(raw);
    if (code != SQLITE_OK)
        return errorOf(database);
    if (!raw || sqlite3_column_count(raw) == 0 || sqlite3_stmt_readonly(raw) == 0
        || !base::trim(rest).empty())
        return badInput(
            "the query is not one that gives a table", database.file.string(),
            "Write one SELECT statement");
    return statement;
}

std::string asName(std::string_view name)
{
    std::string text = "\"";
    for (const char c : name)
        text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + '"';
}

// SQLite writes fifteen digits of a number; where they are not all, `own` holds the field.
std::string_view fieldOf(sqlite3_stmt* row, int column, std::string& own)
{
    if (sqlite3_column_type(row, column) == SQLITE_FLOAT) {
        const double number = sqlite3_column_double(row, column);
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
        own = text ? text : ""; // where there is no memory for it
        if (base::parseDouble(own) != number)
            own = base::toText(number);
        return own;
    }
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(row, column));
    if (sqlite3_column_type(row, column) != SQLITE_BLOB)
        bytes = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
    return bytes ? std::string_view(bytes, size) : std::string_view();
}

// Rows as the greatest of their numbers says, which is at hand; 0 for views and the like.
std::int64_t rowsOf(const Database& database, const std::string& table)
{
    const auto count = prepare(database, "SELECT max(rowid) FROM " + asName(table));
    return count.ok() && sqlite3_step(count->get()) == SQLITE_ROW
        ? sqlite3_column_int64(count->get(), 0)
        : 0;
}

Result<std::vector<io::Member>> tablesIn(const Database& database)
{
    FOVEA_ASSIGN(
        const auto names,
        prepare(
            database,
            "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT "
            "LIKE 'sqlite_%' ORDER BY name"));
    std::vector<io::Member> tables;
    std::string own;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(names.get())) == SQLITE_ROW) {
        const std::string name(fieldOf(names.get(), 0, own));
        const bool isTable = fieldOf(names.get(), 1, own) == "table";
        tables.push_back({name, isTable ? rowsOf(database, name) : 0});
    }
    if (code != SQLITE_DONE)
        return errorOf(database);
    return tables;
}

Result<std::vector<io::Member>> tables(const std::filesystem::path& file, const io::Access& access)
{
    FOVEA_ASSIGN(const auto database, open(file, access));
    return tablesIn(*database);
}

// The table that was asked for, or the largest.
Result<std::string> chosen(const Database& database, const StoreCall& call)
{
    if (isQuery(call.table))
        return call.table;
    FOVEA_ASSIGN(const auto all, tablesIn(database));
    if (all.empty())
        return badInput("this database has no table", call.file.string());
    if (call.table.empty())
        return std::max_element(
                   all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.bytes < b.bytes; })
            ->name;
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const auto& table) { return table.name == call.table; });
    if (found != all.end())
        return call.table;
    std::vector<std::string> names;
    for (const auto& table : all)
        names.push_back(table.name);
    return badInput(
        say("no table '%1'", call.table), call.file.string(),
        say("It has %1", base::join(names, ", ")));
}

std::string selection(const std::string& table)
{
    return isQuery(table) ? table : "SELECT * FROM " + asName(table);
}

// Adds the fields of a row behind `bytes`, those of columns that are not needed as empty ones, and
// where they end. A row is as large as a cell may be at most, and rows are no more than the file
// can have.
Status putRow(
    Database& database, sqlite3_stmt* row, const std::vector<bool>& isNeeded, std::string& bytes,
    std::vector<std::size_t>& ends)
{
    const auto begin = bytes.size();
    std::string own;
    for (std::size_t c = 0; c < isNeeded.size(); ++c) {
        if (isNeeded[c])
            bytes += fieldOf(row, static_cast<int>(c), own);
        if (bytes.size() - begin > kMostRow)
            return badInput(
                "a row of more than 64 MiB",
                say("%1, row %2", database.file.string(), database.watch.rows + 1),
                "Choose a table or a query with fewer columns");
        ends.push_back(bytes.size());
    }
    if (sqlite3_errcode(database.handle.get()) == SQLITE_NOMEM)
        return errorOf(database);
    auto& watch = database.watch;
    ++watch.rows;
    constexpr std::int64_t kOfCell = 8; // bytes that it takes beside its own
    watch.bytes += static_cast<std::int64_t>(bytes.size() - begin + kOfCell * isNeeded.size());
    if (io::growsTooMuch(watch.bytes, watch.fileBytes, watch.access))
        return badInput(
            say(kGivesTooMuch, base::bytesText(watch.fileBytes), base::grouped(watch.rows)),
            database.file.string(), "Write its result into a table of its own, and choose that");
    return success();
}

Result<StoreHead> head(const StoreCall& call)
{
    FOVEA_ASSIGN(const auto database, open(call.file, call.access));
    StoreHead head;
    FOVEA_ASSIGN(head.table, chosen(*database, call));
    FOVEA_ASSIGN(const auto rows, prepare(*database, selection(head.table)));
    const int columns = sqlite3_column_count(rows.get());
    for (int c = 0; c < columns; ++c)
        head.layout.names.emplace_back(sqlite3_column_name(rows.get(), c));
    const std::vector<bool> all(head.layout.names.size(), true);
    std::string bytes;
    std::vector<std::size_t> ends;
    int code = SQLITE_ROW;
    while (head.layout.rows.size() < kHeadRows && bytes.size() < kMostHead
           && (code = sqlite3_step(rows.get())) == SQLITE_ROW) {
        ends.clear();
        auto begin = bytes.size();
        FOVEA_TRY(putRow(*database, rows.get(), all, bytes, ends));
        auto& row = head.layout.rows.emplace_back();
        for (const auto end : ends)
            row.push_back(bytes.substr(begin, end - std::exchange(begin, end)));
    }
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return errorOf(*database);
    if (head.layout.rows.empty())
        return badInput(say("the table '%1' has no rows", head.table), call.file.string());
    return head;
}

// Steps of the database are one after the other; what the rows mean is found out by several
// threads.
class SqliteRows final : public RowSource {
public:
    SqliteRows(
        OpenDatabase database, Statement statement, std::int64_t rows, base::Progress& progress)
        : m_database(std::move(database))
        , m_statement(std::move(statement))
        , m_columns(static_cast<std::size_t>(sqlite3_column_count(m_statement.get())))
        , m_isNeeded(m_columns, true)
        , m_rows(rows)
        , m_progress(progress)
    { }

    std::unique_ptr<Worker> worker(const RowVisitor& visit, Problems&) override
    {
        return std::make_unique<SqliteWorker>(*this, visit);
    }

    void need(std::span<const int> columns) override
    {
        m_isNeeded.assign(m_columns, false);
        for (const int column : columns) {
            if (column >= 0)
                m_isNeeded[static_cast<std::size_t>(column)] = true;
        }
    }

private:
    // Rows as text, one field after the other.
    struct Part {
        std::int64_t number = 0;
        std::int64_t line = 0; // of its first row
        std::string bytes;
        std::vector<std::size_t> ends; // of the fields
    };

    class SqliteWorker final : public Worker {
    public:
        SqliteWorker(SqliteRows& rows, RowVisitor visit)
            : m_rows(rows)
            , m_visit(std::move(visit))
            , m_fields(rows.m_columns)
        { }
        Result<std::optional<std::int64_t>> next() override
        {
            FOVEA_ASSIGN(const bool any, m_rows.take(m_part));
            return any ? std::optional(m_part.number) : std::nullopt;
        }
        void visit() override
        {
            auto line = m_part.line;
            std::size_t begin = 0;
            for (std::size_t f = 0; f < m_part.ends.size(); ++f) {
                const auto end = m_part.ends[f];
                const auto column = f % m_fields.size();
                m_fields[column] = {m_part.bytes.data() + begin, end - begin};
                begin = end;
                if (column + 1 == m_fields.size())
                    m_visit({line++, m_fields});
            }
        }

    private:
        SqliteRows& m_rows;
        RowVisitor m_visit;
        Part m_part;
        std::vector<std::string_view> m_fields;
    };

    Result<bool> take(Part& part)
    {
        constexpr std::size_t kPartBytes = std::size_t{1} << 20;
        const std::lock_guard lock(m_mutex);
        part.bytes.clear();
        part.ends.clear();
        part.number = m_next;
        part.line = m_line;
        while (!m_isEnd && part.bytes.size() + 8 * part.ends.size() < kPartBytes) {
            if (m_database->watch.access.stop.stop_requested())
                return interrupted("reading was stopped");
            const int code = sqlite3_step(m_statement.get());
            m_isEnd = code == SQLITE_DONE;
            if (m_isEnd)
                break;
            if (code != SQLITE_ROW)
                return errorOf(*m_database);
            FOVEA_TRY(putRow(*m_database, m_statement.get(), m_isNeeded, part.bytes, part.ends));
            ++m_line;
        }
        m_progress.report({"import", m_line - 1, m_rows, "rows", {}});
        if (part.ends.empty())
            return false;
        ++m_next;
        return true;
    }

    OpenDatabase m_database;
    Statement m_statement;
    std::size_t m_columns;
    std::vector<bool> m_isNeeded; // columns
    std::int64_t m_rows; // 0 = not known
    base::Progress& m_progress;
    std::mutex m_mutex; // of what follows, and of the database
    std::int64_t m_next = 0; // part
    std::int64_t m_line = 1;
    bool m_isEnd = false;
};

Result<std::unique_ptr<RowSource>> rows(const StoreCall& call, base::Progress& progress)
{
    FOVEA_ASSIGN(auto database, open(call.file, call.access));
    FOVEA_ASSIGN(auto statement, prepare(*database, selection(call.table)));
    const auto count = isQuery(call.table) ? 0 : rowsOf(*database, call.table);
    return std::unique_ptr<RowSource>(
        std::make_unique<SqliteRows>(std::move(database), std::move(statement), count, progress));
}

} // namespace

extern const Store kSqlite;
const Store kSqlite{"sqlite", "SQLite database", recognise, tables, head, rows};

} // namespace fovea::data
