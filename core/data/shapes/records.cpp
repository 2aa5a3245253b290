#include "core/data/shapes/records.h"

#include <algorithm>

namespace fovea::data {

namespace {

constexpr std::size_t kLooked = 200;

} // namespace

bool areRecords(std::string_view head, Records& records)
{
    const auto lines = linesOf(head, 20);
    const auto yes = std::count_if(lines.begin(), lines.end(), [&](std::string_view line) {
        return line.front() == '{' && records.read(line, [](auto, auto) {});
    });
    return yes > 0 && 2 * yes >= static_cast<std::ptrdiff_t>(lines.size());
}

Result<Layout> layOutRecords(std::string_view head, const std::string& where, Records& records)
{
    Layout layout;
    for (const auto line : linesOf(head, head.size())) {
        std::vector<std::string> row(layout.names.size());
        const bool whole = records.read(line, [&](std::string_view key, std::string_view value) {
            const auto found = std::find(layout.names.begin(), layout.names.end(), key);
            const auto at = static_cast<std::size_t>(found - layout.names.begin());
            if (found == layout.names.end())
                layout.names.emplace_back(key);
            row.resize(layout.names.size());
            row[at] = value;
        });
        if (whole && layout.rows.size() < kLooked)
            layout.rows.push_back(std::move(row));
    }
    if (layout.rows.empty())
        return badInput("no line holds a record", where, "Choose another format");
    for (auto& row : layout.rows)
        row.resize(layout.names.size());
    return layout;
}

namespace {

// Puts the values of a line's record into the columns of the layout.
class RecordRows {
public:
    RecordRows(
        const std::vector<std::string>& names, std::shared_ptr<Records> records, RowVisitor visit,
        Problems& problems)
        : m_names(names)
        , m_records(std::move(records))
        , m_visit(std::move(visit))
        , m_problems(problems)
    { }

    void operator()(const Row& line)
    {
        m_fields.assign(m_names.size(), {});
        m_expected = 0;
        m_late = {};
        const auto text = line.fields.front();
        const bool isRecord =
            m_records->read(text, [this](auto key, auto value) { take(key, value); });
        if (isRecord && !m_late.empty())
            m_problems.add(
                "a key that the first lines do not have", "kept, the key ignored", line.line, 0,
                m_late);
        if (isRecord)
            m_visit(Row{line.line, m_fields});
        else
            m_records->complain(m_problems, line.line, text.substr(0, 80));
    }

private:
    void take(std::string_view key, std::string_view value)
    {
        if (m_expected >= m_names.size() || m_names[m_expected] != key)
            m_expected = static_cast<std::size_t>(
                std::find(m_names.begin(), m_names.end(), key) - m_names.begin());
        if (m_expected < m_names.size())
            m_fields[m_expected++] = value;
        else if (m_late.empty())
            m_late = key;
    }

    std::vector<std::string> m_names;
    std::shared_ptr<Records> m_records;
    RowVisitor m_visit;
    Problems& m_problems;
    std::vector<std::string_view> m_fields;
    std::size_t m_expected = 0; // where the next key usually is
    std::string m_late; // a key of the line that has no column
};

} // namespace

RowVisitor adaptRecords(
    const Layout& layout, std::shared_ptr<Records> records, const RowVisitor& visit,
    Problems& problems)
{
    return RecordRows(layout.names, std::move(records), visit, problems);
}

} // namespace fovea::data
