#include "core/data/import.h"

#include "core/base/os.h"
#include "core/base/text.h"
#include "core/data/arrange.h"
#include "core/data/side_file.h"
#include "core/data/table_file.h"
#include "core/data/time_formats.h"
#include "core/data/unfold.h"

#include <nlohmann/json.hpp>

namespace fovea::data {

namespace {

// Where a problem was met first. What is no text has rows.
struct Place {
    std::string file;
    bool hasLines = true;
    Message operator()(const Problem& p) const
    {
        const auto& in = p.file.empty() ? file : p.file;
        if (p.firstLine == 0)
            return in;
        if (p.firstColumn > 0)
            return hasLines ? say("%1, line %2, column %3", in, p.firstLine, p.firstColumn)
                            : say("%1, row %2, column %3", in, p.firstLine, p.firstColumn);
        return hasLines ? say("%1, line %2", in, p.firstLine) : say("%1, row %2", in, p.firstLine);
    }
};

// Nothing could be read: say why by the first problem rather than give an empty data set.
Error nothingLeft(const Problems& problems, const Place& place, bool isFormatChosen)
{
    if (problems.list().empty())
        return badInput("no event is left", place.file, "Choose a file with one event a line");
    const auto& p = problems.list().front();
    const std::string example = p.example.empty() ? "" : " ('" + p.example + "')";
    const auto* remedy = "Choose other columns (--user, --item, --time, --value)";
    if (p.effect == kLeftOutAsChosen)
        remedy = "Choose more (--types, --min-value, --max-value, --from, --before)";
    else if (p.kind == kWrongTime)
        remedy = "Say how times are written (--time-format), or that there are none (--time none)";
    else if (isFormatChosen)
        remedy = "Choose another format (--format)";
    return badInput(
        say("no event can be used: %1%2, %3 time(s)", term(p.kind), example,
            base::grouped(p.count)),
        place(p), remedy);
}

// Where a person said that a kind of problem is to end the import.
Status noReasonToStop(const Problems& problems, const Deals& deals, const Place& place)
{
    const auto dealWith = [&](const Problem& p) {
        if (p.kind == kMissingId)
            return deals.missingId;
        if (p.kind == kMissingTime)
            return deals.missingTime;
        if (p.kind == kMissingValue)
            return deals.missingValue;
        if (p.kind == kBelow || p.kind == kAbove)
            return deals.outside;
        if (p.kind == kOddTime)
            return deals.oddTimes;
        if (p.kind == kSwapped)
            return deals.swapped;
        if (p.kind == kDuplicate)
            return deals.duplicates;
        return p.effect == kRowLeftOut ? deals.badRows : std::string();
    };
    for (const auto& p : problems.list()) {
        if (dealWith(p) != "stop")
            continue;
        return badInput(
            say("%1, %2 time(s), and the recipe says to stop at that", term(p.kind),
                base::grouped(p.count)),
            place(p), "Mend the file, or choose what else is to be done (--on)");
    }
    return success();
}

// A user's column whose name is an item's, and the other way round.
void tellSwappedNames(Roles roles, const std::vector<std::string>& names, Problems& problems)
{
    const auto user = columnName(names, roles.user);
    const auto item = columnName(names, roles.item);
    if (isNameOf(Role::Item, user) && isNameOf(Role::User, item))
        problems.add(kSwapped, "read as chosen", 0, 0, user);
}

// Likewise, of what the whole shows.
Status noReasonToStop(const Report& report, const Deals& deals, const std::string& where)
{
    if (deals.ties == "stop" && report.ties > 0)
        return badInput(
            say("%1 events share their user and time with the one before, and the recipe says to "
                "stop at that",
                base::grouped(report.ties)),
            where, "Give finer times, or choose what else is to be done (--on)");
    if (deals.bots == "stop" && report.bots > 0)
        return badInput(
            say("users with very many events: %1, and the recipe says to stop at that",
                base::grouped(report.bots)),
            where, "Choose what else is to be done (--on)");
    if (deals.swapped == "stop" && report.looksSwapped)
        return badInput(
            "the users' ids look like those of articles, and the recipe says to stop at that",
            where, "Choose the columns the other way round, or what else is to be done (--on)");
    return success();
}

std::vector<std::filesystem::path> together(
    const std::filesystem::path& first, std::vector<std::filesystem::path> more)
{
    more.insert(more.begin(), first);
    return more;
}

std::vector<std::string> namesOf(const std::vector<TableFile>& tables)
{
    std::vector<std::string> names;
    for (const auto& table : tables)
        names.push_back(table.head.file.filename().string());
    return names;
}

// How long, how much of a file and how much memory.
struct Bounds {
    io::Access access;
    MemoryBudget memory;

