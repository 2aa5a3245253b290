// Data sets that break a rule of docs/file-layouts.md although their checksums are right, as any
// program can write them: each is refused with what is wrong and where.
#include "core/data/dataset.h"
#include "tests/support/dataset_forgeries.h"
#include "tests/support/forgery.h"
#include "tests/support/support.h"

#include <chrono>
#include <set>

namespace fovea::data {
namespace {

using test::DatasetForgery;

class ForgedDataset : public testing::TestWithParam<DatasetForgery> {
protected:
    static void SetUpTestSuite() { test::makeGoodDatasets(good().path()); }
    static const test::ScratchFolder& good()
    {
        static const test::ScratchFolder folder;
        return folder;
    }
};

std::string nameOf(const testing::TestParamInfo<DatasetForgery>& info) { return info.param.name; }

TEST_P(ForgedDataset, IsRefusedWithWhatAndWhere)
{
    const test::ScratchFolder scratch;
    test::makeForged(GetParam(), good().path(), scratch / "set");
    const auto start = std::chrono::steady_clock::now();
    const auto read = Dataset::load(scratch / "set");
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().kind, ErrorKind::BadInput);
    EXPECT_FALSE(read.error().hint.empty());
    const auto message = read.error().message();
    for (const auto& part : GetParam().said)
        EXPECT_THAT(message, testing::HasSubstr(part));
    EXPECT_THAT(message, testing::Not(testing::HasSubstr("fingerprint in dataset.json")))
        << "found by luck";
    EXPECT_LT(message.size(), 600u);
    EXPECT_LT(took.count(), 5);
}

INSTANTIATE_TEST_SUITE_P(Each, ForgedDataset, testing::ValuesIn(test::datasetForgeries()), nameOf);

TEST(DatasetForgeries, AreOfMoreThanTwoHundredKinds)
{
    std::set<std::string> names;
    for (const auto& forgery : test::datasetForgeries())
        names.insert(forgery.name);
    EXPECT_EQ(names.size(), test::datasetForgeries().size());
    EXPECT_GT(names.size(), 200u);
}

// What is forged without a change is what it was, checksums and fingerprint with it.
TEST(DatasetForgeries, BeginWithDataSetsThatAreOpened)
{
    const test::ScratchFolder scratch;
    test::makeGoodDatasets(scratch.path());
    for (const auto* name : {"plain", "wide", "rich"}) {
        const auto folder = scratch / name;
        const auto before = Dataset::load(folder);
        ASSERT_OK(before);
        for (const auto* file : {"events", "names", "attributes"}) {
            const auto path = folder / (std::string(file) + ".safetensors");
            if (!std::filesystem::exists(path))
                continue;
            test::TensorForgery forgery(path);
            forgery.header["__metadata__"]["checksum"] = "?";
            forgery.write();
        }
        test::forgeJson(folder / "dataset.json", [](auto& json) { json["fingerprint"] = "?"; });
        EXPECT_FALSE(Dataset::load(folder).ok());
        test::repairFingerprint(folder);
        const auto after = Dataset::load(folder);
        ASSERT_OK(after);
        EXPECT_EQ((*after)->fingerprint(), (*before)->fingerprint());
    }
}

} // namespace
} // namespace fovea::data
