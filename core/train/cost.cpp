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
#include <cmath>
#include <map>

namespace fovea::train {

namespace {

struct Load {
    double tokens = 0; // of an epoch
    double pairs = 0; // of a query and a key that it sees, in an epoch
    double users = 0; // with something to train on
    model::Shape shape;

    double tokensOfStep(const RunConfig& config) const // on average
    {
        const auto all = std::max(users, 1.0);
        return std::min(static_cast<double>(config.batch), all) * std::max(1.0, tokens / all);
    }
    double steps(const RunConfig& config) const
    {
        return std::ceil(users / static_cast<double>(config.batch));
    }
};

bool learnsRatings(const RunConfig& config)
{
    return model::findKind(config.model)->task == model::Task::Ratings;
}

// What an epoch does: operations of products, or what takes as long, and bytes through memory.
struct Work {
    double operations = 0;
    double bytes = 0;
};

// A sum of terms whose factors were fitted to the times of 27 configurations, fifteen epochs of
// each: both models, all losses, widths of 16 to 256, up to 100,000 items, batches of 4 to 1,500,
// histories of 10 to 600. None of their medians is off by more than a quarter.
Work workOf(const RunConfig& config, const Cost& cost, const Load& load)
{
    const auto d = static_cast<double>(config.width);
    const auto layers = static_cast<double>(*config.layers);
    const auto items = static_cast<double>(load.shape.items);
    const double drawn = load.tokens * (1 + static_cast<double>(config.negatives));
    Work work;
    // Forward once, backward twice; a product of (m, k) and (k, n) costs 2 m k n.
    const auto products = [&](double operations) { return 3 * operations; };
    const double inBlocks = layers * (8 * d * d + 4 * d * static_cast<double>(*config.ffnWidth));
    work.operations += 1.45 * products(inBlocks * load.tokens);
    work.operations += 1.5 * products(layers * 4 * d * load.pairs);
    work.operations += 240 * layers * static_cast<double>(config.heads) * load.pairs; // weights
    work.operations += 1e5 * load.tokens + 8.5e7 * load.steps(config);
    if (config.loss == "ce")
        work.operations += load.tokens * items * (1.2 * products(2 * d) + 70);
    if (config.loss == "bce")
        work.operations += drawn * (4800 + 75 * d);
    if (learnsRatings(config))
        work.bytes += 620 * d * load.tokens; // between the products, step by step
    double stepped = static_cast<double>(cost.parameters); // by Adam
    if (config.updatesTouched()) {
        stepped -= (items + 1) * d;
        work.bytes += 340 * d * (load.tokens + drawn);
    }
    work.bytes += 90 * stepped * load.steps(config);
    return work;
}

// Passes over all users and ratings; the same for any batch and width.
Load loadOf(const RunConfig& config, const data::Dataset& dataset)
{
    const base::LongPass pass("the cost of an epoch", dataset.userCount());
    const bool ratings = learnsRatings(config);
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

// Float32 numbers at the most, with what lies free and does not fit what is needed next. Fitted as
// the terms of workOf() are, to runs in processes of their own; eight of them are in the tests.
double numbersOf(const RunConfig& config, double parameters, const Load& load)
{
    const auto d = static_cast<double>(config.width);
    const auto layers = static_cast<double>(*config.layers);
    const auto items = static_cast<double>(load.shape.items);
    const double tokens = load.tokensOfStep(config);
    // Weights, two moments and a checkpoint's bytes before they are written; gradients.
    double numbers = (config.updatesTouched() ? 7.0 : 8.2) * parameters;
    const double kept = layers * (6 * d + static_cast<double>(*config.ffnWidth)) + 5 * d;
    // An evaluation keeps nothing for a backward pass.
    const double shown = std::min(load.tokens, static_cast<double>(eval::kTileTokens)) * d;
    numbers += std::max((learnsRatings(config) ? 2.3 : 1.38) * tokens * kept, shown);
    if (config.loss == "ce")
        numbers += items
            * (2.3 * d + std::min(tokens, static_cast<double>(softmaxRows(load.shape.items))));
    if (config.loss == "bce")
        numbers += 6 * tokens * (1 + static_cast<double>(config.negatives));
    return numbers;
}

// All but the seconds, without computing anything.
Cost sizeOf(const RunConfig& config, const Load& load)
{
    Cost cost;
    cost.parameters =
        model::makeModel(config, load.shape, at::TensorOptions(at::kFloat).device(at::kMeta))
            ->parameters()
            .count();
    cost.memoryBytes = static_cast<std::int64_t>(
        4 * numbersOf(config, static_cast<double>(cost.parameters), load));
    return cost;
}

// The configuration, or the first smaller one that fits.
std::optional<RunConfig> firstThatFits(
    const RunConfig& config, const Load& load, std::int64_t availableBytes)
{
    for (auto narrower = config;;) {
        for (auto smaller = narrower;; smaller.batch /= 2) {
            if (sizeOf(smaller, load).memoryBytes <= availableBytes)
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
    return firstThatFits(config, loadOf(config, dataset), availableBytes);
}

Cost costOf(const RunConfig& config, const data::Dataset& dataset, const MachineSpeed& speed)
{
    const auto load = loadOf(config, dataset);
    auto cost = sizeOf(config, load);
    const auto work = workOf(config, cost, load);
    cost.secondsPerEpoch = work.operations / speed.products + work.bytes / speed.bytes;
    return cost;
}

Cost costOf(const RunConfig& config, const data::Dataset& dataset)
{
    const int threads =
        config.threads > 0 ? static_cast<int>(config.threads) : device::loopThreads();
    static std::map<int, MachineSpeed> speeds; // by the number of threads
    auto& speed = speeds[threads];
    if (speed.products == 0) {
        const device::LoopThreads those(threads);
        constexpr int kTimes = 3; // others may have the machine in one of them
        for (int i = 0; i < kTimes; ++i) {
            const auto now = speedOfLoop();
            speed.products = std::max(speed.products, now.products);
            speed.bytes = std::max(speed.bytes, now.bytes);
        }
    }
    return costOf(config, dataset, speed);
}

Status checkMemory(
    const RunConfig& config, const data::Dataset& dataset, std::int64_t availableBytes)
{
    const auto load = loadOf(config, dataset);
    const auto cost = sizeOf(config, load);
    if (cost.memoryBytes <= availableBytes)
        return success();
    const auto smaller = firstThatFits(config, load, availableBytes);
    return badInput(
        say("training would take about %1 of memory; %2 are free",
            base::bytesText(cost.memoryBytes), base::bytesText(availableBytes)),
        {},
        smaller ? say("%1 would fit", differences(config, *smaller))
                : Message("Free some memory, or import fewer items (min_item_events)"));
}

} // namespace fovea::train
