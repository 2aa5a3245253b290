// Blocks as of the Netflix Prize: a line "item:", then a line "user,rating,date" for each of its
// events.
#include "core/base/text.h"
#include "core/data/shapes.h"

#include <array>

namespace fovea::data {

namespace {

const Dialect kCommas{",", false, false};

bool isNumber(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "123:"
bool isTitle(std::string_view line)
{
    line = base::trim(line);
    return line.size() > 1 && line.back() == ':' && isNumber(line.substr(0, line.size() - 1));
}

bool recognise(std::string_view head)
{
    const auto lines = linesOf(head, 2);
    return lines.size() == 2 && isTitle(lines[0]) && lines[1].find(',') != std::string_view::npos;
}

// Puts the block's item before the fields of its lines.
class Blocks {
public:
    Blocks(RowVisitor visit, Problems& problems)
        : m_visit(std::move(visit))
        , m_problems(problems)
    { }
    void operator()(const Row& line)
    {
        if (line.fields.size() == 1 && isTitle(line.fields[0])) {
            const auto title = base::trim(line.fields[0]);
            m_item = title.substr(0, title.size() - 1);
            return;
        }
        if (m_item.empty()) {
            m_problems.add("no 'item:' before it", "row left out", line.line, 0, line.fields[0]);
            return;
        }
        m_fields.assign(1, m_item);
        m_fields.insert(m_fields.end(), line.fields.begin(), line.fields.end());
        m_visit(Row{line.line, m_fields});
    }

private:
    RowVisitor m_visit;
    Problems& m_problems;
    std::string m_item;
    std::vector<std::string_view> m_fields;
};

RowVisitor adapt(const Layout&, const RowVisitor& visit, Problems& problems)
{
    return Blocks(visit, problems);
}

Result<Layout> layOut(std::string_view head, const std::string&)
{
    Layout layout;
    layout.names = {"item", "user", "rating", "date"};
    layout.rows = adaptedRows(head, layout, kCommas, 200, adapt);
    return layout;
}

} // namespace

extern const Shape kBlocks;
const Shape kBlocks = {
    .name = "blocks",
    .title = "Blocks (item: user,rating,date)",
    .why = "a line for each item, and under it its users",
    .recognise = recognise,
    .layOut = layOut,
    .dialect = [](const Layout&) -> const Dialect& { return kCommas; },
    .adapt = adapt,
    .isInOrder = true};

} // namespace fovea::data
