#include "core/train/presets.h"

#include <array>

namespace fovea::train {

namespace {

RunConfig sasrec() { return {}; }

RunConfig article()
{
    RunConfig config;
    config.model = "article";
    return config;
}

} // namespace

std::span<const Preset> presets()
{
    static const std::array<Preset, 2> table = {
        {{"SASRec", "self-attention over the history, scores for the next item", sasrec()},
         {"The article's model", "attention of an item over the rated history, ratings",
          article()}}};
    return table;
}

} // namespace fovea::train
