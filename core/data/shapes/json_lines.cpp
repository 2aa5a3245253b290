// One JSON object a line, by simdjson (its document model, which picks the processor's instructions
// as it runs). The columns are the keys of the first objects, in the order in which they appear;
// texts are unescaped, what is nested stays JSON.
#include "core/base/text.h"
#include "core/data/shapes.h"
#include "core/data/shapes/records.h"

#include <simdjson.h>

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

class JsonRecords final : public Records {
public:
    bool read(std::string_view line, const Field& field) override
    {
        m_texts.clear();
        dom::object record;
        if (m_parser.parse(line.data(), line.size()).get(record) != simdjson::SUCCESS)
            return false;
        for (const auto& [key, value] : record)
            field(key, fieldOf(value, m_texts));
        return true;
    }

    void complain(Problems& problems, std::int64_t line, std::string_view text) const override
    {
        problems.add("no JSON object", "row left out", line, 0, text);
    }

private:
    dom::parser m_parser;
    std::deque<std::string> m_texts; // of this line
};

} // namespace

extern const Shape kJsonLines;
const Shape kJsonLines = recordShape<JsonRecords>(
    "json-lines", "JSON, one object a line", "most of its first lines are JSON objects");

} // namespace fovea::data
