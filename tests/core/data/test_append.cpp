// New files added to a data set: the same as if all had been there at once, ids under their old
// numbers.
#include "core/data/import.h"
#include "tests/support/support.h"

namespace fovea::data {
namespace {

using testing::HasSubstr;

class Append : public testing::Test {
protected:
    Result<Imported> import(const std::string& text, std::shared_ptr<const Dataset> before = {})
    {
        m_options.file = m_scratch.write("events.csv", m_header + text);
        m_options.before = std::move(before);
        base::Silent silent;
        return importFile(m_options, silent, {});
    }
    test::ScratchFolder m_scratch;
    ImportOptions m_options;
    std::string m_header = "user,item,rating,time\n";
};

TEST_F(Append, IsTheSameAsAllAtOnce)
{
    const std::string first = "a,x,1,5\nb,y,2,6\na,z,3,7\nc,x,1,1\n";
    const std::string second = "d,x,5,2\na,new,4,6\nb,y,2,6\na,z,1,7\nb,w,3,1\n";
    const auto all = import(first + second);
    ASSERT_OK(all);
    const auto before = import(first);
    ASSERT_OK(before);
    const auto after = import(second, before->dataset);
    ASSERT_OK(after);
    EXPECT_EQ(after->dataset->fingerprint(), all->dataset->fingerprint());
    EXPECT_EQ(itemsCsv(*after->dataset), itemsCsv(*all->dataset));
    ASSERT_EQ(after->problems.list().size(), 2u);
    EXPECT_EQ(after->problems.list()[0].kind, "exact duplicate"); // of one that was there
    EXPECT_EQ(after->problems.list()[0].firstLine, 4);
    EXPECT_EQ(after->problems.list()[1].firstLine, 5); // the tie, of the new file
    EXPECT_EQ(after->rows, 5);
}

TEST_F(Append, KeepsWeightsAndAsksForThem)
{
    m_options.weight = "value";
    const auto all = import("a,x,1,5\na,y,2,6\na,z,4,7\n");
    const auto before = import("a,x,1,5\na,y,2,6\n");
    ASSERT_OK(before);
    const auto after = import("a,z,4,7\n", before->dataset);
    ASSERT_OK(after);
    EXPECT_EQ(after->dataset->fingerprint(), all->dataset->fingerprint());
    EXPECT_EQ(after->dataset->weightsOf({0})[2], 4);
    m_options.weight.clear();
    EXPECT_THAT(test::errorOf(import("a,z,4,7\n", before->dataset)), HasSubstr("have weights"));
}

// The data set keeps whole seconds: copies are found by them.
TEST_F(Append, ComparesWholeSeconds)
{
    m_header = "user,item,time\n";
    const auto before = import("a,x,1400000000750\na,y,1400000001250\n");
    ASSERT_OK(before);
    const auto after = import("a,x,1400000000750\na,z,1400000001999\n", before->dataset);
    ASSERT_OK(after);
    EXPECT_EQ(after->dataset->eventCount(), 3);
    EXPECT_EQ(after->problems.list().front().kind, "exact duplicate");
}

TEST_F(Append, KeepsNumbersAndTitlesWhateverTheRecipeFilters)
{
    m_options.itemsFile = m_scratch.write("items.csv", "item,title\nx,The X\ny,The Y\n");
    m_options.minUserEvents = 2;
    const auto before = import("a,x,1,5\na,y,2,6\nrare,z,1,1\n");
    ASSERT_OK(before);
    ASSERT_EQ(before->dataset->userCount(), 1);
    m_options.itemsFile = m_scratch.write("items.csv", "item,title\nx,Another X\nz,The Z\n");
    const auto after = import("new,z,1,9\n", before->dataset);
    ASSERT_OK(after);
    const auto& d = *after->dataset;
    ASSERT_EQ(d.userCount(), 2);
    EXPECT_EQ(d.userId({0}), "a");
    EXPECT_EQ(d.userId({1}), "new");
    EXPECT_EQ(d.item({1}).title, "The X");
    EXPECT_EQ(d.item({2}).title, "The Y");
    EXPECT_EQ(d.item({3}).title, "The Z");
}

TEST_F(Append, RefusesAFileOfAnotherKind)
{
    const auto before = import("a,x,1,5\n");
    ASSERT_OK(before);
    m_header = "user,item,rating\n";
    EXPECT_THAT(
        test::errorOf(import("a,y,1\n", before->dataset)),
        HasSubstr("the data set has times, this file has none"));
    m_header = "user,item,time\n";
    EXPECT_THAT(
        test::errorOf(import("a,y,7\n", before->dataset)),
        HasSubstr("the data set has values, this file has none"));
    m_header = "user,item,rating,time\n";
    EXPECT_THAT(
        test::errorOf(import("a,y,one,7\n", before->dataset)), HasSubstr("no event can be used"));
}

} // namespace
} // namespace fovea::data
