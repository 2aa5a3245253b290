// A workspace of each schema version is kept in tests/data; each must open for ever.
#include "core/device/compute_thread.h"
#include "core/train/metrics_log.h"
#include "core/train/training_run.h"
#include "core/workspace/workspace.h"
#include "tests/support/support.h"

namespace fovea::workspace {
namespace {

namespace fs = std::filesystem;

class StoredSchema : public testing::TestWithParam<std::string> {
protected:
    StoredSchema()
    {
        fs::copy(
            test::sourceFile("data/" + GetParam()) + "/workspace", m_scratch / "w",
            fs::copy_options::recursive);
    }
    test::ScratchFolder m_scratch;
};

TEST_P(StoredSchema, OpensWithItsDataSetAndItsRun)
{
    ASSERT_OK(Workspace::open(m_scratch / "w", Workspace::Access::Write));
    const auto listing = listRuns(m_scratch / "w");
    ASSERT_OK(listing);
    ASSERT_EQ(listing->runs.size(), 1u);
    EXPECT_EQ(listing->runs[0].record.epochs, 2);
    const auto run = train::RunFolder::open(m_scratch / "w/runs/first");
    ASSERT_OK(run);
    const auto data = run->dataset();
    ASSERT_OK(data);
    EXPECT_EQ((*data)->eventCount(), 11);
    EXPECT_EQ((*data)->userId({2}), "周");
    EXPECT_EQ((*data)->item({2}).title, "灯笼");
    const auto series = train::readSeries(run->metricsFile());
    ASSERT_OK(series);
    EXPECT_FALSE(series->empty());
}

TEST_P(StoredSchema, AnswersAndGoesOn)
{
    device::ComputeThread thread(1);
    auto outcome = thread.submit(device::Priority::Training, [&]() -> Result<train::Outcome> {
        FOVEA_ASSIGN(auto run, train::RunFolder::openForWriting(m_scratch / "w/runs/first"));
        FOVEA_ASSIGN(const auto data, run.dataset());
        FOVEA_ASSIGN(const auto model, train::TrainedModel::open(run, data));
        EXPECT_EQ(model->topK(train::historyOf(*data, {0}), 1).front().item.value, 5);
        run.record().config.epochs = 3;
        FOVEA_ASSIGN(auto training, train::TrainingRun::open(std::move(run), data));
        train::PauseGate gate;
        train::Observer nobody;
        base::Silent silent;
        return training->run({}, gate, nobody, silent);
    });
    const auto result = outcome.get();
    ASSERT_OK(result);
    EXPECT_EQ(result->epochs, 3);
}

TEST_P(StoredSchema, DecaysAllParametersAsItDidWhenItBegan)
{
    const auto run = train::RunFolder::open(m_scratch / "w/runs/first");
    ASSERT_OK(run);
    EXPECT_EQ(run->record().config.decayOf, "all");
    EXPECT_EQ(train::RunConfig().decayOf, "weights");
}

INSTANTIATE_TEST_SUITE_P(
    Workspace, StoredSchema, testing::Values("schema-1", "schema-2", "schema-3"));

} // namespace
} // namespace fovea::workspace
