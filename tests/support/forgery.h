// Forged files: wrong in one place, with checksums and fingerprints that are right, as any program
// can write them. A test takes a good file apart, changes something and writes it back. Depends on
// no test framework, so that fuzzers can use it.
#pragma once

#include "core/io/json.h"

#include <nlohmann/json.hpp>

#include <cstring>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace fovea::test {

// A safetensors file. Change what is public, then write().
class TensorForgery {
public:
    explicit TensorForgery(std::filesystem::path file);

    io::Json header; // of each tensor dtype, shape and data_offsets; "__metadata__"
    std::string data; // all that follows the header

    // Overwrites one element.
    template <typename T> void set(const std::string& tensor, std::size_t index, T value)
    {
        std::memcpy(data.data() + begin(tensor) + index * sizeof(T), &value, sizeof(T));
    }
    // Gives the tensor these elements and one dimension; tensors after it move.
    template <typename T> void replace(const std::string& tensor, const std::vector<T>& values)
    {
        replaceBytes(
            tensor, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)},
            values.size());
    }
    void replace(const std::string& tensor, const std::string& bytes)
    {
        replaceBytes(tensor, bytes, bytes.size());
    }
    // A tensor's bytes; empty where the header has none that lies in the file.
    std::string_view bytesOf(const std::string& tensor) const;
    // To the same file, with both checksums made right.
    void write() const;

private:
    std::size_t begin(const std::string& tensor) const;
    void replaceBytes(const std::string& tensor, std::string_view bytes, std::size_t elements);

    std::filesystem::path m_file;
};

// The bytes of a safetensors file with this header and data, neither of them looked at.
std::string tensorFileOf(std::string_view header, std::string_view data);
// The same file with checksums that are right, if its header can be read; else as it is.
std::string withRightChecksums(const std::string& file);

// Changes a JSON file.
void forgeJson(
    const std::filesystem::path& file, const std::function<void(io::Json& json)>& change);

// Makes the fingerprint in a data set's dataset.json that of its columns. Left as it is where they
// cannot be read, or where it is no text.
void repairFingerprint(const std::filesystem::path& dataset);

} // namespace fovea::test
