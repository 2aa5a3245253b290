#include "core/data/layout.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace fovea::data {

namespace {

// A first column without a name that counts the rows, as R and pandas write: the header is a name
// short.
bool countsRows(const Layout& layout)
{
    std::int64_t before = 0;
    bool endsFilled = false; // else rows end with a delimiter
    for (std::size_t r = 0; r < layout.rows.size(); ++r) {
        const auto& row = layout.rows[r];
        const auto number = row.empty() ? std::nullopt : base::parseInteger(base::trim(row[0]));
        if (row.size() != layout.names.size() + 1 || !number)
            return false;
        if (r == 0 ? *number != 0 && *number != 1 : *number != before + 1)
            return false;
        before = *number;
        endsFilled = endsFilled || !base::trim(row.back()).empty();
    }
    return layout.rows.size() > 1 && endsFilled;
}

} // namespace

Result<Layout> layoutOf(
    std::string_view head, const std::string& where, const std::optional<Dialect>& dialect)
{
    Layout layout;
    FOVEA_ASSIGN(layout.dialect, sniffDialect(head, where));
    layout.dialect = dialect.value_or(layout.dialect);
    layout.rows = rowsOf(head, layout.dialect, 200);
    if (layout.dialect.header && !layout.rows.empty()) {
        layout.names = layout.rows.front();
        for (auto& name : layout.names)
            name = base::trim(name);
        layout.rows.erase(layout.rows.begin());
        if (countsRows(layout))
            layout.names.emplace(layout.names.begin());
    }
    return layout;
}

std::size_t Layout::width() const { return names.empty() ? usualWidth(rows) : names.size(); }

io::Json describe(const Layout& layout, Roles roles, bool isText)
{
    io::Json columns = io::Json::object();
    for (const Role role :
         {Role::User, Role::Item, Role::Time, Role::Value, Role::Type, Role::Title,
          Role::Category}) {
        const int column = roles.of(role);
        if (column < 0)
            continue;
        columns[std::string(roleName(role))] = columnName(layout.names, column);
    }
    if (!isText)
        return {{"columns", columns}};
    io::Json about = {
        {"delimiter", delimiterName(layout.dialect.delimiter)},
        {"quoted", layout.dialect.quoted},
        {"header", layout.dialect.header},
        {"escape", std::string(layout.dialect.escape != '\0' ? 1 : 0, layout.dialect.escape)},
        {"columns", columns}};
    if (layout.skipped > 0)
        about["lines_before"] = layout.skipped;
    return about;
}

std::string_view textOf(
    std::string_view field, const Row& row, int column, Problems& problems, std::string& own)
{
    field = base::trim(field);
    if (base::isUtf8(field))
        return field;
    own = base::fromCp1252(field);
    problems.add("not UTF-8", "read as Windows-1252", row.line, column + 1, own);
    return own;
}

} // namespace fovea::data
