// What costs time: reading a file, opening a data set, an epoch of
// training, an evaluation.
#include "core/base/os.h"
#include "core/data/import.h"
#include "core/data/sample.h"
#include "core/eval/evaluator_torch.h"
#include "core/train/losses_torch.h"
#include "core/train/optimiser_torch.h"
#include "core/train/run_config.h"

#include <benchmark/benchmark.h>

#include <fstream>

namespace fovea {
namespace {

void importCsv(benchmark::State& state)
{
    const auto file = std::filesystem::temp_directory_path() / "fovea-bench.csv";
    {
        std::ofstream out(file);
        out << "user,item,rating,time\n";
        for (std::int64_t i = 0; i < state.range(0); ++i)
            out << i * 7919 % 9973 << ',' << i * 104'729 % 4999 << ',' << 1 + i % 5 << ','
                << 1'600'000'000 + i << '\n';
    }
    data::ImportOptions options;
    options.file = file;
    base::Silent silent;
    while (state.KeepRunning())
        benchmark::DoNotOptimize(data::importFile(options, silent, {}).ok());
    state.SetItemsProcessed(state.iterations() * state.range(0));
    std::filesystem::remove(file);
}
BENCHMARK(importCsv)->Arg(200'000)->Unit(benchmark::kMillisecond);

// From the disk's cache; what it takes of memory stands beside it.
void openDataset(benchmark::State& state)
{
    constexpr std::int64_t kEventsOfAUser = 200;
    constexpr std::int32_t kItems = 30'000;
    const auto folder = std::filesystem::temp_directory_path() / "fovea-bench-set";
    std::filesystem::create_directories(folder);
    base::Silent silent;
    {
        std::vector<std::string> users;
        std::vector<data::Item> items = {{"[PAD]", "", ""}};
        for (std::int32_t i = 1; i <= kItems; ++i)
            items.push_back({std::to_string(i), "", ""});
        data::Events events;
        for (std::int64_t e = 0; e < state.range(0); ++e) {
            events.items.push_back(static_cast<std::int32_t>(1 + e * 7919 % kItems));
            events.times.push_back(1'000'000'000 + e);
            if ((e + 1) % kEventsOfAUser == 0) {
                users.push_back(std::to_string(users.size()));
                events.offsets.push_back(e + 1);
            }
        }
        const data::Dataset made(users, items, std::move(events));
        if (!made.save(folder, io::Json::object(), silent, {}))
            state.SkipWithError("it cannot be written");
    }
    base::returnFreedMemory();
    const auto before = base::residentMemoryBytes();
    std::int64_t taken = 0;
    while (state.KeepRunning()) {
        const auto opened = data::Dataset::load(folder);
        benchmark::DoNotOptimize(opened.ok());
        taken = base::residentMemoryBytes() - before;
    }
    state.counters["MiB"] = static_cast<double>(taken) / (1 << 20);
    std::filesystem::remove_all(folder);
}
BENCHMARK(openDataset)->Arg(100'000'000)->Unit(benchmark::kMillisecond);

struct Trainer {
    std::shared_ptr<const data::Dataset> dataset = data::makeSample({2000, 1000, 1})->dataset;
    train::RunConfig config = *train::resolved({});
    std::unique_ptr<model::Model> model = model::makeModel(config, model::shapeOf(*dataset));
    train::Optimiser optimiser{model->parameters().tensors()};
    train::TrainedItems trained{*dataset};
    data::Batcher batcher{*dataset, config.maxLength};
    std::vector<UserIndex> users = data::usersWithTarget(*dataset, data::Part::Train);

    std::int64_t epoch(const char* loss)
    {
        std::int64_t targets = 0;
        for (std::size_t at = 0; at < users.size(); at += 128) {
            const auto batch = batcher.nextItemTraining(
                std::span(users).subspan(at, std::min<std::size_t>(128, users.size() - at)));
            const model::PackedBatch packed(batch);
            const model::Context context{true, 0.2, 0.2, {1, 1}, nullptr, {}};
            train::findLoss(loss)
                ->function
                ->mean(
                    {model->forward(packed, context),
                     model->itemVectors(),
                     packed,
                     {1, 1},
                     1,
                     trained})
                .backward();
            optimiser.step(1e-3, 0, 0);
            targets += batch.tokens();
        }
        return targets;
    }
};

void trainEpoch(benchmark::State& state, const char* loss)
{
    at::set_num_threads(1);
    Trainer trainer;
    std::int64_t targets = 0;
    while (state.KeepRunning())
        targets += trainer.epoch(loss);
    state.SetItemsProcessed(targets);
}
BENCHMARK_CAPTURE(trainEpoch, crossEntropy, "ce")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(trainEpoch, binaryCrossEntropy, "bce")->Unit(benchmark::kMillisecond);

void evaluateFullRanking(benchmark::State& state)
{
    at::set_num_threads(1);
    const Trainer trainer;
    base::Silent silent;
    while (state.KeepRunning())
        benchmark::DoNotOptimize(
            eval::evaluate(*trainer.model, {*trainer.dataset, data::Part::Test, 50, silent, {}, {}})
                .ok());
    state.SetItemsProcessed(state.iterations() * 2000);
}
BENCHMARK(evaluateFullRanking)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace fovea
