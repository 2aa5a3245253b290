// A run of two epochs on the tiny data set, for exports.
#pragma once

#include "core/deploy/export.h"
#include "core/train/training_run.h"
#include "tests/support/support.h"

namespace fovea::test {

struct Shape {
    std::string model;
    std::string norm;
    std::int64_t layers;
    std::int64_t ffn;
    std::int64_t maxLength = 9;
    bool biases = true;
};

inline train::RunConfig configOf(const Shape& shape)
{
    train::RunConfig config;
    config.model = shape.model;
    config.norm = shape.norm;
    config.layers = shape.layers;
    config.ffnWidth = shape.ffn;
    config.width = 16;
    config.maxLength = shape.maxLength;
    config.biases = shape.biases;
    config.epochs = 2;
    return *train::resolved(config);
}

// Trains in the folder and opens what came of it.
inline std::unique_ptr<train::TrainedModel> trained(
    const Shape& shape, const std::filesystem::path& folder)
{
    const auto data = tinyDataset();
    train::RunRecord record;
    record.config = configOf(shape);
    record.dataFingerprint = data->fingerprint();
    auto created = train::RunFolder::create(folder, record, *data, false);
    EXPECT_OK(created);
    {
        auto run = train::TrainingRun::open(created.take(), data);
        EXPECT_OK(run);
        train::PauseGate gate;
        train::Observer nobody;
        base::Silent silent;
        EXPECT_OK((*run)->run({}, gate, nobody, silent));
    }
    auto model = train::TrainedModel::open(*train::RunFolder::open(folder), data);
    EXPECT_OK(model);
    return model.take();
}

inline void exportTo(
    const std::filesystem::path& target, const train::TrainedModel& model,
    const std::filesystem::path& run, std::string_view format)
{
    base::Silent silent;
    EXPECT_OK(deploy::exportModel(
        *train::RunFolder::open(run), model, *deploy::findFormat(format), target, false, silent,
        {}));
}

} // namespace fovea::test
