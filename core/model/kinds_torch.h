// How the models of kinds.h are made: one row each.
#pragma once

#include "core/model/model_torch.h"

namespace fovea::model {

struct KindRow {
    Kind kind;
    std::unique_ptr<Model> (*make)(
        const train::RunConfig& config, const Shape& shape, ParameterSet set);
};

// One file each, in kinds/.
extern const KindRow kSasrec;
extern const KindRow kArticle;

} // namespace fovea::model
