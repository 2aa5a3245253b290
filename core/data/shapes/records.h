// Lines that each hold a record of named values: what JSON and Python literals have in common. One
// thread.
#pragma once

#include "core/data/shapes.h"

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
};

struct RecordComplaint {
    const char* kind;
    const char* effect;
};

// True if most of the first lines are records.
bool areRecords(std::string_view head, Records& records);
Result<Layout> layOutRecords(std::string_view head, const std::string& where, Records& records);
Status readRecords(
    io::TextSource& source, const Layout& layout, Records& records,
    const RecordComplaint& complaint, const RowVisitor& visit, Problems& problems,
    base::Progress& progress, const std::stop_token& stop);

} // namespace fovea::data
