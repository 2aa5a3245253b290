// Parquet and Feather (Arrow IPC), in builds that have Apache Arrow. Its libraries bring a simdjson
// and an OpenSSL of their own under the names that ours have: so they are behind a module
// (core/data/arrow_module), loaded when such a file is first met and out of sight of all else.
#include "core/base/os.h"
#include "core/data/stores.h"

namespace fovea::data {

namespace {

// The module's, by name; null where it cannot be had or is of another version.
const Store* loaded(std::string_view name)
{
    using Find = const Store* (*)(std::string_view name, std::string_view version);
    static const auto find =
        reinterpret_cast<Find>(base::moduleFunction(FOVEA_ARROW_MODULE, "fovea_arrow_store"));
    return find ? find(name, FOVEA_VERSION) : nullptr;
}

Error refusal(const std::filesystem::path& file)
{
    return badInput(
        "this build cannot read Parquet and Feather files", file.string(),
        "Take a build with Apache Arrow, or write the table as CSV");
}

constexpr char kParquetName[] = "parquet";
constexpr char kFeatherName[] = "feather";

Result<std::vector<io::Member>> tables(const std::filesystem::path&, const io::Access&)
{
    return std::vector<io::Member>();
}

// With the memory that it may take; the module cannot ask the system.
StoreCall bounded(StoreCall call)
{
    auto& most = call.access.mostMemory;
    most = most > 0 ? most : base::availableMemoryBytes() / 2;
    return call;
}

template <const char* name> Result<StoreHead> head(const StoreCall& call)
{
    const auto* store = loaded(name);
    return store ? store->head(bounded(call)) : refusal(call.file);
}

template <const char* name>
Result<std::unique_ptr<RowSource>> rows(const StoreCall& call, base::Progress& progress)
{
    const auto* store = loaded(name);
    return store ? store->rows(bounded(call), progress) : refusal(call.file);
}

bool isParquet(std::string_view start) { return start.starts_with("PAR1"); }
bool isFeather(std::string_view start) { return start.starts_with("ARROW1"); }

} // namespace

extern const Store kParquet;
extern const Store kFeather;
const Store kParquet{kParquetName, "Parquet",          isParquet,
                     tables,       head<kParquetName>, rows<kParquetName>};
const Store kFeather{kFeatherName, "Feather (Arrow)",  isFeather,
                     tables,       head<kFeatherName>, rows<kFeatherName>};

} // namespace fovea::data
