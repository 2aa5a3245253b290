// The engine against LibTorch's plain operations, side by side:
//     bench_engine [THREADS] [RATINGS.DAT] [alone|both] [attention|step|loss|top|bce|ce|scale]
// Each pair is timed alternately, so that what else the machine does falls on both; a row gives the
// median of the pairs' ratios and their spread. Two-thread timings on small virtual machines come
// in two modes: a fixed product is timed before and after each pair, and pairs between slow ones
// are left out. "alone" leaves LibTorch's side out, for a profile of ours; a part of
// the rows may be asked for. "scale", only where it is asked for, gives rows of another kind, for
// scale_plots.py: what is varied, its value, seconds, and the arithmetic in Gflop.
#include "core/base/os.h"
#include "core/base/progress.h"
#include "core/data/import.h"
#include "core/device/loops.h"
#include "core/model/attention_torch.h"
#include "core/train/epoch_order.h"
#include "core/train/losses_torch.h"
#include "core/train/optimiser_torch.h"
#include "core/train/trained_model.h"
#include "tests/bench/reference_torch.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <numeric>
#include <thread>

namespace fovea::bench {
namespace {

double secondsOf(const std::function<void()>& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int threads = 1;

// As in the program: loops of ours on all threads, LibTorch's operators on one. Its own threads
// spin for milliseconds after they were used.
double secondsOfOurs(const std::function<void()>& work)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    at::set_num_threads(1);
    const double seconds = secondsOf(work);
    at::set_num_threads(threads);
    return seconds;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// The memory that some work takes beside what is there, at its most, in MiB.
double memoryOf(const std::function<void()>& work)
{
    base::returnFreedMemory();
    std::ofstream("/proc/self/clear_refs") << 5; // the peak is what there is now
    const auto before = base::residentMemoryBytes();
    work();
    return static_cast<double>(base::peakMemoryBytes() - before) / (1 << 20);
}

// Operations a second of large products, by the fastest of a few.
double sgemmPeak()
{
    const auto a = at::randn({1024, 1024});
    const auto b = at::randn({1024, 1024});
    double best = 1e9;
    for (int i = 0; i < 20; ++i)
        best = std::min(best, secondsOf([&] { at::mm(a, b); }));
    return 2.0 * 1024 * 1024 * 1024 / best;
}

bool isAlone = false;
std::string onlyPart;

bool isWanted(const char* part) { return onlyPart.empty() || onlyPart == part; }

struct Pairs {
    double own = 0; // seconds, medians
    double other = 0;
    double ratio = 0; // other / own
    double lowest = 0;
    double highest = 0;
    int kept = 0;
    double sgemm = 0; // operations a second of a product between the rounds, median
};

constexpr std::int64_t kCalibrator = 768; // rows and columns of that product

Pairs compare(int rounds, const std::function<void()>& own, const std::function<void()>& theirs)
{
    const auto other = isAlone ? std::function<void()>([] {}) : theirs;
    const auto a = at::randn({kCalibrator, kCalibrator});
    const auto calibrate = [&] { return secondsOf([&] { at::mm(a, a); }); };
    own();
    other();
    struct Round {
        double before, own, other, after; // the calibrator's around both
    };
    std::vector<Round> all;
    for (int i = 0; i < rounds; ++i) {
        const double before = calibrate();
        const double x = secondsOfOurs(own);
        const double y = secondsOf(other);
        all.push_back({before, x, y, calibrate()});
    }
    double fastest = 1e9;
    for (const auto& round : all)
        fastest = std::min(fastest, std::max(round.before, round.after));
    std::vector<double> owns, others, ratios, calibrators;
    for (const auto& round : all) {
        if (std::max(round.before, round.after) > 1.5 * fastest)
            continue;
        owns.push_back(round.own);
        others.push_back(round.other);
        ratios.push_back(round.other / round.own);
        calibrators.push_back((round.before + round.after) / 2);
    }
    const auto [low, high] = std::minmax_element(ratios.begin(), ratios.end());
    return {
        median(owns),
        median(others),
        median(ratios),
        *low,
        *high,
        static_cast<int>(ratios.size()),
        2.0 * kCalibrator * kCalibrator * kCalibrator / median(calibrators)};
}

// What the products of some work reach of sgemm's peak, timed before and after, and of what it came
// to between the rounds: the machine has good moments and bad ones.
void printShare(const char* what, double peakBefore, double work, const Pairs& pairs)
{
    const double peak = std::max(peakBefore, sgemmPeak());
    const double rate = work / pairs.own;
    std::printf(
        "%-44s %8.1f %% of the sgemm peak, %.1f of %.1f Gflop/s; %.1f %% of sgemm between\n", what,
        100 * rate / peak, rate / 1e9, peak / 1e9, 100 * rate / pairs.sgemm);
    std::fflush(stdout);
}

void print(const char* what, const Pairs& p)
{
    std::printf(
        "%-44s %9.1f ms %9.1f ms %6.2fx (%.2f to %.2f, %d pairs)\n", what, 1e3 * p.own,
        1e3 * p.other, p.ratio, p.lowest, p.highest, p.kept);
    std::fflush(stdout);
}

train::RunConfig configOf(std::int64_t length, const char* loss)
{
    train::RunConfig config;
    config.maxLength = length;
    config.loss = loss;
    return *train::resolved(config); // 2 blocks, width 64, 2 heads, dropout 0.2
}

class Packed {
public:
    Packed(const train::RunConfig& config, const data::Dataset& dataset)
        : m_config(config)
        , m_model(model::makeModel(config, model::shapeOf(dataset)))
        , m_optimiser(m_model->parameters().tensors())
        , m_trained(dataset)
    { }
    const model::Model& model() const { return *m_model; }

    void step(const data::Batch& batch)
    {
        const model::PackedBatch packed(batch);
        const model::Context context{
            true, *m_config.attentionDropout, *m_config.hiddenDropout, {1, ++m_epoch}, nullptr, {}};
        train::findLoss(m_config.loss)
            ->function
            ->mean(
                {m_model->forward(packed, context), m_model->itemVectors(), packed, context.draws,
                 1, m_trained, model::Engine::Packed, m_config.updatesTouched()})
            .backward();
        m_optimiser.step(1e-3, 0, 0);
    }

private:
    train::RunConfig m_config;
    std::unique_ptr<model::Model> m_model;
    train::Optimiser m_optimiser;
    train::TrainedItems m_trained;
    std::uint32_t m_epoch = 0;
};

// `users` histories of `length` training targets each.
std::shared_ptr<const data::Dataset> evenData(int users, int length, int items)
{
    std::vector<std::string> names;
    std::vector<data::Item> catalogue(1);
    data::Events events;
    base::Stream draw(1, base::Purpose::Sample);
    for (int i = 1; i <= items; ++i)
        catalogue.push_back({std::to_string(i), std::to_string(i), ""});
    for (int u = 0; u < users; ++u) {
        names.push_back(std::to_string(u));
        for (int i = 0; i < length + 3; ++i)
            events.items.push_back(
                static_cast<std::int32_t>(1 + draw.below(static_cast<std::uint32_t>(items))));
        events.offsets.push_back(static_cast<std::int64_t>(events.items.size()));
    }
    return std::make_shared<const data::Dataset>(
        std::move(names), std::move(catalogue), std::move(events));
}

// Floating-point work of a step's matrix products: forward once, backward twice.
double productWork(const data::Batch& batch, const train::RunConfig& c)
{
    const auto d = static_cast<double>(c.width);
    double pairs = 0;
    for (std::size_t b = 0; b + 1 < batch.offsets.size(); ++b) {
        const auto length = static_cast<double>(batch.offsets[b + 1] - batch.offsets[b]);
        pairs += 0.5 * length * (length + 1);
    }
    const auto layers = static_cast<double>(*c.layers);
    const auto linear = layers * (8 * d * d + 4 * d * static_cast<double>(*c.ffnWidth));
    return 3 * (static_cast<double>(batch.tokens()) * linear + pairs * layers * 4 * d);
}

void stepOfLongHistories(double peak)
{
    const auto dataset = evenData(128, 200, 10'000);
    const auto config = configOf(200, "bce");
    const auto batch = data::Batcher(*dataset, 200)
                           .nextItemTraining(data::usersWithTarget(*dataset, data::Part::Train));
    Packed packed(config, *dataset);
    Reference reference(packed.model(), config);
    const auto pairs = compare(
        9, [&] { packed.step(batch); }, [&] { reference.step(batch, "bce"); });
    print("step, 128 histories of 200, bce", pairs);
    printShare("  its matrix products", peak, productWork(batch, config), pairs);
}

// 128 histories of 200, 2 heads of 32, forward and backward, beside LibTorch's: with dropout on its
// math path, without on its flash path.
void attentionAlone()
{
    constexpr std::int64_t kHistories = 128;
    constexpr std::int64_t kLength = 200;
    constexpr std::int64_t kHeads = 2;
    constexpr std::int64_t kHead = 32;
    constexpr std::int64_t kTokens = kHistories * kLength;
    std::vector<std::int64_t> offsets;
    for (std::int64_t t = 0; t <= kTokens; t += kLength)
        offsets.push_back(t);
    std::vector<std::int32_t> places;
    for (std::int64_t t = 0; t < kTokens; ++t)
        places.push_back(static_cast<std::int32_t>(t % kLength));
    std::vector<at::Tensor> inputs; // queries, keys, values
    for (int i = 0; i < 3; ++i)
        inputs.push_back(at::randn({kTokens, kHeads * kHead}).requires_grad_(true));
    std::vector<at::Tensor> padded;
    for (const auto& x : inputs)
        padded.push_back(x.detach()
                             .view({kHistories, kLength, kHeads, kHead})
                             .transpose(1, 2)
                             .contiguous()
                             .requires_grad_(true));
    const auto gradOut = at::randn({kTokens, kHeads * kHead});
    const auto paddedGradOut =
        gradOut.view({kHistories, kLength, kHeads, kHead}).transpose(1, 2).contiguous();
    model::AttentionCall call;
    call.heads = kHeads;
    call.offsets = std::make_shared<const std::vector<std::int64_t>>(offsets);
    call.places = std::make_shared<const std::vector<std::int32_t>>(places);
    call.keys =
        std::make_shared<const std::vector<std::uint64_t>>(static_cast<std::size_t>(kTokens), 7);
    for (const double dropout : {0.2, 0.0}) {
        call.dropout = dropout;
        const auto pairs = compare(
            9,
            [&] {
                model::packedAttention(inputs[0], inputs[1], inputs[2], call).backward(gradOut);
            },
            [&] {
                at::scaled_dot_product_attention(padded[0], padded[1], padded[2], {}, dropout, true)
                    .backward(paddedGradOut);
            });
        print(
            dropout > 0 ? "attention alone, with dropout" : "attention alone, without dropout",
            pairs);
    }
}

void lossPart(double peak)
{
    const std::int64_t targets = 25'600;
    const std::int64_t items = 10'000;
    const auto dataset = evenData(128, 200, static_cast<int>(items));
    const auto batch = data::Batcher(*dataset, 200)
                           .nextItemTraining(data::usersWithTarget(*dataset, data::Part::Train));
    const model::PackedBatch packed(batch);
    const train::TrainedItems trained(*dataset);
    const auto hidden = at::randn({targets, 64}).requires_grad_(true);
    const auto table = (0.1 * at::randn({items + 1, 64})).detach().requires_grad_(true);
    const auto wanted = at::tensor(batch.targets, at::kLong) - 1;
    const auto own = [&] {
        train::findLoss("ce")
            ->function->mean({hidden, table, packed, {1, 1}, 1, trained})
            .backward();
    };
    const auto other = [&] {
        const auto scores = at::mm(hidden, table.narrow(0, 1, items).t());
        at::cross_entropy_loss(scores, wanted).backward();
    };
    const double ownMemory = memoryOf(own);
    const double otherMemory = isAlone ? 0 : memoryOf(other);
    const auto pairs = compare(5, own, other);
    print("loss part, full softmax, 25,600 x 10,000", pairs);
    std::printf(
        "%-44s %9.0f MiB %8.0f MiB %6.1fx\n", "  its memory", ownMemory, otherMemory,
        otherMemory / std::max(1.0, ownMemory));
    printShare(
        "  its three matrix products", peak,
        3 * 2.0 * 64 * static_cast<double>(targets) * static_cast<double>(items), pairs);
}

void epochOf(const data::Dataset& dataset, const char* loss, const char* what, int rounds)
{
    const auto config = configOf(50, loss);
    const data::Batcher batcher(dataset, 50);
    const auto users = data::usersWithTarget(dataset, data::Part::Train);
    std::vector<data::Batch> batches;
    std::int64_t targets = 0;
    for (std::size_t at = 0; at < users.size(); at += 128) {
        batches.push_back(batcher.nextItemTraining(
            std::span(users).subspan(at, std::min<std::size_t>(128, users.size() - at))));
        targets += batches.back().tokens();
    }
    Packed packed(config, dataset);
    Reference reference(packed.model(), config);
    const auto pairs = compare(
        rounds,
        [&] {
            for (const auto& batch : batches)
                packed.step(batch);
        },
        [&] {
            for (const auto& batch : batches)
                reference.step(batch, loss);
        });
    print(what, pairs);
    std::printf(
        "%-44s %9.0f targets a second\n", "  Fovea", static_cast<double>(targets) / pairs.own);
}

// From a history to the list, as the window and the command line ask.
void topTen()
{
    const auto dataset = evenData(16, 50, 10'000);
    const auto config = configOf(50, "ce");
    const train::TrainedModel trained(
        config, dataset, model::makeModel(config, model::shapeOf(*dataset)), {});
    std::vector<double> seconds;
    for (int i = 0; i < 400; ++i) {
        const auto history = train::historyOf(*dataset, {i % 16});
        seconds.push_back(secondsOf([&] { trained.topK(history, 10); }));
    }
    std::sort(seconds.begin(), seconds.end());
    std::printf(
        "%-44s %9.3f ms, p99 %.3f ms\n", "top 10 of 10,000 items, one history of 50",
        1e3 * seconds[200], 1e3 * seconds[396]);
}

// The same with the loss.
double stepWork(const data::Batch& batch, const train::RunConfig& c, double items)
{
    const double perTarget = 6 * static_cast<double>(c.width) * (c.loss == "ce" ? items : 2);
    return productWork(batch, c) + perTarget * static_cast<double>(batch.tokens());
}

// Points of a curve, timed in turn, so that the machine's bad moments fall on all of them.
class Curve {
public:
    // What is varied, its value, the arithmetic, and what takes the time.
    void add(const char* what, double value, double work, std::function<void()> step)
    {
        m_points.push_back({what, value, work, std::move(step), {}});
    }

    // Medians of up to 15 times each, of a quarter of a minute or one that takes longer.
    void print()
    {
        constexpr double kSeconds = 15;
        std::vector<double> first;
        for (const auto& point : m_points)
            first.push_back(secondsOf(point.step)); // not counted where there is a second
        for (int round = 1; round <= 15; ++round) {
            for (std::size_t i = 0; i < m_points.size(); ++i) {
                if (round * first[i] < kSeconds)
                    m_points[i].seconds.push_back(secondsOf(m_points[i].step));
            }
        }
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            const auto& p = m_points[i];
            const double seconds = p.seconds.empty() ? first[i] : median(p.seconds);
            std::printf("%s,%.0f,%.6g,%.6g\n", p.what, p.value, seconds, p.work / 1e9);
        }
        std::fflush(stdout);
    }

private:
    struct Point {
        const char* what;
        double value;
        double work;
        std::function<void()> step;
        std::vector<double> seconds;
    };
    std::vector<Point> m_points;
};

// What a point's step needs, for as long as there is the point.
struct Steps {
    Steps(int users, int length, int items, train::RunConfig c)
        : dataset(evenData(users, length, items))
        , config(std::move(c))
        , batcher(*dataset, config.maxLength)
        , all(data::usersWithTarget(*dataset, data::Part::Train))
        , packed(config, *dataset)
    { }

    data::Batch batchOf(std::span<const UserIndex> users) const
    {
        return batcher.nextItemTraining(users);
    }

    std::shared_ptr<const data::Dataset> dataset;
    train::RunConfig config;
    data::Batcher batcher;
    std::vector<UserIndex> all;
    Packed packed;
};

void addStep(Curve& curve, const char* what, double value, const std::shared_ptr<Steps>& steps)
{
    const auto batch = std::make_shared<const data::Batch>(steps->batchOf(steps->all));
    curve.add(
        what, value, stepWork(*batch, steps->config, steps->dataset->itemCount()),
        [steps, batch] { steps->packed.step(*batch); });
}

// A step of so many targets, whatever the histories' length.
void scaleOfLength()
{
    Curve curve;
    for (const int length : {25, 50, 100, 200, 400, 800})
        addStep(
            curve, "length", length,
            std::make_shared<Steps>(25'600 / length, length, 1000, configOf(length, "bce")));
    curve.print();
}

// A step of 32 histories of 50.
void scaleOfCatalogue()
{
    const std::tuple<const char*, const char*, const char*> variants[] = {
        {"catalogue ce", "ce", "all"},
        {"catalogue bce", "bce", "all"},
        {"catalogue bce touched", "bce", "touched"}};
    for (const auto& [what, loss, updates] : variants) {
        Curve curve;
        for (const int items : {1000, 10'000, 100'000, 1'000'000}) {
            auto config = configOf(50, loss);
            config.itemUpdates = updates;
            addStep(curve, what, items, std::make_shared<Steps>(32, 50, items, config));
        }
        curve.print();
    }
}

// An epoch of histories of 8, its order and batches included.
void scaleOfUsers()
{
    Curve curve;
    for (const int count : {10'000, 100'000, 1'000'000}) {
        const auto steps = std::make_shared<Steps>(count, 8, 1000, configOf(50, "bce"));
        const auto epoch = [steps](const auto& use) {
            const auto order = train::epochOrder(steps->all, 1, 1);
            for (std::size_t at = 0; at < order.size(); at += 128) {
                const auto size = std::min<std::size_t>(128, order.size() - at);
                use(steps->batchOf(std::span(order).subspan(at, size)));
            }
        };
        double work = 0;
        epoch([&](const data::Batch& batch) { work += stepWork(batch, steps->config, 1000); });
        curve.add("users", count, work, [steps, epoch] {
            epoch([&](const data::Batch& batch) { steps->packed.step(batch); });
        });
    }
    curve.print();
}

void run(const std::filesystem::path& movies)
{
    device::setLoopThreads(threads);
    if (onlyPart == "scale") {
        at::set_num_threads(1);
        scaleOfLength();
        scaleOfCatalogue();
        scaleOfUsers();
        return;
    }
    at::set_num_threads(threads);
    const double peak = sgemmPeak();
    std::printf("%d thread(s), sgemm peak %.1f Gflop/s\n", threads, peak / 1e9);
    std::printf("%-44s %12s %12s %7s\n", "", "Fovea", "LibTorch", "ratio");
    if (isWanted("attention"))
        attentionAlone();
    if (isWanted("step"))
        stepOfLongHistories(peak);
    if (isWanted("loss"))
        lossPart(peak);
    if (isWanted("top"))
        topTen();
    if (movies.empty() || !(isWanted("bce") || isWanted("ce")))
        return;
    data::ImportOptions options;
    options.file = movies;
    options.minUserEvents = 5;
    options.minItemEvents = 5;
    base::Silent silent;
    const auto imported = data::importFile(options, silent, {});
    if (!imported) {
        std::printf("%s\n", imported.error().message().c_str());
        return;
    }
    if (isWanted("bce"))
        epochOf(*imported->dataset, "bce", "epoch of MovieTweetings, bce", 5);
    if (isWanted("ce"))
        epochOf(*imported->dataset, "ce", "epoch of MovieTweetings, full softmax", 3);
}

} // namespace
} // namespace fovea::bench

int main(int argc, char** argv)
{
    fovea::base::keepFreedMemory();
    fovea::bench::isAlone = argc > 3 && std::string_view(argv[3]) == "alone";
    fovea::bench::onlyPart = argc > 4 ? argv[4] : "";
    fovea::bench::threads = argc > 1 ? std::atoi(argv[1]) : 1;
    fovea::bench::run(argc > 2 ? argv[2] : "");
}
