#include "core/data/dataset_schema1.h"

#include "core/base/text.h"
#include "core/data/delimited.h"
#include "core/io/file.h"
#include "core/io/safetensors.h"

namespace fovea::data {

namespace {

Result<std::vector<std::vector<std::string>>> readCsv(
    const std::filesystem::path& file, std::size_t fields)
{
    FOVEA_ASSIGN(const auto text, io::readFile(file));
    auto rows = rowsOf(text, Dialect{",", true, true}, text.size());
    for (const auto& row : rows) {
        if (row.size() != fields)
            return badInput(
                say("a row has %1 fields instead of %2", row.size(), fields), file.string(),
                "The data set is damaged; import it again");
    }
    if (rows.empty())
        return badInput("the header is missing", file.string());
    rows.erase(rows.begin());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].front() != std::to_string(i))
            return badInput(
                say("row %1 has the index '%2'", i, base::shortened(rows[i].front(), 60)),
                file.string(), "The data set is damaged; import it again");
    }
    return rows;
}

} // namespace

Result<Schema1> readSchema1(const std::filesystem::path& folder, const std::stop_token& stop)
{
    const auto goesOn = [&] {
        return stop.stop_requested() ? interrupted("the data set was not opened") : success();
    };
    FOVEA_ASSIGN(const auto userRows, readCsv(folder / "users.csv", 2));
    FOVEA_TRY(goesOn());
    FOVEA_ASSIGN(const auto itemRows, readCsv(folder / "items.csv", 4));
    FOVEA_TRY(goesOn());
    FOVEA_ASSIGN(const auto file, io::TensorFile::read(folder / "events.safetensors"));
    FOVEA_TRY(goesOn());
    Schema1 read;
    for (const auto& row : userRows)
        read.users.push_back(row[1]);
    for (const auto& row : itemRows)
        read.items.push_back({row[1], row[2], row[3]});
    FOVEA_ASSIGN(read.events.offsets, file.longs("offsets"));
    FOVEA_ASSIGN(read.events.items, file.ints("items"));
    if (file.find("times")) {
        FOVEA_ASSIGN(read.events.times, file.longs("times"));
    }
    if (file.find("values")) {
        FOVEA_ASSIGN(read.events.values, file.floats("values"));
    }
    return read;
}

} // namespace fovea::data
