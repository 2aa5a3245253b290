#include "core/data/attributes.h"

#include "core/base/long_pass.h"
#include "core/base/text.h"
#include "core/data/attributes_file.h"
#include "core/data/columns_check.h"
#include "core/data/own_texts.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/pieces.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

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

Error damaged(Message what, Message where)
{
    return badInput(std::move(what), std::move(where), "The data set is damaged; import it again");
}

std::string endsOf(const std::string& name) { return name + "_end"; }

// One entry of the list of columns.
struct Listed {
    bool areItems = false;
    std::string name;
    AttributeKind kind = AttributeKind::Number;

    std::string tensor() const { return (areItems ? "items." : "users.") + name; }
};

std::optional<Listed> listed(const io::Json& about)
{
    const auto text = [&](const char* key) {
        const auto found = about.is_object() ? about.find(key) : about.end();
        const bool isText = about.is_object() && found != about.end() && found->is_string();
        return isText ? found->get<std::string>() : std::string();
    };
    const auto of = text("of");
    const auto kind = std::find(kKindNames.begin(), kKindNames.end(), text("kind"));
    if ((of != "users" && of != "items") || text("name").empty() || kind == kKindNames.end())
        return std::nullopt;
    return Listed{
        of == "items", text("name"), static_cast<AttributeKind>(kind - kKindNames.begin())};
}

Result<std::vector<Listed>> listIn(const io::TensorFile& file, const std::string& path)
{
    const auto text = file.metadata().find(kList);
    if (text == file.metadata().end())
        return damaged(say("the metadata '%1' is missing", kList), path);
    FOVEA_ASSIGN(const auto json, io::parseJson(text->second, path));
    if (!json.is_array())
        return damaged(say("the metadata '%1' is not a list", kList), path);
    std::vector<Listed> list;
    std::set<std::string> tensors;
    for (const auto& about : json) {
        const auto place = say("%1, metadata '%2', entry %3", path, kList, list.size());
        const auto one = listed(about);
        if (!one)
            return damaged("an attribute is of users or items and has a name and a kind", place);
        if (!tensors.insert(one->tensor()).second)
            return damaged(
                say("a second attribute '%1'", base::shortened(one->tensor(), 60)), place);
        list.push_back(*one);
    }
    return list;
}

// The column as it lies in the file; what does not fit together is refused.
Result<Attribute> columnOf(
    const io::TensorFile& file, const Listed& about, std::int64_t ids, const std::string& path)
{
    const auto tensor = about.tensor();
    const auto place = say("%1, tensor '%2'", path, base::shortened(tensor, 60));
    Attribute view;
    view.name = about.name;
    view.kind = about.kind;
    if (view.isTexts()) {
        FOVEA_ASSIGN(const auto ends, file.column<std::int64_t>(endsOf(tensor)));
        FOVEA_ASSIGN(const auto bytes, file.column<char>(tensor));
        if (std::ssize(ends) != ids)
            return damaged(say("%1 entries for %2 ids", ends.size(), ids), place);
        view.texts = Texts(ends, {bytes.data(), bytes.size()});
        FOVEA_TRY(checkTexts(view.texts, path, tensor));
        return view;
    }
    const auto* numbers = file.find(tensor);
    if (!numbers || numbers->type != io::ElementType::F32 || numbers->shape.size() != 2
        || reinterpret_cast<std::uintptr_t>(numbers->bytes.data()) % alignof(float) != 0)
        return damaged("expected a matrix of float32 numbers", place);
    view.width = numbers->shape[1];
    if (numbers->shape[0] != ids)
        return damaged(say("%1 entries for %2 ids", numbers->shape[0], ids), place);
    if (view.width < 1 || (view.kind == AttributeKind::Number && view.width != 1))
        return damaged(say("%1 numbers per id", view.width), place);
    view.numbers = std::span(
        reinterpret_cast<const float*>(numbers->bytes.data()),
        numbers->bytes.size() / sizeof(float));
    // NaN = not told
    const auto infinite = std::find_if(
        view.numbers.begin(), view.numbers.end(), [](float x) { return std::isinf(x); });
    if (infinite != view.numbers.end())
        return damaged(
            "a number is infinite", say("%1, entry %2", place, infinite - view.numbers.begin()));
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
    const base::LongPass pass("who has an attribute", ids);
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
    FOVEA_ASSIGN(const auto list, listIn(*file, path.string()));
    for (const auto& about : list) {
        FOVEA_ASSIGN(
            auto view, columnOf(*file, about, about.areItems ? items : users, path.string()));
        (about.areItems ? result.m_items : result.m_users).push_back(std::move(view));
    }
    file->giveBack();
    return result;
}

namespace {

std::vector<io::TensorView> tensorsOf(const Attributes& attributes)
{
    std::vector<io::TensorView> tensors;
    const auto add = [&](const char* of, const std::vector<Attribute>& columns) {
        for (const auto& column : columns) {
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
    add("users", attributes.users());
    add("items", attributes.items());
    // The widest elements first: then each column is aligned.
    std::stable_sort(tensors.begin(), tensors.end(), [](const auto& a, const auto& b) {
        return io::elementSize(a.type) > io::elementSize(b.type);
    });
    return tensors;
}

io::Json listOf(const Attributes& attributes)
{
    io::Json list = io::Json::array();
    const auto add = [&](const char* of, const std::vector<Attribute>& columns) {
        for (const auto& column : columns)
            list.push_back(
                {{"of", of}, {"name", column.name}, {"kind", attributeKindName(column.kind)}});
    };
    add("users", attributes.users());
    add("items", attributes.items());
    return list;
}

} // namespace

Status saveAttributes(
    const Attributes& attributes, const std::filesystem::path& folder,
    const base::BetweenPieces& between)
{
    if (attributes.empty())
        return success();
    return io::writeTensors(
        folder / kFile, tensorsOf(attributes), {{kList, listOf(attributes).dump()}}, between);
}

std::size_t byteCount(const Attributes& attributes) { return io::byteCount(tensorsOf(attributes)); }

Status Attributes::save(const std::filesystem::path& folder) const
{
    return saveAttributes(*this, folder, {});
}

} // namespace fovea::data
