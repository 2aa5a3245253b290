// Files that are tables by themselves, with names and types for their columns: databases, Parquet,
// Feather. Each is one file in stores/ and one line in the table here. Known by their first bytes.
// Fields are handed on as text, as a person would write them; what they mean is decided behind it,
// as with text. Blocks on the disk.
#pragma once

#include "core/base/progress.h"
#include "core/data/layout.h"
#include "core/io/byte_source.h"

#include <filesystem>

namespace fovea::data {

// What is said of a query or view where io::growsTooMuch().
inline constexpr const char* kGivesTooMuch =
    "it gives more rows than there can be in %1: %2 so far";

// A table of a file, as a person asked for it.
struct StoreCall {
    std::filesystem::path file;
    std::string table; // of a database, or a query of it; empty = its largest table
    io::Access access = {};
};

inline constexpr std::size_t kHeadRows = 200;
struct StoreHead {
    std::string table; // that was taken; empty where the file is one table
    Layout layout; // names, and the first rows, kHeadRows at most
};

struct Store {
    std::string_view name; // as dataset.json has it
    std::string_view title; // as the window shows it
    bool (*recognise)(std::string_view start); // of the file
    // With their rows, as far as those are known without reading them all; none where the file is
    // one table.
    Result<std::vector<io::Member>> (*tables)(
        const std::filesystem::path& file, const io::Access& access);
    Result<StoreHead> (*head)(const StoreCall& call);
    // Of the table that head() took; `progress` outlives them.
    Result<std::unique_ptr<RowSource>> (*rows)(const StoreCall& call, base::Progress& progress);
};

std::span<const Store* const> stores();
// Of what a person gives for a table of a database: whether it is a query, SELECT or WITH. A table
// may be named "selections".
bool isQuery(std::string_view table);

// Null where the file is none of them, or cannot be read.
const Store* storeOf(const std::filesystem::path& file);

} // namespace fovea::data
