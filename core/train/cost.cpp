#include "core/train/cost.h"

#include "core/base/long_pass.h"
#include "core/base/text.h"
#include "core/device/loops.h"
#include "core/eval/evaluator_torch.h"
#include "core/model/kinds.h"
#include "core/model/model_torch.h"
#include "core/train/epoch_order.h"
#include "core/train/losses_torch.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <mutex>

namespace fovea::train {

namespace {

// Share of the matrix products' speed that a whole step reaches, about: the estimate is good to a
// factor of two.
constexpr double kStepShare = 0.45;

// Operations a second of a product of the sizes that training has, by the fastest of a few.
double productSpeedOfThread()
{
    const at::NoGradGuard noGrad;
    constexpr std::int64_t kRows = 1024;
    constexpr std::int64_t kWidth = 64;
    const auto a = at::ones({kRows, kWidth});
    const auto b = at::ones({kWidth, kRows});
    double best = 1e9;
    for (int i = 0; i < 30; ++i) { // a few milliseconds, so that some are undisturbed
        const auto start = std::chrono::steady_clock::now();
        at::mm(a, b);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        best = std::min(best, took.count());
    }
    return 2.0 * kRows * kRows * kWidth / std::max(best, 1e-9);
}

// Of all threads of a loop, which compute at the same time.
double productSpeed()
{
    std::mutex mutex;
    double sum = 0;
    device::onThreadsOfLoop([&] {
        const auto speed = productSpeedOfThread();
        const std::scoped_lock lock(mutex);
        sum += speed;
    });
    return sum;
}

struct Load {
    double tokens = 0; // of an epoch
    double pairs = 0; // of a query and a key that it sees, in an epoch
    double users = 0; // with something to train on
    model::Shape shape;

    // Tokens of the largest step, about.
    double longestStep(const RunConfig& config) const
    {
        const auto all = std::max(users, 1.0);
        return std::min(static_cast<double>(config.batch), all) * std::max(1.0, tokens / all) * 1.3;
    }
};

// Passes over all users and ratings; the same for any batch and width.
Load loadOf(const RunConfig& config, const data::Dataset& dataset)
{
    const base::LongPass pass("the cost of an epoch", dataset.userCount());
    const bool ratings = model::findKind(config.model)->task == model::Task::Ratings;
    const data::Batcher batcher(dataset, config.maxLength);
    Load load;
    load.shape = model::shapeOf(dataset);
    for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
        const auto length = static_cast<double>(batcher.trainingTargets({u}, ratings));
        load.tokens += length;
        load.pairs += 0.5 * length * (length + 1);
        load.users += length > 0;
    }
    return load;
}

// All but the seconds, without computing anything.
Cost sizeOf(const RunConfig& config, const data::Dataset& dataset, const Load& load)
{
    const bool ratings = model::findKind(config.model)->task == model::Task::Ratings;
    const auto d = static_cast<double>(config.width);
    const auto ffn = static_cast<double>(*config.ffnWidth);
    const auto layers = static_cast<double>(*config.layers);
    const auto items = static_cast<double>(dataset.itemCount());
    const bool full = config.loss == "ce";
    const double lossRows = ratings ? 1 : full ? items : 1 + static_cast<double>(config.negatives);

    // Forward once, backward twice; a product of (m, k) and (k, n) costs 2 m k n.
    const double perToken = layers * (8 * d * d + 4 * d * ffn) + 2 * d * lossRows;
    const double perPair = layers * 4 * d;
    Cost cost;
    cost.parameters =
        model::makeModel(config, load.shape, at::TensorOptions(at::kFloat).device(at::kMeta))
            ->parameters()
            .count();
    cost.flopsPerEpoch = 3 * (perToken * load.tokens + perPair * load.pairs);
    const double step = load.longestStep(config) * (layers * (14 * d + 4 * ffn) + 6 * d);
    // An evaluation keeps nothing for a backward pass.
    const double tile = std::min(load.tokens, static_cast<double>(eval::kTileTokens));
    const double activations = std::max(step, tile * (8 * d + ffn));
    // The softmax packs the items besides.
    const double scores =
        full ? items * (d + static_cast<double>(softmaxRows(static_cast<std::int64_t>(items)))) : 0;
    const auto parameters = static_cast<double>(cost.parameters);
    const double gradients = config.updatesTouched() ? 0 : 2 * parameters;
    const double saving = 5 * parameters; // a checkpoint's bytes before they are written
    cost.memoryBytes = static_cast<std::int64_t>(
        4.0 * (3 * parameters + std::max(saving, gradients + activations + scores)));
    return cost;
}

// The configuration, or the first smaller one that fits.
std::optional<RunConfig> firstThatFits(
    const RunConfig& config, const data::Dataset& dataset, const Load& load,
    std::int64_t availableBytes)
{
    for (auto narrower = config;;) {
        for (auto smaller = narrower;; smaller.batch /= 2) {
            if (sizeOf(smaller, dataset, load).memoryBytes <= availableBytes)
                return smaller;
            if (smaller.batch == 1)
                break;
        }
        narrower.width /= 2;
        if (narrower.width < narrower.heads || narrower.width % narrower.heads != 0)
            return std::nullopt;
        narrower.ffnWidth = *narrower.ffnWidth / 2;
    }
}

// "batch = 16, width = 32"
std::string differences(const RunConfig& config, const RunConfig& smaller)
{
    std::vector<std::string> changed;
    if (smaller.batch != config.batch)
        changed.push_back("batch = " + std::to_string(smaller.batch));
    if (smaller.width != config.width)
        changed.push_back("width = " + std::to_string(smaller.width));
    return base::join(changed, ", ");
}

} // namespace

std::optional<RunConfig> whatFits(
    const RunConfig& config, const data::Dataset& dataset, std::int64_t availableBytes)
{
    return firstThatFits(config, dataset, loadOf(config, dataset), availableBytes);
}

Cost costOf(const RunConfig& config, const data::Dataset& dataset)
{
    auto cost = sizeOf(config, dataset, loadOf(config, dataset));
    const int threads =
        config.threads > 0 ? static_cast<int>(config.threads) : device::loopThreads();
    static std::map<int, double> speeds; // by the number of threads
    auto& speed = speeds[threads];
    if (speed == 0) {
        const device::LoopThreads those(threads);
        speed = productSpeed();
    }
    cost.secondsPerEpoch = cost.flopsPerEpoch / (kStepShare * speed);
    return cost;
}

Status checkMemory(
    const RunConfig& config, const data::Dataset& dataset, std::int64_t availableBytes)
{
    const auto load = loadOf(config, dataset);
    const auto cost = sizeOf(config, dataset, load);
    if (cost.memoryBytes <= availableBytes)
        return success();
    const auto smaller = firstThatFits(config, dataset, load, availableBytes);
    return badInput(
        say("training would take about %1 of memory; %2 are free",
            base::bytesText(cost.memoryBytes), base::bytesText(availableBytes)),
        {},
        smaller ? say("%1 would fit", differences(config, *smaller))
                : Message("Free some memory, or import fewer items (min_item_events)"));
}

} // namespace fovea::train