    Bounds(const ImportOptions& options, std::stop_token stop)
        : access(std::move(stop))
        , memory(options.mostMemory)
    {
        access.mostUnpacked = options.mostUnpacked;
        access.mostMemory = memory.most();
    }
};

struct Sides {
    std::vector<Item> items;
    Attributes attributes;
};

// What columns of the events themselves tell of the items; what is wrong in their rows was counted
// when they were read.
Result<Told> itemsOfEvents(
    const ImportOptions& options, const Layout& layout, Roles roles, const Arranged& arranged,
    std::size_t known, Bounds& bounds)
{
    if (!options.itemsFile.empty())
        return wrongUse(
            "items are told of in a file of items or in the events, not in both",
            options.itemsFile.string(), "Leave out one of them");
    SideReading reading;
    reading.reading = {options.format, options.dialect, layout.dialect.header, options.delimiter};
    reading.encoding = options.encoding;
    reading.member = options.member;
    reading.attributes = options.aboutItems;
    for (const Role role : {Role::Item, Role::Title, Role::Category}) {
        const int column = roles.of(role);
        reading.roles.push_back({role, column < 0 ? "" : columnName(layout.names, column)});
    }
    return readSideFile(
        Side::Items, together(options.file, options.more), arranged.items, known, reading,
        bounds.access, bounds.memory);
}

// What the files beside the events say of its items and users.
Result<Sides> readSides(
    const ImportOptions& options, const Layout& layout, Roles roles, const Arranged& arranged,
    io::Json& about, Problems& problems, Bounds& bounds)
{
    const auto* before = options.before.get();
    if (!options.vectorsFile.empty() && options.itemsFile.empty())
        return wrongUse(
            "vectors of items need the items file whose rows they are", {}, "Add --items FILE");
    const auto knownItems = static_cast<std::size_t>(before ? before->itemCount() : 0);
    const auto knownUsers = static_cast<std::size_t>(before ? before->userCount() : 0);
    Told items;
    Told users;
    if (roles.title >= 0 || roles.category >= 0 || !options.aboutItems.empty()) {
        FOVEA_ASSIGN(items, itemsOfEvents(options, layout, roles, arranged, knownItems, bounds));
    } else if (!options.itemsFile.empty()) {
        FOVEA_ASSIGN(const auto reading, sideReadingFrom(Side::Items, options.itemsAs));
        FOVEA_ASSIGN(
            items,
            readSideFile(
                Side::Items, together(options.itemsFile, options.moreItems), arranged.items,
                knownItems, reading, bounds.access, bounds.memory));
        about["items_file"] = items.source;
        problems.append(items.problems);
    }
    if (!options.vectorsFile.empty()) {
        FOVEA_TRY(addVectors(items, options.vectorsFile, bounds.memory, bounds.access.stop));
        about["vectors_file"] = options.vectorsFile.filename().string();
    }
    if (!options.usersFile.empty()) {
        FOVEA_ASSIGN(const auto reading, sideReadingFrom(Side::Users, options.usersAs));
        FOVEA_ASSIGN(
            users,
            readSideFile(
                Side::Users, {options.usersFile}, arranged.users, knownUsers, reading,
                bounds.access, bounds.memory));
        about["users_file"] = users.source;
        problems.append(users.problems);
    }
    Sides sides;
    sides.items = describeItems(arranged.items, items, before);
    sides.attributes = Attributes(
        attributesOf(Side::Users, std::move(users.attributes), arranged.users.size(), before),
        attributesOf(Side::Items, std::move(items.attributes), arranged.items.size(), before));
    return sides;
}

// Where the first rows do not tell the order of day and month, the whole file does: the order that
// loses fewer rows is taken, and is no longer open.
Result<ReadEvents> readAll(
    const std::vector<TableFile>& tables, const Recipe& recipe, const ReadingCall& call,
    base::Progress& progress)
{
    const auto& understood = tables.front().understood;
    const auto readWith = [&](const Recipe& choices) -> Result<ReadEvents> {
        FOVEA_ASSIGN(const auto rows, openRows(tables, progress, call.access));
        FOVEA_ASSIGN(
            auto read,
            readEvents(
                *rows, understood.layout, choices,
                understood.format ? understood.format->noValue : std::nullopt, call));
        read.replaced = rows->replaced();
        return read;
    };
    const auto wrongTimes = [](const ReadEvents& read) {
        for (const auto& p : read.blocks->problems().list()) {
            if (p.kind == kWrongTime)
                return p.count;
        }
        return std::int64_t{0};
    };
    FOVEA_ASSIGN(auto read, readWith(recipe));
    if (read.otherTimeFormat.empty())
        return read;
    auto other = recipe;
    other.timeFormat = read.otherTimeFormat;
    FOVEA_ASSIGN(auto again, readWith(other));
    const bool isBetter = wrongTimes(again) < wrongTimes(read);
    auto& better = isBetter ? again : read;
    call.memory.giveBack((isBetter ? read : again).memory);
    if (wrongTimes(again) == wrongTimes(read))
        return read;
    better.whyTime = better.timeFormat == "day-first" ? say("first numbers are over 12")
                                                      : say("second numbers are over 12");
    better.otherTimeFormat.clear();
    return std::move(better);
}

// Where the first of the times that could not be read is written in another of the notations.
void tellSecondNotation(Problems& problems)
{
    const auto list = problems.list();
    for (const auto& p : list) {
        if (p.kind != kWrongTime)
            continue;
        for (const auto& format : timeFormats()) {
            if (!format.read(base::trim(p.example)))
                continue;
            problems.add(
                "a time in another notation than the others", std::string(format.name), p.firstLine,
                p.firstColumn, p.example);
            return;
        }
    }
}

std::filesystem::path scratchOf(const ImportOptions& options)
{
    std::error_code ignored;
    return options.scratch.empty() ? std::filesystem::temp_directory_path(ignored)
                                   : options.scratch;
}

} // namespace

namespace {

Result<Imported> importWithin(
    Bounds& bounds, const ImportOptions& options, base::Progress& progress)
{
    const auto& stop = bounds.access.stop;
    FOVEA_ASSIGN(
        const auto tables,
        filesOfTable(
            together(options.file, options.more),
            {options.format, options.dialect, options.header, options.delimiter}, options.encoding,
            options.member, bounds.access));
    const auto& [head, understood] = tables.front();
    const auto& layout = understood.layout;
    const auto& inside = head.store ? head.table.table : head.text.member;
    const bool isTold = inside.empty() || !io::placeOf(options.file).member.empty();
    const auto where = options.file.string() + (isTold ? "" : ": " + inside);
    const Place place{where, head.store == nullptr};
    const int threads = options.threads > 0 ? options.threads : base::coreCount();
    FOVEA_ASSIGN(
        auto read,
        readAll(
            tables, options,
            {where, scratchOf(options), threads, options.before.get(), bounds.access,
             bounds.memory},
            progress));
    auto problems = read.blocks->problems();
    if (read.replaced > 0)
        problems.add(
            "bytes that mean nothing in the encoding", "replaced by a mark", 0, 0,
            head.text.encoding->title, read.replaced);
    if (head.text.others > 0)
        problems.add(
            "a file of the archive that is not read", "another is", 0, 0, head.text.member,
            head.text.others);
    if (understood.format && !understood.format->note.empty())
        problems.add(
            std::string(understood.format->note), "kept", 0, 0, {},
            static_cast<std::int64_t>(read.blocks->eventCount()));
    if (!read.otherTimeFormat.empty())
        problems.add(
            "day and month can be told apart in no row", read.timeFormat, 0, 0, {},
            static_cast<std::int64_t>(read.blocks->eventCount()));
    tellSecondNotation(problems);
    for (const auto& type : read.unseenTypes)
        problems.add("a type that was named and no row has", "of no effect", 0, 0, type);
    if (layout.unfolding.clock >= 0 && layout.unfolding.moment < 0)
        problems.add(
            "times of day that no date is found for", "not used", 0, layout.unfolding.clock + 1,
            columnName(layout.names, layout.unfolding.clock));
    tellSwappedNames(read.roles, layout.names, problems);
    const auto placed = [&] {
        auto copy = problems;
        if (tables.size() > 1)
            copy.tellFiles(namesOf(tables), kLinesAFile);
        return copy;
    };
    FOVEA_TRY(noReasonToStop(placed(), options.deals, place));
    const auto eventsBefore = options.before ? options.before->eventCount() : 0;
    if (static_cast<std::int64_t>(read.blocks->eventCount()) == eventsBefore)
        return nothingLeft(
            placed(), place, options.format != "auto" && options.format != "delimited");
    ArrangeCall call{options.minUserEvents, options.minItemEvents, options.deals, threads};
    if (understood.shape && !understood.shape->earlierType.empty())
        call.earlierKind = kindOfType(understood.shape->earlierType);
    if (options.before) {
        call.minUserEvents = call.minItemEvents = 1;
        call.deals.bots = "keep";
    }
    FOVEA_ASSIGN(auto arranged, arrange(read, call, bounds.memory, problems, progress, stop));
    problems = placed();
    FOVEA_TRY(noReasonToStop(problems, options.deals, place));
    read.users = {}; // the data set has them, too
    read.items = {};
    if (arranged.users.empty())
        return badInput(
            "no event is left after the filter", where,
            "Lower the events that a user or an item must have (--min-user-events, "
            "--min-item-events)");
    Imported result;
    result.source = describe(tables.front(), read.roles);
    if (tables.size() > 1)
        result.source["files"] = namesOf(tables);
    if (!read.timeFormat.empty())
        result.source["time_format"] = read.timeFormat;
    FOVEA_ASSIGN(
        const auto sides,
        readSides(options, layout, read.roles, arranged, result.source, problems, bounds));
    result.dataset = std::make_shared<const Dataset>(
        arranged.users, sides.items, std::move(arranged.events), sides.attributes);
    result.report = reportOf(*result.dataset, stop);
    if (stop.stop_requested())
        return interrupted("the import was stopped");
    FOVEA_TRY(noReasonToStop(result.report, options.deals, where));
    result.problems = std::move(problems);
    result.rows = read.blocks->rows();
    result.source["rows"] = result.rows;
    result.source["min_user_events"] = options.minUserEvents;
    result.source["min_item_events"] = options.minItemEvents;
    result.recipe = options;
    result.reasons =
        reasonsOf(read.roles, layout.names, options.roles, understood.format != nullptr);
    tellUnfolded(layout, result.reasons);
    if (options.format == "auto" && !options.dialect && options.delimiter.empty())
        result.whyFormat = whyFormat(understood);
    result.whyEncoding = head.text.whyEncoding;
    result.whyTime = read.whyTime;
    result.names = layout.names;
    constexpr std::ptrdiff_t kShown = 5;
    const auto shown = std::min<std::ptrdiff_t>(kShown, std::ssize(layout.rows));
    result.firstRows.assign(layout.rows.begin(), layout.rows.begin() + shown);
    return result;
}

} // namespace

Result<Imported> importFile(
    const ImportOptions& options, base::Progress& progress, std::stop_token stop)
{
    Bounds bounds(options, std::move(stop));
    auto imported = importWithin(bounds, options, progress);
    if (imported || imported.error().what.pattern != kNeedsMemory)
        return imported;
    auto error = imported.error();
    error.where = options.file.string();
    return error;
}

Status publish(
    const Imported& imported, io::StagedFolder& target, base::Progress& progress,
    std::stop_token stop)
{
    FOVEA_TRY(imported.dataset->save(
        target.path(), {{"source", imported.source}, {"problems", imported.problems.toJson()}},
        progress, std::move(stop)));
    FOVEA_TRY(io::writeJson(target.path() / "recipe.json", toJson(imported.recipe)));
    return target.publish();
}

} // namespace fovea::data
