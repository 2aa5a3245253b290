// A table, a view or a query of an SQLite database, read only.
#include "core/base/text.h"
#include "core/data/stores.h"

#include <sqlite3.h>

#include <algorithm>
#include <mutex>

namespace fovea::data {

namespace {

struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

bool recognise(std::string_view start)
{
    using namespace std::string_view_literals;
    return start.starts_with("SQLite format 3\0"sv);
}

Error errorOf(sqlite3* database, const std::filesystem::path& file)
{
    return badInput(
        say("the database says: %1", sqlite3_errmsg(database)), file.string(),
        "Choose another table, or check the file with the program that wrote it");
}

Result<Database> open(const std::filesystem::path& file)
{
    sqlite3* raw = nullptr;
    const int code =
        sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(raw);
    if (code != SQLITE_OK)
        return errorOf(raw, file);
    sqlite3_busy_timeout(raw, 2000); // another program may be writing
    return database;
}

Result<Statement> prepare(
    sqlite3* database, const std::string& text, const std::filesystem::path& file)
{
    sqlite3_stmt* raw = nullptr;
    const char* rest = nullptr;
    const int code =
        sqlite3_prepare_v2(database, text.c_str(), static_cast<int>(text.size()), &raw, &rest);
    Statement statement(raw);
    if (code != SQLITE_OK)
        return errorOf(database, file);
    if (!raw || sqlite3_column_count(raw) == 0 || !base::trim(rest).empty())
        return badInput(
            "the query is not one that gives a table", file.string(), "Write one SELECT statement");
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
        own = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
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
std::int64_t rowsOf(sqlite3* database, const std::string& table, const std::filesystem::path& file)
{
    const auto count = prepare(database, "SELECT max(rowid) FROM " + asName(table), file);
    return count.ok() && sqlite3_step(count->get()) == SQLITE_ROW
        ? sqlite3_column_int64(count->get(), 0)
        : 0;
}

Result<std::vector<io::Member>> tablesIn(sqlite3* database, const std::filesystem::path& file)
{
    FOVEA_ASSIGN(
        const auto names,
        prepare(
            database,
            "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT "
            "LIKE "
            "'sqlite_%' ORDER BY name",
            file));
    std::vector<io::Member> tables;
    std::string own;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(names.get())) == SQLITE_ROW) {
        const std::string name(fieldOf(names.get(), 0, own));
        const bool isTable = fieldOf(names.get(), 1, own) == "table";
        tables.push_back({name, isTable ? rowsOf(database, name, file) : 0});
    }
    if (code != SQLITE_DONE)
        return errorOf(database, file);
    return tables;
}

Result<std::vector<io::Member>> tables(const std::filesystem::path& file)
{
    FOVEA_ASSIGN(const auto database, open(file));
    return tablesIn(database.get(), file);
}

// The table that was asked for, or the largest.
Result<std::string> chosen(sqlite3* database, const StoreCall& call)
{
    if (isQuery(call.table))
        return call.table;
    FOVEA_ASSIGN(const auto all, tablesIn(database, call.file));
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

// A query may work for long before its first row. `stop` outlives the database's work.
void stopWith(sqlite3* database, const std::stop_token& stop)
{
    sqlite3_progress_handler(
        database, 10'000,
        [](void* token) -> int {
            return static_cast<const std::stop_token*>(token)->stop_requested();
        },
        const_cast<std::stop_token*>(&stop));
}

Result<StoreHead> head(const StoreCall& call)
{
    FOVEA_ASSIGN(const auto database, open(call.file));
    stopWith(database.get(), call.stop);
    StoreHead head;
    FOVEA_ASSIGN(head.table, chosen(database.get(), call));
    FOVEA_ASSIGN(const auto rows, prepare(database.get(), selection(head.table), call.file));
    const int columns = sqlite3_column_count(rows.get());
    std::string own;
    for (int c = 0; c < columns; ++c)
        head.layout.names.emplace_back(sqlite3_column_name(rows.get(), c));
    int code = SQLITE_ROW;
    while (head.layout.rows.size() < kHeadRows && (code = sqlite3_step(rows.get())) == SQLITE_ROW) {
        auto& row = head.layout.rows.emplace_back();
        for (int c = 0; c < columns; ++c)
            row.emplace_back(fieldOf(rows.get(), c, own));
    }
    if (code == SQLITE_INTERRUPT)
        return interrupted("reading was stopped");
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return errorOf(database.get(), call.file);
    if (head.layout.rows.empty())
        return badInput(say("the table '%1' has no rows", head.table), call.file.string());
    return head;
}

// Steps of the database are one after the other; what the rows mean is found out by several
// threads.
class SqliteRows final : public RowSource {
public:
    SqliteRows(
        std::filesystem::path file, Database database, Statement statement, std::int64_t rows,
        base::Progress& progress, std::stop_token stop)
        : m_file(std::move(file))
        , m_database(std::move(database))
        , m_statement(std::move(statement))
        , m_columns(static_cast<std::size_t>(sqlite3_column_count(m_statement.get())))
        , m_isNeeded(m_columns, true)
        , m_rows(rows)
        , m_progress(progress)
        , m_stop(std::move(stop))
    {
        stopWith(m_database.get(), m_stop);
    }

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
        while (!m_isEnd && part.bytes.size() < kPartBytes) {
            if (m_stop.stop_requested())
                return interrupted("reading was stopped");
            const int code = sqlite3_step(m_statement.get());
            m_isEnd = code == SQLITE_DONE;
            if (code == SQLITE_INTERRUPT)
                return interrupted("reading was stopped");
            if (m_isEnd)
                break;
            if (code != SQLITE_ROW)
                return errorOf(m_database.get(), m_file);
            for (std::size_t c = 0; c < m_columns; ++c) {
                if (m_isNeeded[c])
                    part.bytes += fieldOf(m_statement.get(), static_cast<int>(c), m_own);
                part.ends.push_back(part.bytes.size());
            }
            ++m_line;
        }
        m_progress.report({"import", m_line - 1, m_rows, "rows", {}});
        if (part.ends.empty())
            return false;
        ++m_next;
        return true;
    }

    std::filesystem::path m_file;
    Database m_database;
    Statement m_statement;
    std::size_t m_columns;
    std::vector<bool> m_isNeeded; // columns
    std::int64_t m_rows; // 0 = not known
    base::Progress& m_progress;
    std::stop_token m_stop;
    std::mutex m_mutex; // of what follows, and of the database
    std::int64_t m_next = 0; // part
    std::int64_t m_line = 1;
    bool m_isEnd = false;
    std::string m_own; // a field
};

Result<std::unique_ptr<RowSource>> rows(const StoreCall& call, base::Progress& progress)
{
    FOVEA_ASSIGN(auto database, open(call.file));
    FOVEA_ASSIGN(auto statement, prepare(database.get(), selection(call.table), call.file));
    const auto count = isQuery(call.table) ? 0 : rowsOf(database.get(), call.table, call.file);
    return std::unique_ptr<RowSource>(std::make_unique<SqliteRows>(
        call.file, std::move(database), std::move(statement), count, progress, call.stop));
}

} // namespace

extern const Store kSqlite;
const Store kSqlite{"sqlite", "SQLite database", recognise, tables, head, rows};

} // namespace fovea::data
