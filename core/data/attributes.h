// What files tell of users and items beside their ids, titles and categories: numbers, texts, paths
// of pictures and vectors, a column each, in the order of the ids. Immutable; any thread may read.
//
// On disk attributes.safetensors in the data set's folder, where there are any: "items.NAME" and
// "users.NAME", numbers as [ids, width], texts as bytes beside "..._end"; item 0 is PAD.
#pragma once

#include "core/data/columns.h"
#include "core/io/safetensors.h"

#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace fovea::data {

enum class AttributeKind { Number, Text, Image, Vector };
std::string_view attributeKindName(AttributeKind kind);

struct Attribute {
    std::string name;
    AttributeKind kind = AttributeKind::Number;
    std::int64_t width = 1; // numbers an id
    std::span<const float> numbers; // id by id; NaN = not told
    Texts texts; // of texts and images; empty = not told

    bool isTexts() const { return kind == AttributeKind::Text || kind == AttributeKind::Image; }
    bool isTold(std::int64_t id) const;
    std::int64_t told() const; // ids that have it
    std::string text(std::int64_t id) const; // as people read it; empty = not told
};

// The same, with what it is made of.
struct OwnAttribute {
    std::string name;
    AttributeKind kind = AttributeKind::Number;
    std::int64_t width = 1;
    std::vector<float> numbers;
    std::vector<std::string> texts;

    bool isTexts() const { return kind == AttributeKind::Text || kind == AttributeKind::Image; }
};

class Attributes {
public:
    Attributes() = default; // none
    // As many rows as there are users, and items with PAD.
    Attributes(std::vector<OwnAttribute> users, std::vector<OwnAttribute> items);
    // None where there is no such file.
    static Result<Attributes> load(
        const std::filesystem::path& folder, std::int64_t users, std::int64_t items);
    // Nothing where there are none.
    Status save(const std::filesystem::path& folder) const;

    const std::vector<Attribute>& users() const { return m_users; }
    const std::vector<Attribute>& items() const { return m_items; }
    bool empty() const { return m_users.empty() && m_items.empty(); }

private:
    std::shared_ptr<const void> m_storage; // what the views point into
    std::vector<Attribute> m_users;
    std::vector<Attribute> m_items;
};

} // namespace fovea::data
