// Everything that training continues from, in one file: tensors as safetensors, the rest as JSON in
// its metadata. Checked by a checksum. Compute thread.
#pragma once

#include "core/model/model_torch.h"
#include "core/train/optimiser_torch.h"
#include "core/train/progression.h"

#include <filesystem>

namespace fovea::train {

// The file's bytes, which are saved with io::replaceFile.
std::string checkpointBytes(
    const model::Model& model, const Optimiser* optimiser, const Progression& progression);
// Before a model is made for it: whether a file of that size can hold a model of so many numbers,
// about.
Status checkSize(const std::filesystem::path& file, std::int64_t parameters);
// Fills the model, and the optimiser unless it is null; both are spoilt after an error. Refuses
// tensors that are missing, of another shape or not the model's, and numbers that are not finite.
Result<Progression> loadCheckpoint(
    const std::filesystem::path& file, const model::Model& model, Optimiser* optimiser);

} // namespace fovea::train
