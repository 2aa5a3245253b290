#include "core/io/safetensors.h"

#include "core/base/hash.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/pieces.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

namespace fovea::io {

static_assert(std::endian::native == std::endian::little, "the format is little endian");

namespace {

constexpr std::uint64_t kMaxHeader = 100'000'000;
constexpr std::size_t kMostTensors = 9'000; // fewer than the keys that JSON of ours may have

struct TypeRow {
    ElementType type;
    std::string_view name;
    std::size_t size;
};

constexpr std::array<TypeRow, 13> kTypes = {{
    {ElementType::F16, "F16", 2},
    {ElementType::BF16, "BF16", 2},
    {ElementType::F32, "F32", 4},
    {ElementType::F64, "F64", 8},
    {ElementType::I8, "I8", 1},
    {ElementType::I16, "I16", 2},
    {ElementType::I32, "I32", 4},
    {ElementType::I64, "I64", 8},
    {ElementType::U8, "U8", 1},
    {ElementType::U16, "U16", 2},
    {ElementType::U32, "U32", 4},
    {ElementType::U64, "U64", 8},
    {ElementType::Bool, "BOOL", 1},
}};

const TypeRow& row(ElementType type)
{
    return *std::find_if(
        kTypes.begin(), kTypes.end(), [&](const auto& r) { return r.type == type; });
}

Error damaged(const Message& what, const std::string& where)
{
    return badInput(
        say("damaged tensor file: %1", what), where,
        "Restore the file from a copy, or make it again");
}

std::string header(const std::vector<TensorView>& tensors, const TensorMetadata& metadata)
{
    Json root = Json::object();
    if (!metadata.empty())
        root["__metadata__"] = metadata;
    std::size_t at = 0;
    for (const auto& tensor : tensors) {
        root[tensor.name] = {
            {"dtype", row(tensor.type).name},
            {"shape", tensor.shape},
            {"data_offsets", {at, at + tensor.bytes.size()}}};
        at += tensor.bytes.size();
    }
    std::string text = root.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    return text;
}

// The bytes that a shape needs, or nothing if it is negative or overflows, its zeros left out.
std::optional<std::size_t> byteCount(const std::vector<std::int64_t>& shape, std::size_t element)
{
    std::size_t count = element;
    bool isEmpty = false;
    for (const auto extent : shape) {
        const auto size = static_cast<std::size_t>(extent);
        if (extent < 0 || (size != 0 && count > std::numeric_limits<std::size_t>::max() / size))
            return std::nullopt;
        isEmpty = isEmpty || size == 0;
        count *= std::max<std::size_t>(size, 1);
    }
    return isEmpty ? 0 : count;
}

// One entry of the header, which has a few keys; throws Json's exceptions on a wrong layout.
Result<TensorView> entry(
    const std::string& name, const Json& value, std::string_view data, const std::string& where)
{
    const auto number = [&](const Json& n) { return wholeNumber(n).value_or(-1); };
    TensorView tensor{name, {}, {}, {}};
    const auto& shape = value.at("shape");
    const auto& offsets = value.at("data_offsets");
    if (!shape.is_array() || !offsets.is_array() || offsets.size() != 2)
        return damaged(
            say("the shape or the offsets of '%1' are not a list", base::shortened(name, 60)),
            where);
    for (const auto& extent : shape)
        tensor.shape.push_back(number(extent));
    const auto typeName = value.at("dtype").get<std::string>();
    const auto type = std::find_if(
        kTypes.begin(), kTypes.end(), [&](const auto& r) { return r.name == typeName; });
    if (type == kTypes.end())
        return damaged(
            say("element type '%1' of '%2' is not known", base::shortened(typeName, 60),
                base::shortened(name, 60)),
            where);
    tensor.type = type->type;
    const auto begin = static_cast<std::size_t>(number(offsets.at(0)));
    const auto end = static_cast<std::size_t>(number(offsets.at(1)));
    const auto needed = byteCount(tensor.shape, type->size);
    if (begin > end || end > data.size() || needed != end - begin)
        return damaged(
            say("the extent of '%1' does not fit the file", base::shortened(name, 60)), where);
    tensor.bytes = data.substr(begin, end - begin);
    return tensor;
}

Status checkNoHoles(
    std::vector<TensorView> tensors, std::string_view data, const std::string& where)
{
    std::sort(tensors.begin(), tensors.end(), [](const auto& a, const auto& b) {
        return a.bytes.data() < b.bytes.data();
    });
    std::size_t covered = 0;
    for (const auto& tensor : tensors) {
        if (!tensor.bytes.empty() && tensor.bytes.data() != data.data() + covered)
            return damaged(
                say("'%1' overlaps another tensor or leaves a hole before it",
                    base::shortened(tensor.name, 60)),
                where);
        covered += tensor.bytes.size();
    }
    return covered == data.size() ? success()
                                  : Status(damaged("data after the last tensor", where));
}

template <typename T>
Result<std::vector<T>> elements(
    const TensorView* tensor, ElementType type, std::string_view name, const std::string& where)
{
    if (!tensor || tensor->type != type || tensor->shape.size() != 1)
        return damaged(say("no column '%1' of the right type", name), where);
    std::vector<T> values(tensor->bytes.size() / sizeof(T));
    if (!values.empty())
        std::memcpy(values.data(), tensor->bytes.data(), tensor->bytes.size());
    return values;
}

} // namespace

std::size_t elementSize(ElementType type) { return row(type).size; }

std::size_t byteCount(const std::vector<TensorView>& tensors)
{
    std::size_t bytes = 0;
    for (const auto& tensor : tensors)
        bytes += tensor.bytes.size();
    return bytes;
}

namespace {

constexpr const char* kChecksum = "checksum"; // of the data, by which two files can be compared
constexpr const char* kOfMetadata = "metadata_checksum"; // of the rest

std::string checksumOf(const TensorMetadata& metadata)
{
    base::Fingerprint checksum;
    for (const auto& [key, value] : metadata) {
        if (key == kOfMetadata)
            continue;
        checksum.add(std::to_string(key.size()) + ' ' + std::to_string(value.size()) + ' ');
        checksum.add(key);
        checksum.add(value);
    }
    return checksum.digest();
}

Result<std::string> checksumOf(
    const std::vector<TensorView>& tensors, const base::BetweenPieces& between)
{
    constexpr std::size_t kPiece = std::size_t{16} << 20; // some milliseconds
    base::Fingerprint checksum;
    for (const auto& tensor : tensors) {
        for (std::size_t at = 0; at < tensor.bytes.size(); at += kPiece) {
            if (between)
                FOVEA_TRY(between(0));
            checksum.add(tensor.bytes.substr(at, kPiece));
        }
    }
    return checksum.digest();
}

// The length, the header and nothing of the data.
std::string beginning(
    const std::vector<TensorView>& tensors, const std::string& checksum, TensorMetadata metadata)
{
    metadata[kChecksum] = checksum;
    metadata[kOfMetadata] = checksumOf(metadata);
    const std::string text = header(tensors, metadata);
    const auto length = static_cast<std::uint64_t>(text.size());
    return std::string(reinterpret_cast<const char*>(&length), sizeof length) + text;
}

} // namespace

std::string tensorBytes(const std::vector<TensorView>& tensors, TensorMetadata metadata)
{
    std::string bytes = beginning(tensors, checksumOf(tensors, {}).value(), std::move(metadata));
    bytes.reserve(bytes.size() + byteCount(tensors));
    for (const auto& tensor : tensors)
        bytes += tensor.bytes;
    return bytes;
}

Status writeTensors(
    const std::filesystem::path& file, const std::vector<TensorView>& tensors,
    TensorMetadata metadata)
{
    return writeTensors(file, tensors, std::move(metadata), {});
}

Status writeTensors(
    const std::filesystem::path& file, const std::vector<TensorView>& tensors,
    TensorMetadata metadata, const base::BetweenPieces& between)
{
    if (tensors.size() > kMostTensors)
        return failure(
            say("%1 tensors are more than a file can have (%2)", tensors.size(), kMostTensors),
            file.string(), "Take fewer columns");
    FOVEA_ASSIGN(const auto checksum, checksumOf(tensors, between));
    const std::string first = beginning(tensors, checksum, std::move(metadata));
    std::vector<std::string_view> parts = {first};
    for (const auto& tensor : tensors)
        parts.push_back(tensor.bytes);
    return replaceFile(file, parts, between);
}

Result<TensorFile> TensorFile::read(const std::filesystem::path& path)
{
    FOVEA_ASSIGN(const auto mapping, base::FileMapping::open(path));
    TensorFile file;
    file.m_where = path.string();
    file.m_bytes = std::make_unique<const std::string>(mapping->bytes());
    const std::string_view bytes(*file.m_bytes);
    return parse(std::move(file), bytes);
}

Result<TensorFile> TensorFile::map(const std::filesystem::path& path)
{
    TensorFile file;
    file.m_where = path.string();
    FOVEA_ASSIGN(file.m_mapping, base::FileMapping::open(path));
    const auto bytes = file.m_mapping->bytes();
    return parse(std::move(file), bytes);
}

Result<TensorFile> TensorFile::parse(TensorFile file, std::string_view bytes)
{
    std::uint64_t length = 0;
    if (bytes.size() < sizeof length)
        return damaged("it ends before its header", file.m_where);
    std::memcpy(&length, bytes.data(), sizeof length);
    if (length > kMaxHeader || length > bytes.size() - sizeof length)
        return damaged("its header does not fit", file.m_where);
    const auto data = bytes.substr(sizeof length + length);
    FOVEA_ASSIGN(const auto root, parseJson(bytes.substr(sizeof length, length), file.m_where));
    if (!root.is_object())
        return damaged("its header has another layout", file.m_where);
    try {
        for (const auto& [name, value] : root.items()) {
            if (name == "__metadata__") {
                file.m_metadata = value.get<TensorMetadata>();
                continue;
            }
            FOVEA_ASSIGN(auto tensor, entry(name, value, data, file.m_where));
            file.m_tensors.push_back(std::move(tensor));
        }
    } catch (const Json::exception&) {
        return damaged("its header has another layout", file.m_where);
    }
    FOVEA_TRY(checkNoHoles(file.m_tensors, data, file.m_where));
    // Where they are: files of other programs have none, and Fovea's had one once.
    const auto differs = [&](const char* key, const auto& valueOf) {
        const auto found = file.m_metadata.find(key);
        return found != file.m_metadata.end() && found->second != valueOf();
    };
    if (differs(kChecksum, [&] { return base::fingerprint(data); })
        || differs(kOfMetadata, [&] { return checksumOf(file.m_metadata); }))
        return damaged("its checksum does not match", file.m_where);
    return file;
}

Status TensorFile::needChecksum() const
{
    return m_metadata.contains(kChecksum) ? success() : damaged("it has no checksum", m_where);
}

void TensorFile::giveBack() const
{
    if (m_mapping)
        m_mapping->giveBack();
}

Result<std::string_view> TensorFile::columnBytes(std::string_view name, ElementType type) const
{
    const auto* tensor = find(name);
    const bool isAligned =
        tensor && reinterpret_cast<std::uintptr_t>(tensor->bytes.data()) % elementSize(type) == 0;
    if (!isAligned || tensor->type != type || tensor->shape.size() != 1)
        return damaged(say("no column '%1' of the right type", name), m_where);
    return tensor->bytes;
}

const TensorView* TensorFile::find(std::string_view name) const
{
    const auto found = std::find_if(
        m_tensors.begin(), m_tensors.end(), [&](const auto& t) { return t.name == name; });
    return found == m_tensors.end() ? nullptr : &*found;
}

Result<std::vector<float>> TensorFile::floats(std::string_view name) const
{
    return elements<float>(find(name), ElementType::F32, name, m_where);
}

Result<std::vector<std::int32_t>> TensorFile::ints(std::string_view name) const
{
    return elements<std::int32_t>(find(name), ElementType::I32, name, m_where);
}

Result<std::vector<std::int64_t>> TensorFile::longs(std::string_view name) const
{
    return elements<std::int64_t>(find(name), ElementType::I64, name, m_where);
}

} // namespace fovea::io
