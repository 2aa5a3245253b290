#include "core/data/recipe.h"

#include "core/base/text.h"
#include "core/data/shapes.h"
#include "core/data/side_reading.h"
#include "core/data/time_formats.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <limits>

namespace fovea::data {

namespace {

constexpr int kSchema = 1;

const std::vector<DealRow>& table()
{
    static const std::vector<DealRow> rows = {
        {"bad_rows", "Rows that cannot be read", {"drop", "stop"}, &Deals::badRows},
        {"missing_id", "Missing ids (NULL)", {"drop", "keep", "stop"}, &Deals::missingId},
        {"missing_time", "Missing times", {"drop", "previous", "stop"}, &Deals::missingTime},
        {"missing_value", "Missing values", {"drop", "fill", "stop"}, &Deals::missingValue},
        {"outside", "Values out of bounds", {"drop", "clip", "stop"}, &Deals::outside},
        {"odd_times",
         "Times before 1980 or after 2100",
         {"keep", "drop", "stop"},
         &Deals::oddTimes},
        {"ties", "Ties in time", {"keep", "stop"}, &Deals::ties},
        {"duplicates", "Exact duplicates", {"drop", "keep", "stop"}, &Deals::duplicates},
        {"repeats", "Same user and item again", {"keep", "first", "last"}, &Deals::repeats},
        {"bots", "Users with very many events", {"keep", "drop", "stop"}, &Deals::bots},
        {"swapped", "User and item look swapped", {"keep", "stop"}, &Deals::swapped},
    };
    return rows;
}

template <typename Names> std::string list(const Names& names)
{
    std::vector<std::string> texts(names.begin(), names.end());
    return base::join(texts, ", ");
}

Error unknown(
    const Message& what, std::string_view name, const std::vector<std::string>& known,
    const std::string& where)
{
    const auto near = base::nearest(name, known);
    return badInput(
        what, where, near.empty() ? say("There are %1", list(known)) : say("Is it %1?", near));
}

// One key of a recipe: how it is written and read.
struct Field {
    std::string_view key;
    std::function<void(const Recipe&, io::Json&)> write; // sets nothing where it is the default
    std::function<Status(const io::Json&, Recipe&)> read; // may throw Json's exceptions
};

template <typename T> Field plain(std::string_view key, T Recipe::*member)
{
    return {
        key,
        [key, member](const Recipe& r, io::Json& json) {
            if (r.*member != Recipe().*member)
                json[std::string(key)] = r.*member;
        },
        [member](const io::Json& value, Recipe& r) -> Status {
            if constexpr (std::is_same_v<T, std::int64_t>) {
                const auto number = io::wholeNumber(value);
                if (!number || *number < 1)
                    return badInput("a whole number from 1 on is wanted");
                r.*member = *number;
            } else if constexpr (std::is_same_v<T, int>) {
                const auto number = io::wholeNumber(value);
                if (!number || *number < 1 || *number > std::numeric_limits<int>::max())
                    return badInput("a whole number from 1 to 2,147,483,647 is wanted");
                r.*member = static_cast<int>(*number);
            } else {
                r.*member = value.get<T>();
            }
            return success();
        }};
}

template <typename T> Field optional(std::string_view key, std::optional<T> Recipe::*member)
{
    return {
        key,
        [key, member](const Recipe& r, io::Json& json) {
            if (r.*member)
                json[std::string(key)] = *(r.*member);
        },
        [member](const io::Json& value, Recipe& r) {
            r.*member = value.get<T>();
            return success();
        }};
}

// A text that is kept as it was written, where `read` takes it.
template <typename Read>
Field checked(std::string_view key, std::string Recipe::*member, const Read& read)
{
    auto field = plain(key, member);
    field.read = [member, read](const io::Json& value, Recipe& r) -> Status {
        const auto text = value.get<std::string>();
        if (auto made = read(text); !made && !text.empty()) {
            auto error = made.error();
            error.kind = ErrorKind::BadInput;
            return error;
        }
        r.*member = text;
        return success();
    };
    return field;
}

Field dialectField()
{
    return {
        "dialect",
        [](const Recipe& r, io::Json& json) {
            if (r.dialect)
                json["dialect"] = {
                    {"delimiter", r.dialect->delimiter},
                    {"quoted", r.dialect->quoted},
                    {"header", r.dialect->header},
                    {"escape", std::string(r.dialect->escape == '\0' ? 0 : 1, r.dialect->escape)}};
        },
        [](const io::Json& value, Recipe& r) -> Status {
            const std::vector<std::string> known = {"delimiter", "quoted", "header", "escape"};
            for (const auto& [key, unused] : value.items()) {
                if (std::find(known.begin(), known.end(), key) == known.end())
                    return unknown(say("a dialect has no '%1'", key), key, known, {});
            }
            Dialect d;
            d.delimiter = value.at("delimiter").get<std::string>();
            d.quoted = value.value("quoted", true);
            d.header = value.value("header", false);
            const auto escape = value.value("escape", "");
            if (escape.size() > 1)
                return badInput("one character escapes a quote");
            d.escape = escape.empty() ? '\0' : escape.front();
            if (d.delimiter.empty() || d.delimiter == "\"")
                return badInput("this cannot delimit columns", {}, "Give one or more characters");
            r.dialect = d;
            return success();
        }};
}

Field encodingField()
{
    return {
        "encoding",
        [](const Recipe& r, io::Json& json) {
            if (r.encoding)
                json["encoding"] = r.encoding->name;
        },
        [](const io::Json& value, Recipe& r) -> Status {
            const auto name = value.get<std::string>();
            r.encoding = io::findEncoding(name);
            std::vector<std::string> known;
            for (const auto& encoding : io::encodings())
                known.emplace_back(encoding.name);
            return r.encoding ? success() : unknown(say("no encoding '%1'", name), name, known, {});
        }};
}

Field rolesField()
{
    return {
        "columns",
        [](const Recipe& r, io::Json& json) {
            for (const auto& choice : r.roles)
                json["columns"][std::string(roleName(choice.role))] = choice.column;
        },
        [](const io::Json& value, Recipe& r) -> Status {
            if (!value.is_object())
                return badInput("names of roles with their columns are wanted");
            for (const auto& entry : value.items()) {
                const auto& name = entry.key();
                const auto role =
                    std::find_if(kChosenRoles.begin(), kChosenRoles.end(), [&](Role known) {
                        return roleName(known) == name;
                    });
                if (role == kChosenRoles.end())
                    return badInput(say("no role '%1'", name));
                const auto& column = entry.value();
                const auto text = column.is_number_unsigned()
                    ? std::to_string(column.get<std::uint64_t>())
                    : column.get<std::string>();
                r.roles.push_back({*role, text == "none" ? "" : text});
            }
            return success();
        }};
}

Field dealsField()
{
    return {
        "on",
        [](const Recipe& r, io::Json& json) {
            for (const auto& row : table()) {
                if (r.deals.*row.choice != Deals().*row.choice)
                    json["on"][std::string(row.key)] = r.deals.*row.choice;
            }
        },
        [](const io::Json& value, Recipe& r) -> Status {
            if (!value.is_object())
                return badInput("kinds of problems with what is done about them are wanted");
            for (const auto& [key, choice] : value.items())
                FOVEA_TRY(setDeal(r.deals, key, choice.get<std::string>()));
            return success();
        }};
}

Field sideField(std::string_view key, Side side, std::map<std::string, std::string> Recipe::*member)
{
    auto field = plain(key, member);
    field.read = [side, member](const io::Json& value, Recipe& r) -> Status {
        r.*member = value.get<std::map<std::string, std::string>>();
        auto read = sideReadingFrom(side, r.*member);
        return read ? success() : badInput(read.error().what, {}, read.error().hint);
    };
    return field;
}

const std::vector<Field>& fields()
{
    static const std::vector<Field> all = {
        plain("format", &Recipe::format),
        dialectField(),
        plain("delimiter", &Recipe::delimiter),
        optional("header", &Recipe::header),
        encodingField(),
        plain("member", &Recipe::member),
        rolesField(),
        plain("about_items", &Recipe::aboutItems),
        plain("time_format", &Recipe::timeFormat),
        plain("types", &Recipe::types),
        optional("min_value", &Recipe::minValue),
        optional("max_value", &Recipe::maxValue),
        optional("fill_value", &Recipe::fillValue),
        checked("from", &Recipe::fromTime, momentFrom),
        checked("before", &Recipe::beforeTime, momentFrom),
        checked("weight", &Recipe::weight, weightingFrom),
        plain("min_user_events", &Recipe::minUserEvents),
        plain("min_item_events", &Recipe::minItemEvents),
        plain("max_unpacked", &Recipe::mostUnpacked),
        dealsField(),
        sideField("items", Side::Items, &Recipe::itemsAs),
        sideField("users", Side::Users, &Recipe::usersAs),
    };
    return all;
}

} // namespace

std::span<const DealRow> dealTable() { return table(); }

Status setDeal(Deals& deals, std::string_view key, std::string_view choice)
{
    std::vector<std::string> keys;
    for (const auto& row : table()) {
        keys.emplace_back(row.key);
        if (row.key != key)
            continue;
        if (std::find(row.choices.begin(), row.choices.end(), choice) == row.choices.end())
            return badInput(
                say("'%1' cannot be %2", key, choice), {}, say("It can be %1", list(row.choices)));
        deals.*row.choice = choice;
        return success();
    }
    return unknown(say("no kind of problem '%1'", key), key, keys, {});
}

io::Json toJson(const Recipe& recipe)
{
    io::Json json = {{"schema", kSchema}};
    for (const auto& field : fields())
        field.write(recipe, json);
    return json;
}

Result<Recipe> recipeFrom(const io::Json& json, const std::string& where)
{
    if (!json.is_object())
        return badInput("a recipe is a JSON object", where);
    if (!json.contains("schema"))
        return badInput("a recipe says its schema", where, "Add the key schema with the number 1");
    FOVEA_ASSIGN(const auto schema, io::checkSchema(json, kSchema, where));
    static_cast<void>(schema);
    Recipe recipe;
    std::vector<std::string> known;
    for (const auto& field : fields())
        known.emplace_back(field.key);
    for (const auto& [key, value] : json.items()) {
        if (key == "schema")
            continue;
        const auto found = std::find(known.begin(), known.end(), key);
        if (found == known.end())
            return unknown(say("a recipe has no '%1'", key), key, known, where);
        const auto& field = fields()[static_cast<std::size_t>(found - known.begin())];
        try {
            if (auto read = field.read(value, recipe); !read) {
                auto error = read.error();
                error.where = say("%1, '%2'", where, key);
                return error;
            }
        } catch (const io::Json::exception&) {
            return badInput(
                "the value has the wrong type", say("%1, '%2'", where, key),
                "A text is in quotes, true, false and numbers are not; several texts are in "
                "brackets");
        }
    }
    const auto in = [&](const char* key) { return say("%1, '%2'", where, key); };
    if (recipe.format != "auto" && !findShape(recipe.format))
        return badInput(say("no format '%1'", recipe.format), in("format"));
    if (!recipe.timeFormat.empty() && !findTimeFormat(recipe.timeFormat))
        return badInput(say("no time format '%1'", recipe.timeFormat), in("time_format"));
    return recipe;
}

} // namespace fovea::data
