// Any bytes as an SQLite database: refused with an error, or each of its tables and views can be
// looked at and its events read.
#include "core/data/import.h"
#include "core/data/stores.h"
#include "tests/fuzz/scratch.h"

#include <cstdlib>

using namespace fovea;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const auto file = fuzz::written("events.sqlite", fuzz::textOf(bytes, size));
    const auto* store = data::storeOf(file);
    if (!store)
        return 0;
    if (const auto tables = store->tables(file, {})) {
        for (const auto& table : *tables)
            static_cast<void>(store->head({.file = file, .table = table.name}));
    }
    data::ImportOptions options;
    options.file = file;
    options.threads = 1;
    base::Silent silent;
    const auto imported = data::importFile(options, silent, {});
    // Nothing goes uncounted where a row is an event.
    if (imported && imported->dataset->eventCount() > imported->rows)
        std::abort();
    return 0;
}
