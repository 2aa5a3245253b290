// Any file as a file of events and of items: encodings, archives, sniffing, every shape (delimited
// text, JSON, Python literals, blocks, impressions, sequences), ids, times, order. The first byte
// chooses the shape or leaves it to be found.
#include "core/data/import.h"
#include "core/data/shapes.h"

#include <cstdlib>
#include <fstream>
#include <unistd.h>

using namespace fovea;

namespace {

// In memory where the system has such a folder.
const std::filesystem::path& file()
{
    static const auto path = [] {
        const std::filesystem::path memory = "/dev/shm";
        const auto folder =
            std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
        const auto name = folder / ("fovea-fuzz-" + std::to_string(::getpid()));
        return name;
    }();
    return path;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    if (size == 0)
        return 0;
    std::ofstream(file(), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes) + 1, static_cast<std::streamsize>(size - 1));
    data::ImportOptions options;
    options.file = file();
    options.itemsFile = (bytes[0] & 0x80) != 0 ? file() : std::filesystem::path();
    options.threads = 1;
    const auto shape = static_cast<std::size_t>(bytes[0] & 0x0F);
    if (shape < data::shapes().size())
        options.format = data::shapes()[shape]->name;
    options.deals.repeats = (bytes[0] & 0x40) != 0 ? "last" : "keep";
    options.minItemEvents = (bytes[0] & 0x20) != 0 ? 2 : 1;
    base::Silent silent;
    const auto imported = data::importFile(options, silent, {});
    if (imported) {
        // Nothing goes uncounted where a row is an event.
        const auto kept = imported->dataset->eventCount();
        if (imported->report.events != kept || kept > imported->rows)
            std::abort();
    }
    std::filesystem::remove(file());
    return 0;
}
