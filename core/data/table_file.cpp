#include "core/data/table_file.h"

#include "core/base/text.h"
#include "core/data/text_rows.h"
#include "core/data/unfold.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <initializer_list>
#include <mutex>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>

namespace fovea::data {

namespace {

Result<std::unique_ptr<RowSource>> openRows(
    const TableFile& table, base::Progress& progress, const io::Access& access)
{
    const auto& head = table.head;
    const auto& layout = table.understood.layout;
    if (head.store) {
        FOVEA_ASSIGN(auto rows, head.store->rows({head.file, head.table.table, access}, progress));
        return unfolded(std::move(rows), layout.unfolding);
    }
    FOVEA_ASSIGN(
        auto source,
        io::TextSource::open(head.file, *head.text.encoding, head.text.member, access));
    return unfolded(
        std::make_unique<TextRows>(
            std::move(source), *table.understood.shape, layout, progress, access.stop),
        layout.unfolding);
}

// Tables of several files as one: parts are numbered on, and lines too. A file is open while its
// rows are read: there may be more of them than a process may open.
class ChainedRows final : public RowSource {
public:
    ChainedRows(const std::vector<TableFile>& tables, base::Progress& progress, io::Access access)
        : m_tables(tables)
        , m_progress(progress)
        , m_access(std::move(access))
        , m_files(tables.size())
    { }

    std::unique_ptr<Worker> worker(const RowVisitor& visit, Problems& problems) override
    {
        return std::make_unique<ChainedWorker>(*this, visit, problems);
    }
    bool isInOrder() const override
    {
        return std::any_of(m_tables.begin(), m_tables.end(), [](const TableFile& table) {
            return table.understood.shape && table.understood.shape->isInOrder;
        });
    }
    void need(std::span<const int> columns) override
    {
        m_columns.assign(columns.begin(), columns.end());
    }
    std::int64_t replaced() const override { return m_replaced; }

private:
    struct File {
        std::shared_ptr<RowSource> rows; // while there are parts to give out
        std::int64_t parts = 0; // given out
        bool isDone = false;
    };

    class ChainedWorker final : public Worker {
    public:
        ChainedWorker(ChainedRows& chain, const RowVisitor& visit, Problems& problems)
            : m_chain(chain)
            , m_visit(visit)
            , m_problems(problems)
        { }

        Result<std::optional<std::int64_t>> next() override
        {
            // Held while a file gives out a part: its last is known once it has no more.
            const std::lock_guard lock(m_chain.m_mutex);
            for (; m_at < m_chain.m_files.size(); leave()) {
                auto& file = m_chain.m_files[m_at];
                if (file.isDone)
                    continue;
                if (!m_worker)
                    FOVEA_TRY(enter());
                FOVEA_ASSIGN(const auto part, m_worker->next());
                if (part) {
                    file.parts = std::max(file.parts, *part + 1);
                    return std::optional(m_before + *part);
                }
                m_chain.m_replaced += file.rows->replaced();
                file.isDone = true;
                file.rows.reset();
            }
            return std::optional<std::int64_t>();
        }

        void visit() override
        {
            m_own = {};
            m_worker->visit();
            m_problems.append(m_own, firstLine());
        }

    private:
        std::int64_t firstLine() const { return static_cast<std::int64_t>(m_at) * kLinesAFile; }

        Status enter()
        {
            auto& file = m_chain.m_files[m_at];
            if (!file.rows) {
                FOVEA_ASSIGN(
                    file.rows,
                    openRows(m_chain.m_tables[m_at], m_chain.m_progress, m_chain.m_access));
                if (!m_chain.m_columns.empty())
                    file.rows->need(m_chain.m_columns);
            }
            m_rows = file.rows;
            m_worker = m_rows->worker(
                [this](const Row& row) {
                    m_visit({row.line + firstLine(), row.fields, row.strayQuote});
                },
                m_own);
            return success();
        }
        void leave()
        {
            m_before += m_chain.m_files[m_at++].parts;
            m_worker.reset();
            m_rows.reset();
        }

        ChainedRows& m_chain;
        RowVisitor m_visit;
        Problems& m_problems;
        Problems m_own; // of the part
        std::size_t m_at = 0; // file
        std::int64_t m_before = 0; // parts of the files before it
        std::shared_ptr<RowSource> m_rows; // of that file
        std::unique_ptr<Worker> m_worker; // of those rows
    };

