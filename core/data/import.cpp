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
        return badInput("no event is left", file);
    const auto& p = problems.list().front();
    std::string where = file;
    if (p.firstLine > 0)
        where += ", line " + std::to_string(p.firstLine);
    if (p.firstColumn > 0)
        where += ", column " + std::to_string(p.firstColumn);
    const std::string example = p.example.empty() ? "" : " ('" + p.example + "')";
    return badInput(
        "no event can be used: " + p.kind + example + ", " + base::grouped(p.count) + " time(s)",
        where, "Check the columns: fovea inspect FILE shows how the file was understood");
}

} // namespace

Result<Imported> importFile(
    const ImportOptions& options, base::Progress& progress, std::stop_token stop)
{
    const auto& file = options.file;
    FOVEA_ASSIGN(const auto head, headOf(file));
    const bool sequences = options.format == "sequences"
        || (options.format == "auto" && options.roles.empty() && looksLikeSequences(head));
    FOVEA_ASSIGN(
        auto read,
        sequences ? readSequences(file, progress, stop)
                  : readDelimitedEvents(file, head, options.roles, progress, stop));
    if (read.events.users.empty())
        return nothingLeft(read.problems, file.string());
    dropDuplicates(read.events, read.problems);
    const auto kept = filtered(
        std::move(read.events), options.minUserEvents, options.minItemEvents, read.problems);
    if (kept.users.empty())
        return badInput(
            "no event is left after the filter", file.string(),
            "Lower --min-user-events or --min-item-events");
    ItemsFile items;
    if (!options.itemsFile.empty()) {
        FOVEA_ASSIGN(items, readItemsFile(options.itemsFile, stop));
        read.source["items_file"] = items.source;
        read.problems.append(items.problems);
    }
    Imported result;
    result.dataset =
        toDataset(kept, describeItems(kept.itemIds, items, read.problems), read.problems);
    result.problems = std::move(read.problems);
    result.rows = read.rows;
    result.source = std::move(read.source);
    result.source["file"] = file.filename().string();
    result.source["rows"] = result.rows;
    result.source["min_user_events"] = options.minUserEvents;
    result.source["min_item_events"] = options.minItemEvents;
    return result;
}

} // namespace fovea::data
