#include "core/train/new_run.h"

#include "core/base/os.h"
#include "core/model/kinds.h"
#include "core/train/cost.h"
#include "core/train/epoch_order.h"

namespace fovea::train {

namespace {

std::string relativeTo(const std::filesystem::path& path, const std::filesystem::path& base)
{
    namespace fs = std::filesystem;
    std::error_code code;
    const auto relative = fs::relative(fs::absolute(path), fs::absolute(base), code);
    return code || relative.empty() ? fs::absolute(path).string() : relative.string();
}

} // namespace

Status checkTrainable(const RunConfig& config, const data::Dataset& dataset)
{
    const bool ratings = model::findKind(config.model)->task == model::Task::Ratings;
    if (ratings && !dataset.hasValues())
        return wrongUse(
            say("model = %1 learns ratings, but the data set has none", config.model), {},
            "Import the data with a column of values, or train another model");
    const data::Batcher batcher(dataset, config.maxLength);
    if (trainingUsers(dataset, batcher, ratings).empty())
        return badInput(
            "no user has enough events to train on", {},
            "Leave-one-out keeps two events of each user for validation and test");
    if (data::usersWithTarget(dataset, data::Part::Valid).empty())
        return badInput(
            "no user has the three events that validation needs", {}, "Import more data");
    return checkMemory(config, dataset, base::availableMemoryBytes());
}

Result<RunFolder> newRun(
    const std::filesystem::path& folder, const RunConfig& config, int threads,
    const std::filesystem::path& dataFolder, const data::Dataset& dataset,
    std::vector<Change> changes, bool replace)
{
    RunRecord record;
    record.config = config;
    record.changes = std::move(changes);
    record.dataPath = relativeTo(dataFolder, folder);
    record.dataFingerprint = dataset.fingerprint();
    record.device = "cpu";
    record.threads = threads;
    record.started = base::timestampNow();
    return RunFolder::create(folder, std::move(record), dataset, replace);
}

} // namespace fovea::train
