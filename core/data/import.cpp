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

// Nothing could be read: say why by the first problem rather than give an empty data set.
Error nothingLeft(const Problems& problems, const std::string& file)
{
    if (problems.list().empty())
        return badInput("no event is left", file, "Choose a file with one event a line");
    const auto& p = problems.list().front();
    Message where = file;
    if (p.firstColumn > 0)
        where = say("%1, line %2, column %3", file, p.firstLine, p.firstColumn);
    else if (p.firstLine > 0)
        where = say("%1, line %2", file, p.firstLine);
    const std::string example = p.example.empty() ? "" : " ('" + p.example + "')";
    return badInput(
        say("no event can be used: %1%2, %3 time(s)", term(p.kind), example,
            base::grouped(p.count)),
        std::move(where), "Choose other columns (--user, --item, --time, --value)");
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
            rows, layout,
            {options.roles, options.timeFormat,
             understood.format ? understood.format->noValue : std::nullopt, options.types,
             options.minValue, options.maxValue},
            {file.string(), scratchOf(options), threads}));
    auto problems = read.blocks->problems();
    if (source->replaced() > 0)
        problems.add(
            "bytes that mean nothing in the encoding", "replaced by a mark", 0, 0,
            head.encoding->title, source->replaced());
    if (read.blocks->eventCount() == 0)
        return nothingLeft(problems, file.string());
    FOVEA_ASSIGN(
        auto arranged,
        arrange(
            read, {options.minUserEvents, options.minItemEvents, threads}, problems, progress,
            stop));
    if (arranged.users.empty())
        return badInput(
            "no event is left after the filter", file.string(),
            "Lower the events that a user or an item must have (--min-user-events, "
            "--min-item-events)");
    auto about = describe(layout, read.roles);
    about["format"] = understood.shape->name;
    if (understood.format)
        about["known_as"] = understood.format->name;
    if (!options.types.empty())
        about["types"] = options.types;
    if (options.minValue)
        about["min_value"] = *options.minValue;
    if (options.maxValue)
        about["max_value"] = *options.maxValue;
    if (!read.timeFormat.empty())
        about["time_format"] = read.timeFormat;
    ItemsFile items;
    if (!options.itemsFile.empty()) {
        FOVEA_ASSIGN(items, readItemsFile(options.itemsFile, stop));
        about["items_file"] = items.source;
        problems.append(items.problems);
    }
    Imported result;
    const auto described = describeItems(arranged.items, items, problems);
    result.dataset =
        std::make_shared<const Dataset>(arranged.users, described, std::move(arranged.events));
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
    return result;
}

Status publish(
    const Imported& imported, io::StagedFolder& target, base::Progress& progress,
    std::stop_token stop)
{
    FOVEA_TRY(imported.dataset->save(
        target.path(), {{"source", imported.source}, {"problems", imported.problems.toJson()}},
        progress, std::move(stop)));
    return target.publish();
}

} // namespace fovea::data
