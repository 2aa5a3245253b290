// A folder of this fuzzer's own, in memory where the system has such a place.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace fovea::fuzz {

inline const std::filesystem::path& scratch()
{
    static const auto path = [] {
        const std::filesystem::path memory = "/dev/shm";
        const auto base =
            std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
        auto name = base / ("fovea-fuzz-" + std::to_string(::getpid()));
        std::filesystem::create_directories(name);
        return name;
    }();
    return path;
}

// A file of these bytes.
inline std::filesystem::path written(const std::string& name, std::string_view bytes)
{
    auto file = scratch() / name;
    std::ofstream(file, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return file;
}

inline std::string_view textOf(const std::uint8_t* bytes, std::size_t size)
{
    return {reinterpret_cast<const char*>(bytes), size};
}

} // namespace fovea::fuzz
