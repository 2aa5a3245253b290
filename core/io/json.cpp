#include "core/io/json.h"

#include "core/base/os.h"
#include "core/base/plain_file.h"
#include "core/io/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <limits>
#include <unordered_set>
#include <vector>

namespace fovea::io {

namespace {

// More than any file of ours has, and little enough to be handled at once: copying and writing
// recurse, and an object that keeps its order looks through all keys for each.
constexpr std::size_t kMostDepth = 100;
constexpr std::size_t kMostKeys = 10'000; // of one object
constexpr std::size_t kMostValues = 2'000'000;
constexpr std::size_t kMostBytes = 64 << 20;

constexpr const char* kOtherKind = "The file is damaged or of another kind";

struct Refused {
    Message what;
};

// Looks at each part of a JSON text as it is read. Throws Refused.
class Limits {
public:
    bool operator()(int /*depth*/, Json::parse_event_t event, const Json& parsed)
    {
        using Event = Json::parse_event_t;
        if (++m_values > kMostValues)
            throw Refused{say("this JSON holds more than %1 values", kMostValues)};
        if (event == Event::object_start || event == Event::array_start)
            m_keys.emplace_back();
        if (m_keys.size() > kMostDepth)
            throw Refused{say("this JSON is nested more than %1 deep", kMostDepth)};
        if (event == Event::object_end || event == Event::array_end)
            m_keys.pop_back();
        if (event == Event::key)
            addKey(parsed.get_ref<const std::string&>());
        return true;
    }

private:
    void addKey(const std::string& key)
    {
        auto& keys = m_keys.back();
        if (!keys.insert(key).second)
            throw Refused{say("this JSON has the key '%1' twice", base::shortened(key, 60))};
        if (keys.size() > kMostKeys)
            throw Refused{say("an object of this JSON has more than %1 keys", kMostKeys)};
    }

    std::vector<std::unordered_set<std::string>> m_keys; // of the objects that are open
    std::size_t m_values = 0;
};

} // namespace

Result<Json> parseJson(std::string_view text, const std::string& where)
{
    const auto wrongNear = [&](std::size_t byte) {
        const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
        const auto line = 1 + std::count(text.begin(), end, '\n');
        return badInput(say("this is not valid JSON near line %1", line), where, kOtherKind);
    };
    // The parser takes it for the end of the text.
    if (const auto zero = text.find('\0'); zero != std::string_view::npos)
        return wrongNear(zero);
    try {
        Limits limits;
        return Json::parse(text, std::ref(limits));
    } catch (const Refused& refused) {
        return badInput(refused.what, where, kOtherKind);
    } catch (const Json::out_of_range&) {
        return badInput("a number in this JSON is too large", where, kOtherKind);
    } catch (const Json::parse_error& error) {
        return wrongNear(error.byte);
    }
}

namespace {

// Not more than kMostBytes, whatever the system says of the size: it may grow meanwhile.
Result<std::string> readText(const std::filesystem::path& file)
{
    FOVEA_TRY(base::checkPlainFile(file));
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return badInput(say("%1: %2", "cannot open", base::systemText(errno)), file.string());
    std::string text;
    std::vector<char> piece(1 << 16);
    while (text.size() <= kMostBytes && in) {
        in.read(piece.data(), std::ssize(piece));
        text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    }
    if (in.bad())
        return failure("cannot read", file.string());
    if (text.size() > kMostBytes)
        return badInput(
            say("this JSON file is larger than %1",
                base::bytesText(static_cast<std::int64_t>(kMostBytes))),
            file.string(), kOtherKind);
    return text;
}

} // namespace

Result<Json> readJson(const std::filesystem::path& file)
{
    FOVEA_ASSIGN(const auto text, readText(file));
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
        return badInput("no schema number: this is not a file of Fovea", where, kOtherKind);
    const auto schema = *number;
    if (schema > newest)
        return badInput(
            say("written by a newer Fovea (schema %1; this one reads up to %2)", schema, newest),
            where, "Update Fovea to open it");
    if (schema < 1)
        return badInput(say("impossible schema number %1", schema), where, kOtherKind);
    return static_cast<int>(schema);
}

} // namespace fovea::io
