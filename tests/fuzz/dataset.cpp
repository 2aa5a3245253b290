// Any bytes as the files of a data set, with checksums and a fingerprint that are made right:
// refused with an error, or it can be used: counted, looked through, searched and added to. The
// input is four lengths of 4 bytes, then so many bytes of dataset.json, events, names and
// attributes.
#include "core/data/about.h"
#include "core/data/import.h"
#include "core/data/statistics.h"
#include "core/io/file.h"
#include "tests/support/forgery.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <unistd.h>

using namespace fovea;

namespace {

constexpr std::array<const char*, 4> kFiles = {
    "dataset.json", "events.safetensors", "names.safetensors", "attributes.safetensors"};

const std::filesystem::path& folder()
{
    static const auto path = [] {
        const std::filesystem::path memory = "/dev/shm";
        const auto base =
            std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
        auto name = base / ("fovea-fuzz-set-" + std::to_string(::getpid()));
        std::filesystem::create_directories(name);
        return name;
    }();
    return path;
}

void write(const std::filesystem::path& file, std::string_view bytes)
{
    if (!io::replaceFile(file, bytes))
        std::abort();
}

void writeFiles(std::string_view input)
{
    std::array<std::uint32_t, kFiles.size()> lengths{};
    std::memcpy(lengths.data(), input.data(), sizeof lengths);
    input.remove_prefix(sizeof lengths);
    for (std::size_t i = 0; i < kFiles.size(); ++i) {
        const auto bytes = input.substr(0, lengths[i]);
        input.remove_prefix(bytes.size());
        const auto file = folder() / kFiles[i];
        if (i + 1 == kFiles.size() && bytes.empty())
            std::filesystem::remove(file);
        else
            write(file, i == 0 ? std::string(bytes) : test::withRightChecksums(std::string(bytes)));
    }
    test::repairFingerprint(folder());
}

// A sum over everything, so that all of it is touched.
std::int64_t lookThrough(const data::Dataset& dataset)
{
    std::int64_t sum = 0;
    for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
        std::int64_t before = std::numeric_limits<std::int64_t>::min();
        for (const auto time : dataset.timesOf({u})) {
            if (time < before)
                std::abort();
            before = time;
        }
        for (const auto item : dataset.itemsOf({u}))
            sum += static_cast<std::int64_t>(dataset.item({item}).title.size());
        for (const auto numbers : {dataset.valuesOf({u}), dataset.weightsOf({u})}) {
            if (!std::all_of(
                    numbers.begin(), numbers.end(), [](float x) { return std::isfinite(x); }))
                std::abort();
        }
        if (dataset.findUser(dataset.userId({u})) != UserIndex{u})
            std::abort();
    }
    for (std::int32_t i = 1; i <= dataset.itemCount(); ++i) {
        if (dataset.findItem(dataset.item({i}).id) != ItemIndex{i})
            std::abort();
    }
    return sum;
}

void addTo(std::shared_ptr<const data::Dataset> dataset)
{
    data::ImportOptions options;
    options.file = folder() / "new.csv";
    std::string header = "user,item";
    std::string row = "new,i1";
    if (dataset->hasTimes())
        header += ",time", row += ",1500000000";
    if (dataset->hasValues())
        header += ",value", row += ",3";
    write(options.file, header + "\n" + row + "\n");
    options.weight = dataset->hasWeights() ? "value" : "";
    options.scratch = folder();
    options.threads = 1;
    options.before = std::move(dataset);
    base::Silent silent;
    if (const auto added = data::importFile(options, silent, {}))
        lookThrough(*added->dataset);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    if (size < kFiles.size() * sizeof(std::uint32_t))
        return 0;
    writeFiles({reinterpret_cast<const char*>(bytes), size});
    const auto read = data::Dataset::load(folder());
    if (!read)
        return 0;
    const auto& dataset = **read;
    if (!data::aboutDataset(folder()))
        std::abort();
    lookThrough(dataset);
    static_cast<void>(data::warningsOf(data::statisticsOf(dataset).report));
    for (const auto* side : {&dataset.attributes().users(), &dataset.attributes().items()}) {
        for (const auto& column : *side)
            static_cast<void>(column.told() > 0 ? column.text(0) : "");
    }
    addTo(*read);
    return 0;
}