    const std::vector<TableFile>& m_tables;
    base::Progress& m_progress;
    io::Access m_access;
    std::vector<int> m_columns; // that are needed
    std::mutex m_mutex; // of what follows
    std::vector<File> m_files;
    std::int64_t m_replaced = 0; // bytes, in the files that are read
};

bool isNamed(const std::string& name, std::initializer_list<std::string_view> wanted)
{
    const auto lower = base::lower(name);
    return std::find(wanted.begin(), wanted.end(), lower) != wanted.end();
}

bool tellsOfFriends(const std::string& name)
{
    const auto lower = base::lower(name);
    return lower.starts_with("friend") || lower.starts_with("follow");
}

// A column of users beside others, who have a row each: tags have several. Friends are no table of
// users.
bool hasUsers(const Layout& layout)
{
    const auto& names = layout.names;
    const auto has = [&](std::initializer_list<std::string_view> wanted) {
        return std::any_of(
            names.begin(), names.end(), [&](const auto& name) { return isNamed(name, wanted); });
    };
    const bool tellsOfPeople = has({"gender", "sex", "age", "occupation"}) && !has({"title"});
    const auto column = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
        return isNameOf(Role::User, name) || (tellsOfPeople && isNamed(name, {"id", "#id"}));
    });
    const auto others = std::count_if(
        names.begin(), names.end(), [](const auto& name) { return !tellsOfFriends(name); });
    if (others < 2 || column == names.end())
        return false;
    const auto c = static_cast<std::size_t>(column - names.begin());
    std::set<std::string_view> ids;
    std::size_t rows = 0;
    for (const auto& row : layout.rows)
        if (c < row.size()) {
            ids.insert(row[c]);
            ++rows;
        }
    return 2 * ids.size() >= rows;
}

bool namesItems(const Layout& layout)
{
    return std::any_of(layout.names.begin(), layout.names.end(), [](const std::string& name) {
        return isNameOf(Role::Item, name) && !isNamed(name, {"id", "#id"});
    });
}

// Whether the first row is one of names: known ones, or some of the other's.
bool namesAny(const Layout& layout, const Layout& other)
{
    const auto& names = layout.names;
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return isColumnName(name)
            || std::find(other.names.begin(), other.names.end(), name) != other.names.end();
    });
}

// What people have instead of a table in text, known by its first bytes or by a name in its
// archive.
struct Foreign {
    std::string_view start;
    std::string_view member; // the beginning of its name
    Message what;
    Message remedy;
};

const Foreign* foreignKind(const io::Head& head)
{
    static const auto sheet = say("Save its sheet as CSV in UTF-8, and give that");
    static const auto table = say("Write the table as Parquet or CSV");
    static const auto dump = say("this is a dump of a database in SQL");
    static const auto database =
        say("Load it into SQLite and give that, or export the table as CSV");
    static const std::vector<Foreign> all = {
        {"%PDF-", {}, say("this is a PDF document"), say("Give the table itself, as CSV")},
        {"\xD0\xCF\x11\xE0", {}, say("this is an old workbook of Excel"), sheet},
        {"\x89HDF", {}, say("this is an HDF5 file"), table},
        {"\x80\x04\x95", {}, say("this is a pickle of Python"), table},
        {"-- MySQL dump", {}, dump, database},
        {"-- MariaDB dump", {}, dump, database},
        {"/*M!", {}, dump, database},
        {"-- phpMyAdmin", {}, dump, database},
        {"--\n-- PostgreSQL database dump", {}, dump, database},
        {"PRAGMA foreign_keys", {}, dump, database},
        {"CREATE TABLE", {}, dump, database},
        {"INSERT INTO", {}, dump, database},
        {{}, "xl/", say("this is a workbook of Excel"), sheet},
        {{}, "content.xml", say("this is a document of LibreOffice"), sheet},
    };
    const auto found = std::find_if(all.begin(), all.end(), [&](const Foreign& foreign) {
        return foreign.start.empty() ? head.member.starts_with(foreign.member)
                                     : head.start.starts_with(foreign.start);
    });
    return found == all.end() ? nullptr : &*found;
}

// An archive, or a compressed file.
bool isPacked(const io::Head& head)
{
    constexpr std::size_t kTar = 257; // where a tar says that it is one
    return head.start.starts_with("PK\x03\x04") || head.start.starts_with("\x1F\x8B")
        || head.start.starts_with("BZh")
        || head.start.starts_with("\xFD"
                                  "7zXZ")
        || head.start.starts_with("\x28\xB5\x2F\xFD")
        || std::string_view(head.text)
               .substr(std::min(kTar, head.text.size()))
               .starts_with("ustar");
}

