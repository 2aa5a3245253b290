// Any text as a recipe: refused with an error, or read back the same from what it writes.
#include "core/data/recipe.h"

#include <nlohmann/json.hpp>

#include <cstdlib>

using namespace fovea;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    const auto json = io::parseJson(text, "fuzzed");
    if (!json)
        return 0;
    const auto recipe = data::recipeFrom(*json, "fuzzed");
    if (!recipe)
        return 0;
    const auto written = toJson(*recipe);
    const auto again = data::recipeFrom(written, "written");
    if (!again || toJson(*again) != written)
        std::abort();
    return 0;
}
