// The tables of models and losses without what they compute, for which LibTorch would be needed.
#include "core/train/losses.h"

#include <algorithm>
#include <array>

namespace fovea {

namespace {

constexpr std::array<model::Kind, 2> kKinds = {{
    {"sasrec", model::Task::NextItem, "ce", 2, true, ""},
    {"article", model::Task::Ratings, "mse", 1, false, ""},
}};
constexpr std::array<train::Loss, 3> kLosses = {{
    {"ce", model::Task::NextItem, "", nullptr},
    {"bce", model::Task::NextItem, "", nullptr},
    {"mse", model::Task::Ratings, "", nullptr},
}};

template <typename Rows> auto* rowOf(const Rows& rows, std::string_view name)
{
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.name == name; });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

std::string_view model::taskName(Task task)
{
    return task == Task::NextItem ? "the next item" : "ratings";
}
std::span<const model::Kind> model::kinds() { return kKinds; }
const model::Kind* model::findKind(std::string_view name) { return rowOf(kKinds, name); }
std::span<const train::Loss> train::losses() { return kLosses; }
const train::Loss* train::findLoss(std::string_view name) { return rowOf(kLosses, name); }

} // namespace fovea