// Nearly all rows have as many fields, which prose has not.
bool isRegular(const Layout& layout)
{
    const auto width = layout.width();
    const auto usual = std::count_if(layout.rows.begin(), layout.rows.end(), [&](const auto& row) {
        return row.size() == width;
    });
    return 10 * usual >= 9 * std::ssize(layout.rows) && layout.dialect.delimiter != " "
        && layout.dialect.delimiter != kBlanks;
}

} // namespace

Result<std::vector<io::Member>> choicesIn(
    const std::filesystem::path& file, const io::Access& access)
{
    const auto* store = storeOf(file);
    return store ? store->tables(file, access) : io::membersOf(file, access);
}

Result<Understanding> understand(const TableHead& head, const Reading& reading)
{
    if (!head.store) {
        auto understood = understand(head.text.text, head.file.string(), reading);
        if (understood && head.text.isCut && understood->shape == findShape("delimited"))
            return badInput(
                "its first line is longer than 256 KiB", head.file.string(),
                "Give a table with one event a line, and no more columns than it needs");
        return understood;
    }
    Understanding result;
    result.store = head.store;
    result.layout = head.table.layout;
    result.format = formatOf(result);
    if (reading.isOfEvents)
        unfold(result.layout);
    return result;
}

Result<std::vector<TableFile>> filesOfTable(
    const std::vector<std::filesystem::path>& files, const Reading& reading,
    const io::Encoding* encoding, const std::string& member, const io::Access& access,
    FileKind kind)
{
    std::vector<TableFile> tables;
    for (const auto& file : files) {
        TableFile next;
        FOVEA_ASSIGN(next.head, lookAt(file, encoding, member, access, kind));
        FOVEA_ASSIGN(next.understood, understand(next.head, reading));
        if (tables.empty()) {
            tables.push_back(std::move(next));
            continue;
        }
        const auto& wanted = tables.front().understood;
        auto& layout = next.understood.layout;
        const bool areRecords =
            wanted.shape && wanted.shape == next.understood.shape && wanted.shape->hasKeys;
        if (areRecords) {
            layout.names = wanted.layout.names;
        } else if (
            wanted.layout.dialect.header && layout.width() == wanted.layout.width()
            && !namesAny(layout, wanted.layout)) {
            auto bare = reading;
            bare.header = false;
            FOVEA_ASSIGN(next.understood, understand(next.head, bare));
            layout.names = wanted.layout.names;
        }
        if (shapeKey(next.understood) != shapeKey(wanted))
            return badInput(
                say("its columns are not those of %1", files.front().string()), file.string(),
                "Give the files of one table, its columns in one order, or import them one by one");
        layout.unfolding = wanted.layout.unfolding;
        tables.push_back(std::move(next));
    }
    return tables;
}

Result<std::unique_ptr<RowSource>> openRows(
    const std::vector<TableFile>& tables, base::Progress& progress, const io::Access& access)
{
    if (tables.size() == 1)
        return openRows(tables.front(), progress, access);
    return std::unique_ptr<RowSource>(std::make_unique<ChainedRows>(tables, progress, access));
}

io::Json describe(const TableFile& table, Roles roles)
{
    const auto& [head, understood] = table;
    auto about = describe(understood.layout, roles, head.store == nullptr);
    about["format"] = understood.name();
    if (understood.format)
        about["known_as"] = understood.format->name;
    about["file"] = head.file.filename().string();
    if (const auto place = io::placeOf(head.file); !place.member.empty())
        about["archive"] = place.file.filename().string();
    if (head.store) {
        if (!head.table.table.empty())
            about["table"] = head.table.table;
        return about;
    }
    about["encoding"] = head.text.encoding->name;
    about["compression"] = head.text.compression;
    if (!head.text.member.empty())
        about["member"] = head.text.member;
    return about;
}

Status readRows(RowSource& source, const RowVisitor& visit, Problems& problems)
{
    const auto worker = source.worker(visit, problems);
    while (true) {
        FOVEA_ASSIGN(const auto part, worker->next());
        if (!part)
            return success();
        worker->visit();
    }
}

