// Any bytes as the columns of a data set: refused with an error, or every event and name can be
// read. The input is the length of the first file (4 bytes), then events.safetensors and
// names.safetensors.
#include "core/data/dataset.h"
#include "core/io/file.h"

#include <cstring>
#include <unistd.h>

using namespace fovea;

namespace {

const std::filesystem::path& folder()
{
    static const auto path = [] {
        const std::filesystem::path memory = "/dev/shm";
        const auto base =
            std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
        const auto name = base / ("fovea-fuzz-set-" + std::to_string(::getpid()));
        std::filesystem::create_directories(name);
        static_cast<void>(
            io::replaceFile(name / "dataset.json", R"({"schema": 2, "fingerprint": "?"})"));
        return name;
    }();
    return path;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    std::uint32_t length = 0;
    if (size < sizeof length)
        return 0;
    std::memcpy(&length, bytes, sizeof length);
    const std::string_view rest(
        reinterpret_cast<const char*>(bytes) + sizeof length, size - sizeof length);
    const auto cut = std::min<std::size_t>(length, rest.size());
    static_cast<void>(io::replaceFile(folder() / "events.safetensors", rest.substr(0, cut)));
    static_cast<void>(io::replaceFile(folder() / "names.safetensors", rest.substr(cut)));
    // Refused for its fingerprint at the latest, which is taken over all of it.
    static_cast<void>(data::Dataset::load(folder()));
    return 0;
}
