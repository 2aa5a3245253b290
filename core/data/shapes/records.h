// Lines that each hold a record of named values: what JSON and Python literals have in common. One
// thread.
#pragma once

#include "core/data/shapes.h"

#include <concepts>

namespace fovea::data {

class Records {
public:
    using Field = std::function<void(std::string_view key, std::string_view value)>;

    Records() = default;
    virtual ~Records() = default;
    Records(const Records&) = delete;
    Records& operator=(const Records&) = delete;
    // Tells the fields of a line; false if it holds no record. The views live until the next line.
    virtual bool read(std::string_view line, const Field& field) = 0;
    // Counts a line that holds none.
    virtual void complain(Problems& problems, std::int64_t line, std::string_view text) const = 0;
};

// True if most of the first lines are records.
bool areRecords(std::string_view head, Records& records);
Result<Layout> layOutRecords(std::string_view head, const std::string& where, Records& records);
RowVisitor adaptRecords(
    const Layout& layout, std::shared_ptr<Records> records, const RowVisitor& visit,
    Problems& problems);

// The shape of files whose lines are records of a kind.
template <std::derived_from<Records> Kind>
constexpr Shape recordShape(std::string_view name, std::string_view title, std::string_view why)
{
    return {
        .name = name,
        .title = title,
        .why = why,
        .recognise =
            [](std::string_view head) {
                Kind records;
                return areRecords(head, records);
            },
        .layOut =
            [](std::string_view head, const std::string& where) {
                Kind records;
                return layOutRecords(head, where, records);
            },
        .dialect = [](const Layout&) -> const Dialect& { return wholeLines(); },
        .adapt =
            [](const Layout& layout, const RowVisitor& visit, Problems& problems) {
                return adaptRecords(layout, std::make_shared<Kind>(), visit, problems);
            },
        .isInOrder = false,
        .hasKeys = true};
}

} // namespace fovea::data
