// Files of named tensors in the safetensors layout: a little-endian 64-bit length, that many bytes
// of JSON, then the data without holes (format: huggingface/safetensors, README). Nothing in such a
// file can run. Any thread; blocks on the disk.
#pragma once

#include "core/base/os.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace fovea::io {

enum class ElementType { F16, BF16, F32, F64, I8, I16, I32, I64, U8, U16, U32, U64, Bool };
std::size_t elementSize(ElementType type);

struct TensorView {
    std::string name;
    ElementType type = ElementType::F32;
    std::vector<std::int64_t> shape;
    std::string_view bytes; // C order
};

using TensorMetadata = std::map<std::string, std::string>;

// Written in the given order; the metadata gains "checksum", a fingerprint of the data, and
// "metadata_checksum", one of the rest of the metadata.
std::string tensorBytes(const std::vector<TensorView>& tensors, TensorMetadata metadata = {});
Status writeTensors(
    const std::filesystem::path& file, const std::vector<TensorView>& tensors,
    TensorMetadata metadata = {});

// A whole file in memory, or mapped. Views point into it and live as long as it does.
class TensorFile {
public:
    // Refuse what the format forbids, and what does not match a checksum that is there.
    static Result<TensorFile> read(const std::filesystem::path& file);
    static Result<TensorFile> map(const std::filesystem::path& file);
    TensorFile(TensorFile&&) = default;
    TensorFile& operator=(TensorFile&&) = default;

    const std::vector<TensorView>& tensors() const { return m_tensors; }
    const TensorView* find(std::string_view name) const;
    const TensorMetadata& metadata() const { return m_metadata; }
    // An error without a checksum of the data, which all that Fovea writes has.
    Status needChecksum() const;

    // The elements of a one-dimensional tensor; an error if it is missing or of another type.
    Result<std::vector<float>> floats(std::string_view name) const;
    Result<std::vector<std::int32_t>> ints(std::string_view name) const;
    Result<std::vector<std::int64_t>> longs(std::string_view name) const;
    // The same where they lie; an error, too, where they are not aligned.
    template <typename T> Result<std::span<const T>> column(std::string_view name) const
    {
        FOVEA_ASSIGN(const auto bytes, columnBytes(name, elementTypeOf<T>()));
        return std::span(reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T));
    }
    // Of a mapped file: what was touched counts no longer as this process's memory.
    void giveBack() const;

private:
    TensorFile() = default;
    template <typename T> static constexpr ElementType elementTypeOf()
    {
        if constexpr (std::is_same_v<T, float>)
            return ElementType::F32;
        else if constexpr (std::is_same_v<T, std::int32_t>)
            return ElementType::I32;
        else if constexpr (std::is_same_v<T, std::uint32_t>)
            return ElementType::U32;
        else if constexpr (std::is_same_v<T, char>)
            return ElementType::U8;
        else {
            static_assert(std::is_same_v<T, std::int64_t>);
            return ElementType::I64;
        }
    }
    static Result<TensorFile> parse(TensorFile file, std::string_view bytes);
    Result<std::string_view> columnBytes(std::string_view name, ElementType type) const;

    std::string m_where;
    // One of the two; they stay where they are when the file is moved.
    std::unique_ptr<const std::string> m_bytes;
    std::unique_ptr<const base::FileMapping> m_mapping;
    std::vector<TensorView> m_tensors;
    TensorMetadata m_metadata;
};

template <typename T> std::string_view bytesOf(std::span<const T> values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

template <typename T> std::string_view bytesOf(const std::vector<T>& values)
{
    return bytesOf(std::span<const T>(values));
}

} // namespace fovea::io
