#include "core/data/stores.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <fstream>

namespace fovea::data {

extern const Store kSqlite;
extern const Store kParquet;
extern const Store kFeather;

namespace {

constexpr std::array<const Store*, 3> kStores = {&kSqlite, &kParquet, &kFeather};

} // namespace

std::span<const Store* const> stores() { return kStores; }

bool isQuery(std::string_view table)
{
    const auto text = base::lower(base::trim(table));
    const auto end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_");
    const auto word = text.substr(0, end);
    return end != std::string::npos && (word == "select" || word == "with");
}

const Store* storeOf(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored))
        return nullptr; // a pipe would be waited for
    std::array<char, 16> start{};
    std::ifstream stream(file, std::ios::binary);
    stream.read(start.data(), start.size());
    const std::string_view bytes(start.data(), static_cast<std::size_t>(stream.gcount()));
    const auto found = std::find_if(
        kStores.begin(), kStores.end(), [&](const auto* store) { return store->recognise(bytes); });
    return found == kStores.end() ? nullptr : *found;
}

} // namespace fovea::data
