#include "core/data/import.h"

#include "core/base/text.h"
#include "core/data/event_readers.h"
#include "core/data/items_file.h"

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

Result<const Shape*> shapeOf(const ImportOptions& options, std::string_view head)
{
    if (options.dialect)
        return findShape("delimited");
    if (options.format == "auto")
        return &recognised(head);
    const auto* shape = findShape(options.format);
    return shape ? Result<const Shape*>(shape) : wrongUse(say("no format '%1'", options.format));
}

Result<ReadEvents> readEvents(
    const ImportOptions& options, std::string_view head, io::TextSource& source,
    base::Progress& progress, const std::stop_token& stop)
{
    const auto where = options.file.string();
    if (head.find('\0') != std::string_view::npos)
        return badInput(
            "this is not text: it holds zero bytes", where,
            "Give a text file with one event a line");
    FOVEA_ASSIGN(const auto* shape, shapeOf(options, head));
    auto dialect = options.dialect;
    if (options.header && !dialect && shape->name == "delimited") {
        FOVEA_ASSIGN(dialect, sniffDialect(head, where));
    }
    if (options.header && dialect)
        dialect->header = *options.header;
    FOVEA_ASSIGN(
        const auto layout, dialect ? layoutOf(head, where, dialect) : shape->layOut(head, where));
    return readEvents(source, *shape, layout, {options.roles, options.timeFormat}, progress, stop);
}

} // namespace

Result<Imported> importFile(
    const ImportOptions& options, base::Progress& progress, std::stop_token stop)
{
    const auto& file = options.file;
    FOVEA_ASSIGN(const auto head, io::headOf(file, options.encoding, options.member));
    FOVEA_ASSIGN(const auto source, io::TextSource::open(file, *head.encoding, head.member));
    FOVEA_ASSIGN(auto read, readEvents(options, head.text, *source, progress, stop));
    if (source->replaced() > 0)
        read.problems.add(
            "bytes that mean nothing in the encoding", "replaced by a mark", 0, 0,
            head.encoding->title, source->replaced());
    if (read.events.users.empty())
        return nothingLeft(read.problems, file.string());
    const auto stopped = [&]() -> Status {
        if (stop.stop_requested())
            return interrupted("stopped");
        return success();
    };
    FOVEA_TRY(stopped());
    dropDuplicates(read.events, read.problems);
    FOVEA_TRY(stopped());
    const auto kept = filtered(
        std::move(read.events), options.minUserEvents, options.minItemEvents, read.problems);
    if (kept.users.empty())
        return badInput(
            "no event is left after the filter", file.string(),
            "Lower the events that a user or an item must have (--min-user-events, "
            "--min-item-events)");
    FOVEA_TRY(stopped());
    ItemsFile items;
    if (!options.itemsFile.empty()) {
        FOVEA_ASSIGN(items, readItemsFile(options.itemsFile, stop));
        read.source["items_file"] = items.source;
        read.problems.append(items.problems);
    }
    FOVEA_TRY(stopped());
    Imported result;
    result.dataset =
        toDataset(kept, describeItems(kept.itemIds, items, read.problems), read.problems);
    result.problems = std::move(read.problems);
    result.rows = read.rows;
    result.source = std::move(read.source);
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
