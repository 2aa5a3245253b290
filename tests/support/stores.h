// SQLite databases, Parquet and Feather files made for tests.
#pragma once

#include "tests/support/support.h"

#include <sqlite3.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace fovea::test {

inline std::filesystem::path sqlite(
    const std::filesystem::path& file, const std::string& statements)
{
    std::filesystem::remove(file);
    sqlite3* database = nullptr;
    sqlite3_open(file.c_str(), &database);
    char* message = nullptr;
    // Each statement would wait for the disk.
    const auto all = "PRAGMA synchronous = OFF; " + statements;
    const int code = sqlite3_exec(database, all.c_str(), nullptr, nullptr, &message);
    const std::string text = message ? message : "";
    sqlite3_free(message);
    sqlite3_close(database);
    if (code != SQLITE_OK)
        throw std::runtime_error(text);
    return file;
}

// A column, its type by a name of make_arrow's, and its cells as a JSON list.
struct StoreColumn {
    std::string name;
    std::string type;
    std::string cells;
};

// `kind` is parquet or feather; in groups of so many rows.
inline std::filesystem::path arrowFile(
    const std::string& kind, const std::filesystem::path& file,
    const std::vector<StoreColumn>& columns, std::int64_t groupRows = 1 << 20)
{
    const auto command = builtProgram("make_arrow") + " " + kind + " '" + file.string() + "' "
        + std::to_string(groupRows);
    auto* pipe = ::popen(command.c_str(), "w");
    for (const auto& column : columns)
        std::fprintf(
            pipe, "%s\t%s\t%s\n", column.name.c_str(), column.type.c_str(), column.cells.c_str());
    if (::pclose(pipe) != 0)
        throw std::runtime_error("make_arrow could not write " + file.string());
    return file;
}

} // namespace fovea::test
