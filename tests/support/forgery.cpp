#include "tests/support/forgery.h"

#include "core/base/hash.h"

#include <fstream>
#include <map>
#include <optional>

namespace fovea::test {

namespace {

constexpr const char* kMetadata = "__metadata__";

std::string contentOf(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::filesystem::path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

// Null where it cannot be read.
io::Json jsonOf(std::string_view text)
{
    auto parsed = io::parseJson(text, "forged");
    return parsed ? parsed.take() : io::Json();
}

std::string textOf(const io::Json& json)
{
    return json.dump(-1, ' ', false, io::Json::error_handler_t::replace);
}

struct Parts {
    std::string_view header;
    std::string_view data;
};

std::optional<Parts> partsOf(std::string_view file)
{
    std::uint64_t length = 0;
    if (file.size() < sizeof length)
        return std::nullopt;
    std::memcpy(&length, file.data(), sizeof length);
    if (length > file.size() - sizeof length)
        return std::nullopt;
    return Parts{file.substr(sizeof length, length), file.substr(sizeof length + length)};
}

// Sets both checksums, as docs/file-layouts.md says how they are made.
void repair(io::Json& header, std::string_view data)
{
    auto& metadata = header[kMetadata];
    if (!metadata.is_object())
        metadata = io::Json::object();
    metadata["checksum"] = base::fingerprint(data);
    metadata.erase("metadata_checksum");
    std::map<std::string, std::string> sorted;
    for (const auto& [key, value] : metadata.items())
        sorted[key] = value.is_string() ? value.get<std::string>() : "";
    std::string all;
    for (const auto& [key, value] : sorted)
        all += std::to_string(key.size()) + ' ' + std::to_string(value.size()) + ' ' + key + value;
    metadata["metadata_checksum"] = base::fingerprint(all);
}

// Where a tensor lies in the data; nothing if the header does not say it or it lies elsewhere.
std::optional<std::pair<std::size_t, std::size_t>> extentOf(
    const io::Json& header, const std::string& tensor, std::size_t size)
{
    const auto known = header.is_object() ? header.value(tensor, io::Json()) : io::Json();
    const auto offsets = known.is_object() ? known.value("data_offsets", io::Json()) : io::Json();
    if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned()
        || !offsets[1].is_number_unsigned())
        return std::nullopt;
    const auto begin = offsets[0].get<std::size_t>();
    const auto end = offsets[1].get<std::size_t>();
    return begin <= end && end <= size ? std::optional(std::pair(begin, end)) : std::nullopt;
}

template <typename T> std::vector<T> elementsOf(std::string_view bytes)
{
    std::vector<T> values(bytes.size() / sizeof(T));
    if (!values.empty())
        std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
    return values;
}

// Each text followed by a zero byte; nothing if the ends do not fit the texts.
std::optional<std::string> namesOf(const TensorForgery& names, const std::string& column)
{
    const auto texts = names.bytesOf(column);
    std::string all;
    std::int64_t begin = 0;
    for (const auto end : elementsOf<std::int64_t>(names.bytesOf(column + "_end"))) {
        if (end < begin || end > static_cast<std::int64_t>(texts.size()))
            return std::nullopt;
        all += texts.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
        all += '\0';
        begin = end;
    }
    return all;
}

// As seconds of 64 bits, however the file has them.
std::vector<std::int64_t> timesOf(const TensorForgery& events)
{
    const auto metadata = events.header.value(kMetadata, io::Json());
    const auto first = metadata.is_object() ? metadata.value("first_time", io::Json()) : io::Json();
    const auto bytes = events.bytesOf("times");
    if (!first.is_string())
        return elementsOf<std::int64_t>(bytes);
    std::vector<std::int64_t> times;
    const auto from =
        static_cast<std::uint64_t>(std::strtoll(first.get<std::string>().c_str(), nullptr, 10));
    for (const auto since : elementsOf<std::uint32_t>(bytes))
        times.push_back(static_cast<std::int64_t>(from + since));
    return times;
}

} // namespace

TensorForgery::TensorForgery(std::filesystem::path file)
    : m_file(std::move(file))
{
    const auto bytes = contentOf(m_file);
    const auto parts = partsOf(bytes);
    header = jsonOf(parts ? parts->header : "");
    data = parts ? parts->data : std::string_view();
}

std::size_t TensorForgery::begin(const std::string& tensor) const
{
    return header.at(tensor).at("data_offsets").at(0).get<std::size_t>();
}

std::string_view TensorForgery::bytesOf(const std::string& tensor) const
{
    const auto extent = extentOf(header, tensor, data.size());
    return extent ? std::string_view(data).substr(extent->first, extent->second - extent->first)
                  : std::string_view();
}

void TensorForgery::replaceBytes(
    const std::string& tensor, std::string_view bytes, std::size_t elements)
{
    const auto old = bytesOf(tensor).size();
    const auto from = begin(tensor);
    data.replace(from, old, bytes);
    for (auto& [name, known] : header.items()) {
        if (name == kMetadata || name == tensor)
            continue;
        for (auto& offset : known.at("data_offsets")) {
            if (offset.get<std::size_t>() >= from + old)
                offset = offset.get<std::size_t>() + bytes.size() - old;
        }
    }
    header[tensor]["shape"] = {elements};
    header[tensor]["data_offsets"] = {from, from + bytes.size()};
}

void TensorForgery::write() const
{
    auto repaired = header;
    repair(repaired, data);
    test::write(m_file, tensorFileOf(textOf(repaired), data));
}

std::string tensorFileOf(std::string_view header, std::string_view data)
{
    std::string text(header);
    text.resize((text.size() + 7) / 8 * 8, ' '); // so that the tensors are aligned
    const std::uint64_t length = text.size();
    std::string file(sizeof length, '\0');
    std::memcpy(file.data(), &length, sizeof length);
    return file.append(text).append(data);
}

std::string withRightChecksums(const std::string& file)
{
    const auto parts = partsOf(file);
    auto header = jsonOf(parts ? parts->header : "");
    if (!header.is_object())
        return file;
    repair(header, parts->data);
    return tensorFileOf(textOf(header), parts->data);
}

void forgeJson(const std::filesystem::path& file, const std::function<void(io::Json& json)>& change)
{
    auto json = jsonOf(contentOf(file));
    change(json);
    write(file, textOf(json));
}

void repairFingerprint(const std::filesystem::path& dataset)
{
    const TensorForgery events(dataset / "events.safetensors");
    const TensorForgery names(dataset / "names.safetensors");
    const auto users = namesOf(names, "users");
    const auto items = namesOf(names, "items");
    auto json = jsonOf(contentOf(dataset / "dataset.json"));
    if (!users || !items || !events.header.is_object() || !json.is_object()
        || !json.contains("fingerprint") || !json["fingerprint"].is_string())
        return;
    base::Fingerprint hash;
    hash.add(*users);
    hash.add(*items);
    hash.add(events.bytesOf("offsets"));
    hash.add(events.bytesOf("items"));
    hash.addValues(std::span<const std::int64_t>(timesOf(events)));
    hash.add(events.bytesOf("values"));
    hash.add(events.bytesOf("weights"));
    json["fingerprint"] = hash.digest();
    write(dataset / "dataset.json", textOf(json));
}

} // namespace fovea::test
