#include "core/data/import.h"

#include "core/base/os.h"
#include "core/base/text.h"
#include "core/data/arrange.h"
#include "core/data/formats.h"
#include "core/data/items_file.h"
#include "core/data/text_rows.h"

#include <nlohmann/json.hpp>

namespace fovea::data {

namespace {

Message placeOf(const Problem& p, const std::string& file)
{
    if (p.firstColumn > 0)
        return say("%1, line %2, column %3", file, p.firstLine, p.firstColumn);
    return p.firstLine > 0 ? say("%1, line %2", file, p.firstLine) : Message(file);
}

// Nothing could be read: say why by the first problem rather than give an empty data set.
Error nothingLeft(const Problems& problems, const std::string& file)
{
    if (problems.list().empty())
        return badInput("no event is left", file, "Choose a file with one event a line");
    const auto& p = problems.list().front();
    const std::string example = p.example.empty() ? "" : " ('" + p.example + "')";
    return badInput(
        say("no event can be used: %1%2, %3 time(s)", term(p.kind), example,
            base::grouped(p.count)),
        placeOf(p, file), "Choose other columns (--user, --item, --time, --value)");
}

// Where a person said that a kind of problem is to end the import.
Status noReasonToStop(const Problems& problems, const Deals& deals, const std::string& file)
{
    const auto dealWith = [&](const Problem& p) {
        if (p.kind == kMissingTime)
            return deals.missingTime;
        if (p.kind == kMissingValue)
            return deals.missingValue;
        if (p.kind == kBelow || p.kind == kAbove)
            return deals.outside;
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
            placeOf(p, file), "Mend the file, or choose what else is to be done (--on)");
    }
    return success();
}

// A user's column whose name is an item's, and the other way round.
void tellSwappedNames(Roles roles, const std::vector<std::string>& names, Problems& problems)
{
    const auto user = columnName(names, roles.user);
    const auto item = columnName(names, roles.item);
    if (isNameOf(Role::Item, user) && isNameOf(Role::User, item))
        problems.add("the columns of user and item look swapped", "read as chosen", 0, 0, user);
}

std::filesystem::path scratchOf(const ImportOptions& options)
{
    std::error_code ignored;
    return options.scratch.empty() ? std::filesystem::temp_directory_path(ignored)
                                   : options.scratch;
}

} // namespace

Result<Imported> importFile(
    const ImportOptions& options, base::Progress& progress, std::stop_token stop)
{
    const auto& file = options.file;
    FOVEA_ASSIGN(const auto head, io::headOf(file, options.encoding, options.member));
    FOVEA_ASSIGN(const auto source, io::TextSource::open(file, *head.encoding, head.member));
    FOVEA_ASSIGN(
        const auto understood,
        understand(head.text, file.string(), {options.format, options.dialect, options.header}));
    const auto& layout = understood.layout;
    const int threads = options.threads > 0 ? options.threads : base::coreCount();
    TextRows rows(*source, *understood.shape, layout, progress, stop);
    FOVEA_ASSIGN(
        auto read,
        readEvents(
            rows, layout, options, understood.format ? understood.format->noValue : std::nullopt,
            {file.string(), scratchOf(options), threads, options.before.get()}));
    auto problems = read.blocks->problems();
    if (source->replaced() > 0)
        problems.add(
            "bytes that mean nothing in the encoding", "replaced by a mark", 0, 0,
            head.encoding->title, source->replaced());
    tellSwappedNames(read.roles, layout.names, problems);
    FOVEA_TRY(noReasonToStop(problems, options.deals, file.string()));
    const auto eventsBefore = options.before ? options.before->eventCount() : 0;
    if (static_cast<std::int64_t>(read.blocks->eventCount()) == eventsBefore)
        return nothingLeft(problems, file.string());
    ArrangeCall call{options.minUserEvents, options.minItemEvents, options.deals, threads};
    if (options.before) {
        call.minUserEvents = call.minItemEvents = 1;
        call.deals.bots = "keep";
    }
    FOVEA_ASSIGN(auto arranged, arrange(read, call, problems, progress, stop));
    FOVEA_TRY(noReasonToStop(problems, options.deals, file.string()));
    if (arranged.users.empty())
        return badInput(
            "no event is left after the filter", file.string(),
            "Lower the events that a user or an item must have (--min-user-events, "
            "--min-item-events)");
    auto about = describe(layout, read.roles);
    about["format"] = understood.shape->name;
    if (understood.format)
        about["known_as"] = understood.format->name;
    if (!read.timeFormat.empty())
        about["time_format"] = read.timeFormat;
    ItemsFile items;
    if (!options.itemsFile.empty()) {
        FOVEA_ASSIGN(items, readItemsFile(options.itemsFile, stop));
        about["items_file"] = items.source;
        problems.append(items.problems);
    }
    Imported result;
    const auto described = describeItems(arranged.items, items, options.before.get(), problems);
    result.dataset =
        std::make_shared<const Dataset>(arranged.users, described, std::move(arranged.events));
    result.report = reportOf(*result.dataset);
    result.problems = std::move(problems);
    result.rows = read.blocks->rows();
    result.source = std::move(about);
    result.source["file"] = file.filename().string();
    result.source["encoding"] = head.encoding->name;
    result.source["compression"] = head.compression;
    if (!head.member.empty())
        result.source["member"] = head.member;
    result.source["rows"] = result.rows;
    result.source["min_user_events"] = options.minUserEvents;
    result.source["min_item_events"] = options.minItemEvents;
    result.recipe = options;
    result.reasons =
        reasonsOf(read.roles, layout.names, options.roles, understood.format != nullptr);
    result.whyEncoding = head.whyEncoding;
    result.names = layout.names;
    constexpr std::ptrdiff_t kShown = 5;
    const auto shown = std::min<std::ptrdiff_t>(kShown, std::ssize(layout.rows));
    result.firstRows.assign(layout.rows.begin(), layout.rows.begin() + shown);
    return result;
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