namespace {

Result<Understanding> lookInto(const std::filesystem::path& file, const io::Access& access)
{
    FOVEA_ASSIGN(const auto head, lookAt(file, nullptr, {}, access));
    return understand(head);
}

Result<Roles> rolesIn(const Understanding& understood, const std::filesystem::path& file)
{
    const auto& layout = understood.layout;
    return eventRoles(layout.names, layout.rows, {}, file.string(), layout.unfolding.lists);
}

// `events` are its rolesIn().
FileKind kindOf(
    const Understanding& understood, const Result<Roles>& events, const std::string& where)
{
    const auto& layout = understood.layout;
    if (understood.format && understood.format->ofItems)
        return FileKind::Items;
    if (understood.format && understood.format->ofNeither)
        return FileKind::Unknown;
    if (!events && hasUsers(layout) && !namesItems(layout))
        return FileKind::Users;
    const auto items = itemRoles(layout.names, layout.rows, {}, where);
    // A title says items. Without names every table of three columns has one: then the events
    // have a time or a value.
    const bool hasTitle = items && items->title >= 0
        && (!layout.names.empty() || (layout.width() > 2 && isRegular(layout)));
    const bool hasEvents = events && (events->time >= 0 || events->value >= 0);
    if (hasTitle && !hasEvents)
        return FileKind::Items;
    if (!events && hasUsers(layout))
        return FileKind::Users;
    // Any text may have two columns without names.
    const bool isTold = hasEvents || !layout.names.empty() || understood.format || understood.store
        || understood.shape != findShape("delimited");
    return events && isTold ? FileKind::Events : FileKind::Unknown;
}

// How surely a file is one of events rather than another that has users and items, as tags. Two
// columns of numbers may be of anything.
int sureness(const Understanding& understood, const Result<Roles>& events)
{
    const bool isKnown = (understood.format && understood.layout.width() > 2) || understood.store
        || understood.shape != findShape("delimited");
    return events ? 4 * isKnown + 2 * (events->value >= 0) + (events->time >= 0) : -1;
}

// What files of one table have in common, named or not.
std::string formOf(Understanding understood, const Result<Roles>& events)
{
    auto& layout = understood.layout;
    if (understood.shape && understood.shape->hasKeys) { // of which others may be left out
        auto roles = events ? *events : Roles();
        std::vector<std::string> names;
        for (const Role role : kEventRoles)
            names.push_back(roles.of(role) < 0 ? "" : columnName(layout.names, roles.of(role)));
        layout.names = std::move(names);
        return shapeKey(understood);
    }
    layout.names = {std::to_string(layout.width())};
    return shapeKey(understood);
}

} // namespace

FileKind kindOf(const std::filesystem::path& file, const io::Access& access)
{
    const auto understood = lookInto(file, access);
    return understood ? kindOf(*understood, rolesIn(*understood, file), file.string())
                      : FileKind::Unknown;
}

namespace {

struct Candidate {
    std::filesystem::path path;
    std::uintmax_t bytes = 0;
};

struct ToldApart {
    FilesByKind files;
    bool areEvents = false; // or what may be
    bool isOrdered = false; // times, or names of columns, tell that they are one table
    std::optional<Error> damage; // of a file that cannot be read
};

// The same columns in another order, or some more.
bool sharesNames(std::vector<std::string> some, std::vector<std::string> others)
{
    std::sort(some.begin(), some.end());
    std::sort(others.begin(), others.end());
    return !some.empty() && !others.empty()
        && (std::includes(some.begin(), some.end(), others.begin(), others.end())
            || std::includes(others.begin(), others.end(), some.begin(), some.end()));
}

// u1.base beside u.data, X.train.csv beside X.csv, train.csv: what was trained and tested on.
bool isNamedAsPart(const std::filesystem::path& path)
{
    constexpr std::array<std::string_view, 7> kParts = {"base",       "train", "valid", "val",
                                                        "validation", "dev",   "test"};
    const auto name = base::lower(path.filename().string());
    const auto words = base::split(name, ".");
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return std::find(kParts.begin(), kParts.end(), word) != kParts.end();
    });
}

