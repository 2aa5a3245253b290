#include "core/data/item_properties.h"

#include "core/base/text.h"
#include "core/data/number_text.h"

#include <algorithm>
#include <limits>

namespace fovea::data {

namespace {

constexpr std::size_t kMostProperties = 64;

std::optional<std::size_t> columnOf(const Layout& layout, std::string_view name)
{
    const auto found =
        std::find_if(layout.names.begin(), layout.names.end(), [&](const std::string& other) {
            return base::lower(other) == name;
        });
    return found == layout.names.end()
        ? std::nullopt
        : std::optional(static_cast<std::size_t>(found - layout.names.begin()));
}

std::string_view fieldOf(const Row& row, std::size_t column)
{
    return column < row.fields.size() ? base::trim(row.fields[column]) : std::string_view();
}

} // namespace

ItemProperties::ItemProperties(const Layout& layout, std::size_t ids)
    : m_ids(ids)
    , m_property(columnOf(layout, "property").value_or(0))
    , m_value(columnOf(layout, "value").value_or(0))
{
    for (std::size_t c = 0; c < layout.names.size() && !m_time; ++c) {
        if (isNameOf(Role::Time, layout.names[c]))
            m_time = c;
    }
    if (!m_time)
        return;
    std::vector<std::string_view> samples;
    for (const auto& row : layout.rows) {
        if (*m_time < row.size())
            samples.push_back(row[*m_time]);
    }
    const auto guess = guessTimeFormat(samples);
    m_timeFormat = guess ? guess->format : nullptr;
}

void ItemProperties::take(const Row& row, std::size_t id, Problems& problems)
{
    std::string ownName;
    const auto name =
        textOf(fieldOf(row, m_property), row, static_cast<int>(m_property), problems, ownName);
    const auto text = fieldOf(row, m_value);
    if (name.empty() || text.empty())
        return;
    if (std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        problems.add(
            "a property that is a number without a meaning", "not taken", row.line,
            static_cast<std::int64_t>(m_property) + 1, name);
        return;
    }
    auto found = m_columns.find(name);
    if (found == m_columns.end()) {
        if (m_columns.size() == kMostProperties) {
            problems.add(
                "a property beyond the first 64", "not taken", row.line,
                static_cast<std::int64_t>(m_property) + 1, name);
            return;
        }
        found = m_columns.emplace(name, Column()).first;
        found->second.texts.resize(m_ids);
        found->second.times.resize(m_ids, std::numeric_limits<std::int64_t>::min());
    }
    auto& column = found->second;
    const auto time = m_timeFormat ? m_timeFormat->read(fieldOf(row, *m_time)).value_or(0) : 0;
    if (time < column.times[id])
        return;
    column.times[id] = time; // of two at a time the later row counts
    std::string own;
    column.texts[id] = std::string(textOf(text, row, static_cast<int>(m_value), problems, own));
    m_textBytes += column.texts[id].size();
}

std::int64_t ItemProperties::memoryBytes() const
{
    constexpr auto kOfId = sizeof(std::string) + sizeof(std::int64_t);
    return static_cast<std::int64_t>(m_columns.size() * m_ids * kOfId + m_textBytes);
}

void ItemProperties::tell(Told& told)
{
    for (auto& [name, column] : m_columns) {
        if (isNameOf(Role::Title, name)) {
            told.titles = std::move(column.texts);
            continue;
        }
        if (isNameOf(Role::Category, name) || base::lower(name) == "categoryid") {
            told.categories = std::move(column.texts);
            continue;
        }
        OwnAttribute attribute{name, AttributeKind::Number, 1, {}, {}};
        for (const auto& text : column.texts) {
            const bool isNumber = base::parseDouble(text).has_value();
            attribute.kind = !isNumber && !text.empty() ? AttributeKind::Text : attribute.kind;
            attribute.numbers.push_back(
                finiteFloat(text).value_or(std::numeric_limits<float>::quiet_NaN()));
        }
        if (attribute.kind == AttributeKind::Text) {
            attribute.numbers.clear();
            attribute.texts = std::move(column.texts);
        }
        told.attributes.push_back(std::move(attribute));
    }
}

} // namespace fovea::data
