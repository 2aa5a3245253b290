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
Status readRecords(
    io::TextSource& source, const Layout& layout, Records& records, const RowVisitor& visit,
    Problems& problems, base::Progress& progress, const std::stop_token& stop);

// The shape of files whose lines are records of a kind.
template <std::derived_from<Records> Kind>
constexpr Shape recordShape(std::string_view name, std::string_view title)
{
    return {
        name, title,
        [](std::string_view head) {
            Kind records;
            return areRecords(head, records);
        },
        [](std::string_view head, const std::string& where) {
            Kind records;
            return layOutRecords(head, where, records);
        },
        [](io::TextSource& source, const Layout& layout, const RowVisitor& visit,
           Problems& problems, base::Progress& progress, const std::stop_token& stop) {
            Kind records;
            return readRecords(source, layout, records, visit, problems, progress, stop);
        }};
}

} // namespace fovea::data
