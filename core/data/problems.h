// What was found wrong in a file, by kind, with counts and the first place. Nothing that was left
// out goes uncounted. A plain value.
#pragma once

#include "core/io/json.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fovea::data {

struct Problem {
    std::string kind; // "too few fields", ...
    std::string effect; // "row left out", "kept", ...
    std::int64_t count = 0;
    std::int64_t firstLine = 0; // 0 = not tied to a line
    std::int64_t firstColumn = 0; // 1-based field; 0 = the whole row
    std::string example;
    std::string file = {}; // where there are several; empty = the one
};

class Problems {
public:
    void add(
        const std::string& kind, const std::string& effect, std::int64_t line = 0,
        std::int64_t column = 0, std::string_view example = {}, std::int64_t count = 1);
    // The lines of the others are those of a table behind `lines` lines of this one.
    void append(const Problems& others, std::int64_t lines = 0);
    const std::vector<Problem>& list() const { return m_list; }
    std::int64_t leftOut() const; // rows and events that are not in the data set
    // Where lines were counted on from file to file, as if each had so many: says which file each
    // is of.
    void tellFiles(const std::vector<std::string>& names, std::int64_t linesAFile);

    // With `prefix` before each kind.
    Problems under(const std::string& prefix) const;

    io::Json toJson() const;
    static Result<Problems> fromJson(const io::Json& list, const std::string& where);

private:
    std::vector<Problem> m_list;
};

} // namespace fovea::data
