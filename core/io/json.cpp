#include "core/io/json.h"

#include "core/io/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace fovea::io {

Result<Json> parseJson(std::string_view text, const std::string& where)
{
    try {
        return Json::parse(text);
    } catch (const Json::out_of_range&) {
        return badInput("a number in this JSON is too large", where);
    } catch (const Json::parse_error& error) {
        const auto end =
            text.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, text.size()));
        const auto line = 1 + std::count(text.begin(), end, '\n');
        return badInput(
            say("this is not valid JSON near line %1", line), where,
            "The file is damaged or of another kind");
    }
}

Result<Json> readJson(const std::filesystem::path& file)
{
    FOVEA_ASSIGN(const auto text, readFile(file));
    return parseJson(text, file.string());
}

Status writeJson(const std::filesystem::path& file, const Json& value)
{
    return replaceFile(file, value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

std::string toLine(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<std::int64_t> wholeNumber(const Json& value)
{
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!value.is_number_integer()
        || (value.is_number_unsigned() && value.get<std::uint64_t>() > kMost))
        return std::nullopt;
    return value.get<std::int64_t>();
}

Result<int> checkSchema(const Json& object, int newest, const std::string& where)
{
    const auto found = object.is_object() ? object.find("schema") : object.end();
    const auto number =
        object.is_object() && found != object.end() ? wholeNumber(*found) : std::nullopt;
    if (!number)
        return badInput("no schema number: this is not a file of Fovea", where);
    const auto schema = *number;
    if (schema > newest)
        return badInput(
            say("written by a newer Fovea (schema %1; this one reads up to %2)", schema, newest),
            where, "Update Fovea to open it");
    if (schema < 1)
        return badInput(say("impossible schema number %1", schema), where);
    return static_cast<int>(schema);
}

} // namespace fovea::io
