#include "core/model/kinds_torch.h"

#include "core/train/run_config.h"

#include <algorithm>
#include <array>

namespace fovea::model {

namespace {

const std::array<KindRow, 2>& table()
{
    static const std::array<KindRow, 2> rows = {kSasrec, kArticle};
    return rows;
}

} // namespace

std::string_view taskName(Task task)
{
    return task == Task::NextItem ? "the next item" : "ratings";
}

std::span<const Kind> kinds()
{
    static const std::vector<Kind> list = [] {
        std::vector<Kind> kinds;
        for (const auto& row : table())
            kinds.push_back(row.kind);
        return kinds;
    }();
    return list;
}

const Kind* findKind(std::string_view name)
{
    const auto list = kinds();
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const auto& k) { return k.name == name; });
    return found == list.end() ? nullptr : &*found;
}

std::unique_ptr<Model> makeModel(
    const train::RunConfig& config, const Shape& shape, const at::TensorOptions& options,
    Beginning beginning)
{
    const auto& rows = table();
    const auto row = std::find_if(
        rows.begin(), rows.end(), [&](const auto& r) { return r.kind.name == config.model; });
    return row->make(
        config, shape, ParameterSet(static_cast<std::uint64_t>(config.seed), options, beginning));
}

} // namespace fovea::model
