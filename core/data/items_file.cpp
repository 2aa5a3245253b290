#include "core/data/items_file.h"

#include "core/data/text_rows.h"

namespace fovea::data {

namespace {

std::string fieldOf(const Row& row, int column, Problems& problems)
{
    const bool there = column >= 0 && static_cast<std::size_t>(column) < row.fields.size();
    std::string own;
    return there ? std::string(textOf(
               row.fields[static_cast<std::size_t>(column)], row, column, problems, own))
                 : std::string();
}

} // namespace

Result<ItemsFile> readItemsFile(const std::filesystem::path& file, std::stop_token stop)
{
    ItemsFile result;
    FOVEA_ASSIGN(const auto head, io::headOf(file));
    const auto& shape = recognised(head.text);
    FOVEA_ASSIGN(const auto layout, shape.layOut(head.text, file.string()));
    FOVEA_ASSIGN(const auto roles, itemRoles(layout.names, layout.rows, {}, file.string()));
    Problems problems;
    base::Silent silent;
    FOVEA_ASSIGN(const auto source, io::TextSource::open(file, *head.encoding));
    TextRows rows(*source, shape, layout, silent, stop);
    const auto take = [&](const Row& row) {
        if (row.strayQuote)
            problems.add(
                "a quote that encloses no whole field", "kept, read as it stands", row.line);
        const auto id = fieldOf(row, roles.item, problems);
        const auto title = fieldOf(row, roles.title, problems);
        const bool isNew =
            result.items
                .try_emplace(
                    id,
                    Item{id, title.empty() ? id : title, fieldOf(row, roles.category, problems)})
                .second;
        if (!isNew)
            problems.add("item given twice", "the first row counts", row.line, 0, id);
    };
    FOVEA_TRY(readRows(rows, take, problems));
    for (const auto& p : problems.list())
        result.problems.add(
            "items file: " + p.kind, p.effect, p.firstLine, p.firstColumn, p.example, p.count);
    result.source = describe(layout, roles);
    result.source["name"] = file.filename().string();
    return result;
}

std::vector<Item> describeItems(
    const std::vector<std::string>& ids, const ItemsFile& file, Problems& problems)
{
    std::vector<Item> items = {{"[PAD]", "", ""}};
    std::int64_t unmatched = 0;
    for (const auto& id : ids) {
        const auto found = file.items.find(id);
        unmatched += !file.items.empty() && found == file.items.end();
        items.push_back(found == file.items.end() ? Item{id, id, ""} : found->second);
    }
    problems.add("item not in the items file", "kept, its id is its title", 0, 0, {}, unmatched);
    return items;
}

} // namespace fovea::data
