// The texts of a column that is made in memory. A plain value.
#pragma once

#include "core/data/columns.h"

#include <string>
#include <vector>

namespace fovea::data {

struct OwnTexts {
    std::vector<std::int64_t> ends;
    std::string bytes;

    void add(std::string_view text)
    {
        bytes += text;
        ends.push_back(static_cast<std::int64_t>(bytes.size()));
    }
    Texts view() const { return {ends, bytes}; }
};

} // namespace fovea::data
