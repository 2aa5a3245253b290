// A table with a row for each property that an item got at a moment (Retailrocket): of each
// property the latest is what is told of the item. One thread.
#pragma once

#include "core/data/layout.h"
#include "core/data/side_file.h"
#include "core/data/time_formats.h"

#include <map>

namespace fovea::data {

class ItemProperties {
public:
    // `layout` has columns of those names; of a time it need not have one.
    ItemProperties(const Layout& layout, std::size_t ids);

    void take(const Row& row, std::size_t id, Problems& problems);
    // The titles, categories and attributes.
    void tell(Told& told);
    std::int64_t memoryBytes() const;

private:
    struct Column {
        std::vector<std::string> texts; // by id; empty = not told
        std::vector<std::int64_t> times; // since when
    };

    std::size_t m_ids;
    std::size_t m_property = 0;
    std::size_t m_value = 0;
    std::optional<std::size_t> m_time;
    const TimeFormat* m_timeFormat = nullptr;
    std::map<std::string, Column, std::less<>> m_columns; // by the name of the property
    std::size_t m_textBytes = 0; // that were taken
};

} // namespace fovea::data
