// Matrices in NumPy's .npy files (format: numpy.lib.format, versions 1 to 3): little-endian numbers
// in C order, mapped and never executed. Blocks on the disk.
#pragma once

#include "core/base/os.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace fovea::io {

// IEEE 754 binary16.
float fromHalf(std::uint16_t half);

class NpyFile {
public:
    // Of one or two dimensions; f2, f4, f8, i4 and i8.
    static Result<NpyFile> open(const std::filesystem::path& file);

    std::int64_t rows() const { return m_rows; }
    std::int64_t width() const { return m_width; } // numbers a row; 1 of one dimension
    float at(std::int64_t row, std::int64_t column) const;

private:
    NpyFile() = default;
    std::unique_ptr<const base::FileMapping> m_mapping;
    const char* m_data = nullptr;
    char m_kind = 'f'; // f or i
    std::size_t m_size = 4; // bytes a number
    std::int64_t m_rows = 0;
    std::int64_t m_width = 1;
};

} // namespace fovea::io
