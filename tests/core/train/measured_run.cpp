#include "tests/core/train/measured_run.h"

#include "core/device/compute_thread.h"
#include "core/train/training_run.h"
#include "tests/support/stopping.h"
#include "tests/support/support.h"

#include <fstream>

namespace fovea::test {

namespace {

double threadSeconds() { return secondsOf(CLOCK_THREAD_CPUTIME_ID); }

// In bytes, of the process's resident memory since it was last cleared.
std::int64_t highWaterMark()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:"))
            return 1024 * std::stoll(line.substr(6));
    }
    return 0;
}

// Takes the processor time from the end of what is between two epochs to the last step's.
class Watch final : public train::Observer, public base::Progress {
public:
    Watch(std::int64_t steps, const std::function<void()>& betweenEpochs)
        : m_steps(steps)
        , m_betweenEpochs(betweenEpochs)
    { }

    void onState(train::State state) override
    {
        if (state == train::State::Running)
            begin();
    }
    void report(const base::Step& step) override
    {
        if (step.what == "train" && step.done > 0 && step.done % m_steps == 0)
            m_seconds.push_back(threadSeconds() - m_begun);
    }
    void onEpoch(const train::EpochReport&) override { begin(); }
    const std::vector<double>& seconds() const { return m_seconds; }

private:
    void begin()
    {
        m_betweenEpochs();
        m_begun = threadSeconds();
    }

    std::int64_t m_steps;
    const std::function<void()>& m_betweenEpochs;
    double m_begun = 0;
    std::vector<double> m_seconds;
};

} // namespace

std::shared_ptr<const data::Dataset> madeDataset(int users, int items, int events)
{
    std::vector<std::string> names;
    std::vector<data::Item> catalogue = {{"[PAD]", "", ""}};
    for (int i = 1; i <= items; ++i)
        catalogue.push_back({std::to_string(i), std::to_string(i), ""});
    data::Events made;
    for (int u = 0; u < users; ++u) {
        names.push_back(std::to_string(u));
        base::Stream draw(7, base::Purpose::Sample, {static_cast<std::uint32_t>(u), 0, 0});
        const auto length = events / 2 + draw.below(static_cast<std::uint32_t>(events));
        for (std::uint32_t n = 0; n < length; ++n) {
            const auto item = draw.below(static_cast<std::uint32_t>(items));
            made.items.push_back(static_cast<std::int32_t>(item) + 1);
            made.times.push_back(1'000'000 + n);
            made.values.push_back(static_cast<float>(1 + draw.below(5)));
        }
        made.offsets.push_back(static_cast<std::int64_t>(made.items.size()));
    }
    return std::make_shared<const data::Dataset>(names, catalogue, std::move(made));
}

MeasuredRun measuredRun(
    const train::RunConfig& config, const std::shared_ptr<const data::Dataset>& dataset,
    const std::function<void()>& betweenEpochs)
{
    const ScratchFolder scratch;
    const auto users = dataset->userCount();
    device::ComputeThread thread(1);
    MeasuredRun measured;
    auto done = thread.submit(device::Priority::Training, [&]() -> Status {
        train::RunRecord record;
        record.config = config;
        record.dataFingerprint = dataset->fingerprint();
        FOVEA_ASSIGN(
            auto folder, train::RunFolder::create(scratch / "run", record, *dataset, false));
        base::returnFreedMemory();
        std::ofstream("/proc/self/clear_refs") << 5; // the peak is what there is now
        const auto before = base::residentMemoryBytes();
        FOVEA_ASSIGN(auto run, train::TrainingRun::open(std::move(folder), dataset));
        Watch watch((users + config.batch - 1) / config.batch, betweenEpochs);
        train::PauseGate gate;
        FOVEA_TRY(run->run({}, gate, watch, watch));
        measured = {highWaterMark() - before, watch.seconds()};
        return success();
    });
    EXPECT_OK(done.get());
    return measured;
}

} // namespace fovea::test