ToldApart tellApart(const std::vector<Candidate>& candidates, const io::Access& access)
{
    struct Looked {
        FileKind kind = FileKind::Unknown;
        std::string form; // empty where there is no table
        std::vector<std::string> names; // of its columns; may be empty
        const Format* format = nullptr;
        bool hasHeader = false; // or keys
        std::tuple<int, bool, std::uintmax_t> rank = {-1, false, 0}; // sureness, whole, size
        bool hasTimes = false;
        bool hasValues = false;
        bool isPart = false; // made of another table
    };
    ToldApart result;
    std::vector<Looked> all;
    Looked best; // what is most surely events, of several such the largest
    for (const auto& [path, bytes] : candidates) {
        Looked looked;
        looked.isPart = isNamedAsPart(path);
        if (auto understood = lookInto(path, access); understood) {
            const auto events = rolesIn(*understood, path);
            looked.kind = kindOf(*understood, events, path.string());
            looked.rank = {sureness(*understood, events), !looked.isPart, bytes};
            looked.format = understood->format;
            looked.hasTimes = events && events->time >= 0;
            looked.hasValues = events && events->value >= 0;
            const bool hasKeys = understood->shape && understood->shape->hasKeys;
            const bool isDelimited = understood->shape == findShape("delimited");
            looked.hasHeader =
                isDelimited ? understood->layout.dialect.header : understood->name() != "sequences";
            if (!hasKeys && looked.hasHeader)
                looked.names = understood->layout.names;
            looked.form = formOf(understood.take(), events);
        } else if (const auto head = io::headOf(path, nullptr, {}, access); bytes > 0 && !head) {
            result.damage = result.damage.value_or(head.error());
        }
        if (looked.kind == FileKind::Events && looked.rank > best.rank)
            best = looked;
        all.push_back(std::move(looked));
    }
    const bool areItemsKnown = std::any_of(all.begin(), all.end(), [](const Looked& looked) {
        return looked.kind == FileKind::Items && looked.format;
    });
    result.areEvents = !best.form.empty();
    for (std::size_t f = 0; f < candidates.size(); ++f) {
        const auto& looked = all[f];
        const bool isOther = areItemsKnown && looked.kind == FileKind::Items && !looked.format;
        const bool areBare = looked.names.empty() && best.names.empty();
        const bool goesOn = looked.form == best.form
            && (areBare ? looked.format == best.format
                        : looked.names.empty() || best.names.empty() || looked.names == best.names);
        // One with the columns in another order, or some more, is refused later, rather than left
        // out.
        const bool isLike = looked.hasTimes == best.hasTimes && looked.hasValues == best.hasValues
            && sharesNames(looked.names, best.names);
        const bool isCopy = looked.isPart && !best.isPart;
        // A table may go on in a file whose first rows do not tell what it is.
        const bool isEvents = !isCopy
            && ((looked.kind == FileKind::Events && (goesOn || isLike))
                || (looked.kind == FileKind::Unknown && (best.form.empty() || goesOn)));
        auto& list = isEvents                    ? result.files.events
            : isCopy && looked.form == best.form ? result.files.copies
            : isOther                            ? result.files.others
            : looked.kind == FileKind::Items     ? result.files.items
            : looked.kind == FileKind::Users     ? result.files.users
                                                 : result.files.others;
        list.push_back(candidates[f].path);
        result.isOrdered = result.isOrdered || (isEvents && (looked.hasTimes || looked.hasHeader));
    }
    return result;
}

// Of a folder or an archive, where nobody named the files.
Result<FilesByKind> withOneTable(ToldApart told, const std::filesystem::path& where)
{
    if (told.areEvents && !told.isOrdered && told.files.events.size() > 1)
        return badInput(
            say("%1 files hold events without times, and may be parts of one table or data sets of "
                "their own",
                told.files.events.size()),
            where.string(), "Give one of them, or the parts of one table in their order");
    if (told.areEvents && told.damage)
        return *told.damage;
    return std::move(told.files);
}

bool isHidden(const std::filesystem::path& path)
{
    const auto name = path.filename().string();
    return name.starts_with('.') || name.starts_with('_') || path.string().starts_with("__MACOSX");
}

bool isZip(const std::filesystem::path& file)
{
    char start[2] = {};
    std::ifstream(file, std::ios::binary).read(start, sizeof start);
    return std::string_view(start, sizeof start) == "PK";
}

// The table of a database that is most surely of events, of several such the largest; empty where
// none is.
std::string tableOfEvents(
    const Store& store, const std::filesystem::path& file, const io::Access& access)
{
    constexpr std::size_t kMost = 50;
    const auto tables = store.tables(file, access);
    if (!tables || tables->size() < 2 || tables->size() > kMost)
        return {};
    std::string best;
    std::pair<int, std::int64_t> highest = {-1, 0};
    for (const auto& table : *tables) {
        if (table.bytes == 0) // a view may work for long before its first row
            continue;
        auto head = store.head({file, table.name, access});
        if (!head)
            continue;
        const auto understood = understand(TableHead{file, {}, &store, head.take()});
        if (!understood)
            continue;
        const std::pair rank = {sureness(*understood, rolesIn(*understood, file)), table.bytes};
        if (rank.first >= 0 && rank > highest) {
            highest = rank;
            best = table.name;
        }
    }
    return best;
}

} // namespace

