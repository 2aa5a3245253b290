// JSON files and JSON lines. Any thread.
#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace fovea::io {

// Keys keep the order in which they were written.
using Json = nlohmann::ordered_json;

// Syntax errors are bad input with line and column.
Result<Json> parseJson(std::string_view text, const std::string& where);
Result<Json> readJson(const std::filesystem::path& file);
// Indented by two, a line break at the end; replaces the file atomically.
Status writeJson(const std::filesystem::path& file, const Json& value);
// On one line. Text that is not UTF-8 is repaired, so that a bad id cannot break the file.
std::string toLine(const Json& value);

// The number, where it is a whole one that fits; Json turns others into something else.
std::optional<std::int64_t> wholeNumber(const Json& value);

// Checks `schema` in a file of ours: a newer one is refused with a sentence that says so.
Result<int> checkSchema(const Json& object, int newest, const std::string& where);

} // namespace fovea::io
