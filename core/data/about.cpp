#include "core/data/about.h"

#include "core/io/file.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace fovea::data {

namespace {

enum class Kind { Text, Texts, TextsByName, Flag, Count, CountsByName, Source };

constexpr const char* kFingerprint = "fingerprint";

struct Key {
    const char* name;
    Kind kind;
};

// Of "source", as far as anything reads them. Others may be there and hold anything.
constexpr std::array<Key, 23> kSourceKeys = {{
    {"file", Kind::Text},           {"name", Kind::Text},         {"archive", Kind::Text},
    {"member", Kind::Text},         {"table", Kind::Text},        {"vectors_file", Kind::Text},
    {"format", Kind::Text},         {"known_as", Kind::Text},     {"encoding", Kind::Text},
    {"compression", Kind::Text},    {"delimiter", Kind::Text},    {"escape", Kind::Text},
    {"time_format", Kind::Text},    {"files", Kind::Texts},       {"appended_to", Kind::Texts},
    {"columns", Kind::TextsByName}, {"quoted", Kind::Flag},       {"header", Kind::Flag},
    {"lines_before", Kind::Count},  {"rows", Kind::Count},        {"sample", Kind::CountsByName},
    {"items_file", Kind::Source},   {"users_file", Kind::Source},
}};

Error damaged(Message what, const std::string& where)
{
    return badInput(std::move(what), where, "The data set is damaged; import it again");
}

bool isCount(const io::Json& value, std::int64_t most = kMostRows)
{
    const auto number = io::wholeNumber(value);
    return number && *number >= 0 && *number <= most;
}

template <typename Test> bool areAll(const io::Json& values, const Test& test)
{
    return std::all_of(values.begin(), values.end(), test);
}

bool isText(const io::Json& value) { return value.is_string(); }

bool is(Kind kind, const io::Json& value)
{
    switch (kind) {
    case Kind::Text:
        return value.is_string();
    case Kind::Texts:
        return value.is_array() && areAll(value, isText);
    case Kind::TextsByName:
        return value.is_object() && areAll(value, isText);
    case Kind::Flag:
        return value.is_boolean();
    case Kind::Count:
        return isCount(value);
    case Kind::CountsByName:
        return value.is_object() && areAll(value, [](const auto& one) { return isCount(one); });
    case Kind::Source:
        return value.is_object();
    }
    return false;
}

Message wanted(Kind kind)
{
    switch (kind) {
    case Kind::Text:
        return say("expected a text");
    case Kind::Texts:
        return say("expected a list of texts");
    case Kind::TextsByName:
        return say("expected an object of texts");
    case Kind::Flag:
        return say("expected true or false");
    case Kind::Count:
        return say("expected a whole number from 0");
    case Kind::CountsByName:
        return say("expected an object of whole numbers from 0");
    case Kind::Source:
        break;
    }
    return say("expected an object");
}

std::string inside(const std::string& where, const char* key) { return where + ", " + key; }

Status checkSource(const io::Json& source, const std::string& where)
{
    if (!source.is_object())
        return damaged(wanted(Kind::Source), where);
    for (const auto& key : kSourceKeys) {
        const auto found = source.find(key.name);
        if (found == source.end())
            continue;
        const auto place = inside(where, key.name);
        if (!is(key.kind, *found))
            return damaged(wanted(key.kind), place);
        if (key.kind == Kind::Source)
            FOVEA_TRY(checkSource(*found, place));
    }
    // What tells how delimited text was read says it whole.
    if (source.contains("columns") && source.value("format", "delimited") == "delimited"
        && !(source.contains("delimiter") && source.contains("header")))
        return damaged("the delimiter or the header of the columns is missing", where);
    return success();
}

// Not more than the files hold, which is compared later.
Result<std::int64_t> countIn(const io::Json& json, const char* key, const std::string& where)
{
    const auto found = json.find(key);
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    if (found == json.end() || !isCount(*found, kMost))
        return damaged(wanted(Kind::Count), inside(where, key));
    return io::wholeNumber(*found).value_or(0);
}

} // namespace

Result<About> aboutDataset(const std::filesystem::path& folder)
{
    const auto file = folder / "dataset.json";
    if (!io::exists(file))
        return badInput(
            "no data set is here", folder.string(), "Choose another folder, or import one");
    const auto where = file.string();
    FOVEA_ASSIGN(auto json, io::readJson(file));
    About about;
    FOVEA_ASSIGN(about.schema, io::checkSchema(json, kDatasetSchema, where));
    FOVEA_ASSIGN(about.events, countIn(json, "events", where));
    FOVEA_ASSIGN(about.users, countIn(json, "users", where));
    FOVEA_ASSIGN(about.items, countIn(json, "items", where));
    const auto fingerprint = json.find(kFingerprint);
    if (fingerprint == json.end() || !fingerprint->is_string())
        return damaged(wanted(Kind::Text), inside(where, kFingerprint));
    about.fingerprint = fingerprint->get<std::string>();
    about.source = json.value("source", io::Json::object());
    FOVEA_TRY(checkSource(about.source, inside(where, "source")));
    FOVEA_ASSIGN(
        about.problems,
        Problems::fromJson(json.value("problems", io::Json::array()), inside(where, "problems")));
    return about;
}

} // namespace fovea::data