Result<TableHead> lookAt(
    const std::filesystem::path& file, const io::Encoding* encoding, const std::string& member,
    const io::Access& access, FileKind kind)
{
    TableHead head{file, {}, storeOf(file), {}};
    if (head.store) {
        const bool isOpen = member.empty() && kind == FileKind::Events;
        const auto table = isOpen ? tableOfEvents(*head.store, file, access) : member;
        FOVEA_ASSIGN(head.table, head.store->head({file, table, access}));
        return head;
    }
    auto chosen = member;
    std::size_t others = 0;
    if (const auto inside = member.empty() ? filesInside(file, access) : FilesByKind(); inside) {
        const auto& list = kind == FileKind::Items ? inside->items
            : kind == FileKind::Users              ? inside->users
                                                   : inside->events;
        if (!list.empty()) {
            chosen = io::placeOf(list.front()).member;
            others = inside->events.size() + inside->items.size() + inside->users.size()
                + inside->copies.size() + inside->others.size() - 1;
        }
    }
    FOVEA_ASSIGN(head.text, io::headOf(file, encoding, chosen, access));
    if (member.empty() && !chosen.empty())
        head.text.others = static_cast<std::int64_t>(others);
    if (const auto* foreign = foreignKind(head.text))
        return badInput(foreign->what, file.string(), foreign->remedy);
    if (!head.text.member.empty() && isPacked(head.text))
        return badInput(
            say("its member %1 is an archive or compressed itself", head.text.member),
            file.string(), "Unpack the outer one, and give what was in it");
    return head;
}

FilesByKind byKind(const std::vector<std::filesystem::path>& files, const io::Access& access)
{
    std::vector<Candidate> candidates;
    for (const auto& file : files) {
        std::error_code failed;
        const auto bytes = std::filesystem::file_size(file, failed);
        candidates.push_back({file, failed ? 0 : bytes});
    }
    return tellApart(candidates, access).files;
}

Result<FilesByKind> filesIn(const std::filesystem::path& folder, const io::Access& access)
{
    std::vector<Candidate> candidates;
    bool hasFolders = false;
    std::error_code failed;
    std::filesystem::directory_iterator entry(folder, failed);
    for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
        std::error_code unknown;
        hasFolders = hasFolders || entry->is_directory(unknown);
        if (entry->is_regular_file(unknown) && !isHidden(entry->path().filename()))
            candidates.push_back({entry->path(), entry->file_size(unknown)});
    }
    if (failed)
        return badInput(say("cannot list the folder: %1", failed.message()), folder.string());
    if (candidates.empty())
        return badInput(
            "the folder holds no file", folder.string(),
            hasFolders ? "Give one of the folders in it" : "");
    std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
        return a.path < b.path;
    });
    return withOneTable(tellApart(candidates, access), folder);
}

Result<FilesByKind> filesInside(const std::filesystem::path& archive, const io::Access& access)
{
    constexpr std::size_t kMost = 100;
    // In what is compressed as a whole each file is looked for from the beginning.
    constexpr std::uintmax_t kMostBytes = 256 << 20;
    constexpr auto kMostUnpacked = std::uintmax_t{4} << 30;
    if (storeOf(archive))
        return FilesByKind();
    FOVEA_ASSIGN(const auto members, io::membersOf(archive, access));
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(archive, failed);
    const auto unpacked = std::accumulate(
        members.begin(), members.end(), std::uintmax_t{0},
        [](std::uintmax_t sum, const io::Member& member) {
            return sum + static_cast<std::uintmax_t>(std::max<std::int64_t>(0, member.bytes));
        });
    if (members.size() < 2 || members.size() > kMost
        || (!isZip(archive)
            && (bytes * members.size() > kMostBytes || unpacked * members.size() > kMostUnpacked)))
        return FilesByKind();
    std::vector<Candidate> candidates;
    for (const auto& member : members) {
        if (!isHidden(member.name))
            candidates.push_back(
                {archive / member.name, static_cast<std::uintmax_t>(member.bytes)});
    }
    auto told = tellApart(candidates, access);
    return told.areEvents ? withOneTable(std::move(told), archive) : FilesByKind();
}

} // namespace fovea::data
