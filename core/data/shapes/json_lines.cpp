// One JSON object a line, by simdjson (its document model, which picks the processor's instructions
// as it runs). The columns are the keys of the first objects, in the order in which they appear;
// texts are unescaped, what is nested stays JSON.
#include "core/base/text.h"
#include "core/data/shapes.h"
#include "core/data/shapes/records.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <deque>

namespace fovea::data {

namespace {

namespace dom = simdjson::dom;

// What a value says as a field. Its document's strings live until the next line, other texts in
// `texts`.
std::string_view fieldOf(const dom::element& value, std::deque<std::string>& texts)
{
    switch (value.type()) {
    case dom::element_type::STRING:
        return std::string_view(value);
    case dom::element_type::NULL_VALUE:
        return {};
    case dom::element_type::BOOL:
        return bool(value) ? "true" : "false";
    case dom::element_type::INT64:
        return texts.emplace_back(std::to_string(std::int64_t(value)));
    case dom::element_type::UINT64:
        return texts.emplace_back(std::to_string(std::uint64_t(value)));
    case dom::element_type::DOUBLE:
        return texts.emplace_back(base::toText(double(value)));
    default:
        return texts.emplace_back(simdjson::minify(value));
    }
}

// What MongoDB writes for a number or a moment, {"$numberLong": "12"}: what is inside.
dom::element unwrapped(dom::element value)
{
    dom::object object;
    while (value.get(object) == simdjson::SUCCESS && object.size() == 1
           && (*object.begin()).key.starts_with("$"))
        value = (*object.begin()).value;
    return value;
}

// An object that names what it is of, {"id": 12, "name": "A"}: its fields stand for it, as
// "user.id".
bool isNameOfThing(std::string_view key)
{
    constexpr std::array<std::string_view, 5> kNames = {"sku", "code", "key", "name", "title"};
    return key == "id" || key.ends_with("_id") || key.ends_with("Id")
        || std::find(kNames.begin(), kNames.end(), key) != kNames.end();
}

class JsonRecords final : public Records {
public:
    bool read(std::string_view line, const Field& field) override
    {
        m_texts.clear();
        dom::object record;
        const auto failed = m_parser.parse(line.data(), line.size()).get(record);
        m_isTooLarge = failed == simdjson::NUMBER_ERROR || failed == simdjson::NUMBER_OUT_OF_RANGE;
        if (failed != simdjson::SUCCESS)
            return false;
        for (const auto& [key, value] : record) {
            const auto inner = unwrapped(value);
            if (!tellParts(key, inner, field))
                field(key, fieldOf(inner, m_texts));
            tellLists(key, inner, field);
        }
        return true;
    }

    void complain(Problems& problems, std::int64_t line, std::string_view text) const override
    {
        problems.add(
            m_isTooLarge ? "a number that is too large, or none" : "no JSON object", "row left out",
            line, 0, text);
    }

private:
    // False where the value stands for itself.
    bool tellParts(std::string_view key, dom::element value, const Field& field)
    {
        dom::object object;
        if (value.get(object) != simdjson::SUCCESS)
            return false;
        bool any = false;
        for (const auto& [part, inside] : object) {
            const auto inner = unwrapped(inside);
            if (!isNameOfThing(part) || inner.is_object() || inner.is_array())
                continue;
            any = true;
            m_texts.push_back(std::string(key) + "." + std::string(part));
            const std::string_view name = m_texts.back();
            field(name, fieldOf(inner, m_texts));
        }
        return any;
    }

    // Not pictures of a review.
    static bool tellsOfItems(std::string_view key, dom::object entry)
    {
        return std::any_of(entry.begin(), entry.end(), [&](const dom::key_value_pair& part) {
            return isNameOfSeveral(Role::Item, std::string(key) + "." + std::string(part.key));
        });
    }

    // Of a list of objects that are of items, [{"sku": "a", "n": 1}, {"sku": "b", "n": 2}], a list
    // of each of their parts, as "items.sku".
    void tellLists(std::string_view key, dom::element value, const Field& field)
    {
        dom::array list;
        dom::object first;
        if (value.get(list) != simdjson::SUCCESS || list.size() == 0
            || list.at(0).get(first) != simdjson::SUCCESS || !tellsOfItems(key, first))
            return;
        // Each part is looked for in each entry: a line of 16 MiB could ask for millions of
        // millions.
        constexpr std::size_t kMostParts = 64;
        constexpr std::size_t kMostFields = 1 << 20;
        if (first.size() > kMostParts || list.size() > kMostFields / first.size())
            return;
        for (const auto& [part, inside] : first) {
            std::string text;
            for (const dom::element entry : list) {
                dom::element there;
                const bool isThere = entry.at_key(part).get(there) == simdjson::SUCCESS;
                text += text.empty() ? "[" : ", ";
                text += isThere ? simdjson::minify(unwrapped(there)) : "null";
            }
            m_texts.push_back(std::string(key) + "." + std::string(part));
            const std::string_view name = m_texts.back();
            field(name, m_texts.emplace_back(text + "]"));
        }
    }

    bool m_isTooLarge = false; // a number of the last line
    dom::parser m_parser;
    std::deque<std::string> m_texts; // of this line
};

} // namespace

extern const Shape kJsonLines;
const Shape kJsonLines = recordShape<JsonRecords>(
    "json-lines", "JSON, one object a line", "most of its first lines are JSON objects");

} // namespace fovea::data
