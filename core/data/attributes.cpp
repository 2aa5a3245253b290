#include "core/data/attributes.h"

#include "core/base/text.h"
#include "core/data/own_texts.h"
#include "core/io/file.h"
#include "core/io/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace fovea::data {

namespace {

constexpr std::array<std::string_view, 4> kKindNames = {"number", "text", "image", "vector"};
constexpr const char* kFile = "attributes.safetensors";
constexpr const char* kList = "attributes"; // key of the metadata

struct OwnSide {
    std::vector<OwnAttribute> columns;
    std::vector<OwnTexts> texts;
};

std::vector<Attribute> viewsOf(OwnSide& side)
{
    std::vector<Attribute> views;
    side.texts.reserve(side.columns.size());
    for (auto& own : side.columns) {
        Attribute view{own.name, own.kind, own.width, own.numbers, {}};
        if (view.isTexts()) {
            auto& texts = side.texts.emplace_back();
            for (const auto& text : own.texts)
                texts.add(text);
            std::vector<std::string>().swap(own.texts);
            view.texts = texts.view();
        }
        views.push_back(std::move(view));
    }
    return views;
}

Error damaged(const std::filesystem::path& file)
{
    return badInput(
        "the attributes do not fit the data set", file.string(),
        "The data set is damaged; import it again");
}

std::string endsOf(const std::string& name) { return name + "_end"; }

// The column as it lies in the file; what does not fit together is refused.
Result<Attribute> columnOf(
    const io::TensorFile& file, const io::Json& about, std::int64_t ids,
    const std::filesystem::path& path)
{
    Attribute view;
    view.name = about.at("name");
    const auto kind =
        std::find(kKindNames.begin(), kKindNames.end(), about.at("kind").get<std::string>());
    if (kind == kKindNames.end())
        return damaged(path);
    view.kind = static_cast<AttributeKind>(kind - kKindNames.begin());
    const auto tensor = about.at("of").get<std::string>() + "." + view.name;
    if (view.isTexts()) {
        FOVEA_ASSIGN(const auto ends, file.column<std::int64_t>(endsOf(tensor)));
        FOVEA_ASSIGN(const auto bytes, file.column<char>(tensor));
        view.texts = Texts(ends, {bytes.data(), bytes.size()});
        const bool fits = std::is_sorted(ends.begin(), ends.end())
            && static_cast<std::int64_t>(ends.size()) == ids && !ends.empty() && ends.front() >= 0
            && ends.back() == static_cast<std::int64_t>(bytes.size());
        return fits ? Result<Attribute>(view) : damaged(path);
    }
    const auto* numbers = file.find(tensor);
    if (!numbers || numbers->type != io::ElementType::F32 || numbers->shape.size() != 2
        || numbers->shape[0] != ids || numbers->shape[1] < 1
        || reinterpret_cast<std::uintptr_t>(numbers->bytes.data()) % alignof(float) != 0)
        return damaged(path);
    view.width = numbers->shape[1];
    view.numbers = std::span(
        reinterpret_cast<const float*>(numbers->bytes.data()),
        numbers->bytes.size() / sizeof(float));
    return view;
}

} // namespace

std::string_view attributeKindName(AttributeKind kind)
{
    return kKindNames[static_cast<std::size_t>(kind)];
}

bool Attribute::isTold(std::int64_t id) const
{
    return isTexts() ? !texts[static_cast<std::size_t>(id)].empty()
                     : !std::isnan(numbers[static_cast<std::size_t>(id * width)]);
}

std::int64_t Attribute::told() const
{
    const auto ids =
        isTexts() ? std::ssize(texts.ends()) : static_cast<std::int64_t>(numbers.size()) / width;
    std::int64_t count = 0;
    for (std::int64_t id = 0; id < ids; ++id)
        count += isTold(id);
    return count;
}

std::string Attribute::text(std::int64_t id) const
{
    if (!isTold(id))
        return {};
    if (isTexts())
        return std::string(texts[static_cast<std::size_t>(id)]);
    const auto row =
        numbers.subspan(static_cast<std::size_t>(id * width), static_cast<std::size_t>(width));
    if (kind == AttributeKind::Number)
        return base::toText(row.front());
    std::string text = "[";
    constexpr std::size_t kShown = 4;
    for (std::size_t i = 0; i < std::min(kShown, row.size()); ++i)
        text += (i > 0 ? ", " : "") + base::toText(row[i]);
    return text + (row.size() > kShown ? ", …]" : "]");
}

Attributes::Attributes(std::vector<OwnAttribute> users, std::vector<OwnAttribute> items)
{
    const auto own = std::make_shared<std::array<OwnSide, 2>>();
    (*own)[0].columns = std::move(users);
    (*own)[1].columns = std::move(items);
    m_users = viewsOf((*own)[0]);
    m_items = viewsOf((*own)[1]);
    m_storage = own;
}

Result<Attributes> Attributes::load(
    const std::filesystem::path& folder, std::int64_t users, std::int64_t items)
{
    Attributes result;
    const auto path = folder / kFile;
    if (!io::exists(path))
        return result;
    FOVEA_ASSIGN(auto mapped, io::TensorFile::map(path));
    FOVEA_TRY(mapped.needChecksum());
    const auto file = std::make_shared<const io::TensorFile>(std::move(mapped));
    result.m_storage = file;
    const auto list = file->metadata().find(kList);
    if (list == file->metadata().end())
        return damaged(path);
    try {
        for (const auto& about : io::Json::parse(list->second)) {
            const bool areItems = about.at("of") == "items";
            FOVEA_ASSIGN(auto view, columnOf(*file, about, areItems ? items : users, path));
            (areItems ? result.m_items : result.m_users).push_back(std::move(view));
        }
    } catch (const io::Json::exception&) {
        return damaged(path);
    }
    file->giveBack();
    return result;
}

Status Attributes::save(const std::filesystem::path& folder) const
{
    if (empty())
        return success();
    io::Json list = io::Json::array();
    std::vector<io::TensorView> tensors;
    const auto add = [&](const char* of, const std::vector<Attribute>& columns) {
        for (const auto& column : columns) {
            list.push_back(
                {{"of", of}, {"name", column.name}, {"kind", attributeKindName(column.kind)}});
            const auto name = std::string(of) + "." + column.name;
            if (column.isTexts()) {
                const auto bytes = column.texts.bytes();
                tensors.push_back(
                    {endsOf(name),
                     io::ElementType::I64,
                     {std::ssize(column.texts.ends())},
                     io::bytesOf(column.texts.ends())});
                tensors.push_back({name, io::ElementType::U8, {std::ssize(bytes)}, bytes});
            } else {
                const auto ids = static_cast<std::int64_t>(column.numbers.size()) / column.width;
                tensors.push_back(
                    {name, io::ElementType::F32, {ids, column.width}, io::bytesOf(column.numbers)});
            }
        }
    };
    add("users", m_users);
    add("items", m_items);
    // The widest elements first: then each column is aligned.
    std::stable_sort(tensors.begin(), tensors.end(), [](const auto& a, const auto& b) {
        return io::elementSize(a.type) > io::elementSize(b.type);
    });
    return io::writeTensors(folder / kFile, tensors, {{kList, list.dump()}});
}

} // namespace fovea::data
