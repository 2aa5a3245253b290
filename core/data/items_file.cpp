#include "core/data/items_file.h"

#include "core/base/text.h"
#include "core/data/formats.h"
#include "core/data/text_rows.h"

namespace fovea::data {

namespace {

std::string fieldOf(const Row& row, int column, Problems& problems)
{
    const bool there = column >= 0 && static_cast<std::size_t>(column) < row.fields.size();
    std::string own;
    return there ? std::string(
               textOf(row.fields[static_cast<std::size_t>(column)], row, column, problems, own))
                 : std::string();
}

// The row with its last column up to the end of the line. Fields that are not quoted lie one behind
// the other.
Row withRest(const Row& row, std::size_t columns, std::vector<std::string_view>& fields)
{
    if (row.fields.size() <= columns)
        return row;
    fields.assign(row.fields.begin(), row.fields.begin() + static_cast<std::ptrdiff_t>(columns));
    const auto end = row.fields.back();
    auto& last = fields.back();
    last = {last.data(), static_cast<std::size_t>(end.data() + end.size() - last.data())};
    return {row.line, fields, row.strayQuote};
}

// The names of the columns that hold 1.
std::string flagged(const Row& row, const std::vector<std::string>& names, int first)
{
    std::string text;
    for (auto c = static_cast<std::size_t>(first); c < std::min(names.size(), row.fields.size());
         ++c) {
        if (row.fields[c] == "1")
            text += (text.empty() ? "" : "|") + names[c];
    }
    return text;
}

// Several categories as "one|two", whether they are written so or as a list; none where the text
// says that there are none.
std::string categories(std::string text)
{
    if (text == "(no genres listed)")
        return {};
    if (text.size() < 2 || text.front() != '[' || text.back() != ']')
        return text;
    std::string all;
    for (auto part : base::split(std::string_view(text).substr(1, text.size() - 2), ",")) {
        part = base::trim(part);
        if (part.starts_with('u') && part.size() > 1 && (part[1] == '\'' || part[1] == '"'))
            part.remove_prefix(1);
        if (part.size() > 1 && (part.front() == '\'' || part.front() == '"')
            && part.back() == part.front())
            part = part.substr(1, part.size() - 2);
        if (!part.empty())
            all += (all.empty() ? "" : "|") + std::string(part);
    }
    return all;
}

} // namespace

Result<ItemsFile> readItemsFile(const std::filesystem::path& file, std::stop_token stop)
{
    ItemsFile result;
    FOVEA_ASSIGN(const auto head, io::headOf(file));
    FOVEA_ASSIGN(const auto understood, understand(head.text, file.string(), {}));
    const auto& layout = understood.layout;
    FOVEA_ASSIGN(const auto roles, itemRoles(layout.names, layout.rows, {}, file.string()));
    Problems problems;
    base::Silent silent;
    FOVEA_ASSIGN(const auto source, io::TextSource::open(file, *head.encoding));
    TextRows rows(*source, *understood.shape, layout, silent, stop);
    const bool isRest = understood.format && understood.format->lastTakesRest;
    const int firstFlag = understood.format ? understood.format->firstFlag : -1;
    std::vector<std::string_view> joined;
    const auto take = [&](const Row& row) {
        if (row.strayQuote)
            problems.add(
                "a quote that encloses no whole field", "kept, read as it stands", row.line);
        const auto fields = isRest ? withRest(row, layout.names.size(), joined) : row;
        const auto id = fieldOf(fields, roles.item, problems);
        const auto title = fieldOf(fields, roles.title, problems);
        const bool isNew =
            result.items
                .try_emplace(
                    id,
                    Item{
                        id, title.empty() ? id : title,
                        firstFlag >= 0 ? flagged(row, layout.names, firstFlag)
                                       : categories(fieldOf(fields, roles.category, problems))})
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
    const std::vector<std::string>& ids, const ItemsFile& file, const Dataset* before,
    Problems& problems)
{
    std::vector<Item> items = {{"[PAD]", "", ""}};
    for (std::int32_t i = 1; before && i <= before->itemCount(); ++i) {
        const auto item = before->item({i});
        items.push_back(
            {std::string(item.id), std::string(item.title), std::string(item.category)});
    }
    std::int64_t unmatched = 0;
    for (std::size_t i = items.size() - 1; i < ids.size(); ++i) {
        const auto& id = ids[i];
        const auto found = file.items.find(id);
        unmatched += !file.items.empty() && found == file.items.end();
        items.push_back(found == file.items.end() ? Item{id, id, ""} : found->second);
    }
    problems.add("item not in the items file", "kept, its id is its title", 0, 0, {}, unmatched);
    return items;
}

} // namespace fovea::data
