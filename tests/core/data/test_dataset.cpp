// A data set on the disk: what is saved is read back, what is damaged is refused, and what is not
// touched takes no memory.
#include "core/data/dataset.h"

#include "core/base/os.h"
#include "core/base/random.h"
#include "core/io/safetensors.h"
#include "tests/support/forgery.h"
#include "tests/support/support.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstring>
#include <limits>
#include <map>

namespace fovea::data {
namespace {

using test::ScratchFolder;

class DatasetFiles : public testing::Test {
protected:
    Result<std::shared_ptr<const Dataset>> savedAndRead(const Dataset& dataset)
    {
        base::Silent silent;
        EXPECT_OK(dataset.save(m_scratch.path(), io::Json::object(), silent, {}));
        return Dataset::load(m_scratch.path());
    }
    void expectRefused(const std::string& part)
    {
        const auto read = Dataset::load(m_scratch.path());
        ASSERT_FALSE(read.ok());
        EXPECT_THAT(read.error().message(), testing::HasSubstr(part));
    }
    ScratchFolder m_scratch;
};

void expectSame(const Dataset& a, const Dataset& b)
{
    EXPECT_EQ(a.fingerprint(), b.fingerprint());
    ASSERT_EQ(a.userCount(), b.userCount());
    ASSERT_EQ(a.itemCount(), b.itemCount());
    for (std::int32_t u = 0; u < a.userCount(); ++u) {
        EXPECT_EQ(a.userId({u}), b.userId({u}));
        EXPECT_TRUE(std::ranges::equal(a.itemsOf({u}), b.itemsOf({u})));
        EXPECT_TRUE(std::ranges::equal(a.valuesOf({u}), b.valuesOf({u})));
        EXPECT_TRUE(std::ranges::equal(a.weightsOf({u}), b.weightsOf({u})));
        const auto x = a.timesOf({u});
        const auto y = b.timesOf({u});
        EXPECT_TRUE(std::equal(x.begin(), x.end(), y.begin(), y.end()));
    }
    for (std::int32_t i = 0; i <= a.itemCount(); ++i) {
        EXPECT_EQ(a.item({i}).id, b.item({i}).id);
        EXPECT_EQ(a.item({i}).title, b.item({i}).title);
        EXPECT_EQ(a.item({i}).category, b.item({i}).category);
    }
    EXPECT_EQ(a.lowestValue(), b.lowestValue());
    EXPECT_EQ(a.highestValue(), b.highestValue());
}

TEST_F(DatasetFiles, HoldWhatWasSaved)
{
    const auto made = test::tinyDataset();
    const auto read = savedAndRead(*made);
    ASSERT_OK(read);
    expectSame(*made, **read);
    EXPECT_EQ((*read)->findUser("u7"), made->findUser("u7"));
    EXPECT_EQ((*read)->findItem("i3"), made->findItem("i3"));
    EXPECT_FALSE((*read)->findItem("[PAD]")); // no item
}

TEST_F(DatasetFiles, HoldNamesOfAnyKindAndEventsWithoutTimesOrValues)
{
    Events events;
    events.offsets = {0, 2, 2, 3};
    events.items = {2, 1, 2};
    const Dataset made(
        {"a,\"b\"\n", "", "周"}, {{"[PAD]", "", ""}, {"1", "灯笼", ""}, {"", "x", "y|z"}}, events);
    const auto read = savedAndRead(made);
    ASSERT_OK(read);
    expectSame(made, **read);
    EXPECT_FALSE((*read)->hasTimes());
    EXPECT_TRUE((*read)->itemsOf({1}).empty());
}

TEST_F(DatasetFiles, KeepTimesThatAreTooFarApartFor32Bits)
{
    for (const std::int64_t far : {std::int64_t{4'294'967'295}, std::int64_t{4'294'967'296}}) {
        Events events;
        events.offsets = {0, 2};
        events.items = {1, 1};
        events.times = {-5, far - 5};
        const Dataset made({"u"}, {{"[PAD]", "", ""}, {"i", "i", ""}}, events);
        EXPECT_EQ(made.columns().times.wide().empty(), far < 4'294'967'296);
        EXPECT_EQ(made.timesOf({0}).back(), far - 5);
        const auto read = savedAndRead(made);
        ASSERT_OK(read);
        expectSame(made, **read);
    }
}

// A Fovea that knows no weights must not train on such data: only they have the newer number.
TEST_F(DatasetFiles, HoldWeightsUnderASchemaOfTheirOwn)
{
    const auto schema = [&] { return (*io::readJson(m_scratch / "dataset.json"))["schema"]; };
    Events events;
    events.offsets = {0, 2};
    events.items = {1, 1};
    const auto make = [&] { return Dataset({"u"}, {{"[PAD]", "", ""}, {"i", "i", ""}}, events); };
    const auto fingerprint = make().fingerprint();
    ASSERT_OK(savedAndRead(make()));
    EXPECT_EQ(schema(), 2);
    events.weights = {0, 2.5};
    EXPECT_NE(make().fingerprint(), fingerprint);
    const auto read = savedAndRead(make());
    ASSERT_OK(read);
    expectSame(make(), **read);
    EXPECT_EQ((*read)->weightsOf({0})[1], 2.5);
    EXPECT_EQ(schema(), 3);
    for (const float wrong : {-1.0f, std::numeric_limits<float>::quiet_NaN()}) {
        events.weights = {wrong, 1};
        EXPECT_FALSE(savedAndRead(make()).ok());
    }
}

TEST_F(DatasetFiles, RememberTheTiesOfTimesFinerThanTheyKeep)
{
    Events events;
    events.offsets = {0, 2};
    events.items = {1, 1};
    events.times = {5, 5};
    events.finerTies = Ties{0, 0};
    const Dataset made({"u"}, {{"[PAD]", "", ""}, {"i", "i", ""}}, events);
    const auto read = savedAndRead(made);
    ASSERT_OK(read);
    ASSERT_TRUE((*read)->finerTies());
    EXPECT_EQ((*read)->finerTies()->events, 0);
}

// Asks for a stop at the n-th report; without an n, never.
class StopAtReport final : public base::Progress {
public:
    explicit StopAtReport(std::size_t n = 0)
        : m_n(n)
    { }
    void report(const base::Step& step) override
    {
        m_done.push_back(step.done);
        if (m_done.size() == m_n)
            m_source.request_stop();
    }
    std::stop_token token() const { return m_source.get_token(); }
    const std::vector<std::int64_t>& done() const { return m_done; }

private:
    std::size_t m_n;
    std::stop_source m_source;
    std::vector<std::int64_t> m_done;
};

std::map<std::string, std::string> filesIn(const std::filesystem::path& folder)
{
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        files[entry.path().filename().string()] = test::contentOf(entry.path());
    return files;
}

TEST_F(DatasetFiles, AreSavedInPiecesAfterEachOfWhichASaveIsStopped)
{
    constexpr std::int64_t kEvents = 3'000'000;
    constexpr std::int64_t kLargest = 8 << 20; // of the first two pieces
    Events events;
    events.offsets = {0, kEvents};
    events.items.assign(kEvents, 1); // 12 MB
    const Dataset made({"u"}, {{"[PAD]", "", ""}, {"i", "i", ""}}, events);
    StopAtReport whole;
    std::filesystem::create_directory(m_scratch / "whole");
    ASSERT_OK(made.save(m_scratch / "whole", io::Json::object(), whole, whole.token()));
    const auto all = filesIn(m_scratch / "whole");
    for (std::size_t i = 1; i < whole.done().size(); ++i)
        EXPECT_LE(whole.done()[i] - whole.done()[i - 1], kLargest);

    for (std::size_t n = 1;; ++n) {
        const auto folder = m_scratch / std::to_string(n);
        std::filesystem::create_directory(folder);
        StopAtReport stopped(n);
        const auto saved = made.save(folder, io::Json::object(), stopped, stopped.token());
        if (saved) { // it comes to its end with fewer reports
            EXPECT_GT(n, 6U);
            break;
        }
        EXPECT_EQ(saved.error().kind, ErrorKind::Interrupted);
        EXPECT_EQ(stopped.done().size(), n); // nothing more was written
        for (const auto& [name, bytes] : filesIn(folder)) {
            ASSERT_TRUE(all.contains(name)) << name << " was left behind";
            EXPECT_TRUE(bytes == all.at(name)) << name << " was left half written";
        }
    }
}

TEST_F(DatasetFiles, StayReadableWhenTheFolderIsRemoved)
{
    const auto made = test::tinyDataset();
    const auto read = savedAndRead(*made);
    ASSERT_OK(read);
    std::filesystem::remove_all(m_scratch.path());
    expectSame(*made, **read);
}

TEST_F(DatasetFiles, OfANewerFoveaAreRefused)
{
    ASSERT_OK(savedAndRead(*test::tinyDataset()));
    auto json = *io::readJson(m_scratch / "dataset.json");
    json["schema"] = 100;
    ASSERT_OK(io::writeJson(m_scratch / "dataset.json", json));
    expectRefused("newer Fovea");
}

TEST_F(DatasetFiles, ThatAreDamagedAreRefused)
{
    ASSERT_OK(savedAndRead(*test::tinyDataset()));
    for (const char* name : {"events.safetensors", "names.safetensors"}) {
        const auto good = test::contentOf(m_scratch / name);
        const auto key = good.find("metadata_checksum");
        for (std::size_t at = 0; at < good.size(); at += at < 700 ? 1 : 97) {
            if (key <= at && at < key + 17) // the name of a checksum, and nothing else, is changed
                continue;
            auto bad = good;
            bad[at] = static_cast<char>(bad[at] ^ 0x10);
            m_scratch.write(name, bad);
            EXPECT_FALSE(Dataset::load(m_scratch.path()).ok()) << name << " byte " << at;
            m_scratch.write(name, good.substr(0, at));
            EXPECT_FALSE(Dataset::load(m_scratch.path()).ok()) << name << " cut at " << at;
        }
        m_scratch.write(name, good);
    }
    ASSERT_OK(Dataset::load(m_scratch.path()));
    std::filesystem::remove(m_scratch / "names.safetensors");
    expectRefused("names.safetensors");
}

// With a checksum that is right, and every rule kept: what another program might write.
TEST_F(DatasetFiles, OfOtherEventsThanWereSavedAreRefused)
{
    ASSERT_OK(savedAndRead(*test::tinyDataset()));
    test::TensorForgery events(m_scratch / "events.safetensors");
    std::int32_t first = 0;
    std::memcpy(&first, events.bytesOf("items").data(), sizeof first);
    events.set("items", 0, first == 1 ? 2 : 1);
    events.write();
    expectRefused("fingerprint");
}

TEST_F(DatasetFiles, TakeNoMemoryThatIsNotTouched)
{
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
    GTEST_SKIP() << "a sanitizer takes memory of its own for what is touched";
#endif
    constexpr std::int32_t kUsers = 20'000;
    constexpr std::int32_t kEvents = 200; // a user
    Events events;
    std::vector<std::string> users;
    std::vector<Item> items = {{"[PAD]", "", ""}};
    for (int i = 1; i <= 100; ++i)
        items.push_back({std::to_string(i), std::to_string(i), ""});
    for (std::int32_t u = 0; u < kUsers; ++u) {
        users.push_back(std::to_string(u));
        for (std::int32_t e = 0; e < kEvents; ++e) {
            events.items.push_back(1 + (u + e) % 100);
            events.times.push_back(u + e);
        }
        events.offsets.push_back(static_cast<std::int64_t>(events.items.size()));
    }
    {
        base::Silent silent;
        const Dataset made(users, items, std::move(events));
        ASSERT_OK(made.save(m_scratch.path(), io::Json::object(), silent, {}));
    }
    base::returnFreedMemory();
    const auto before = base::residentMemoryBytes();
    const auto read = Dataset::load(m_scratch.path());
    ASSERT_OK(read);
    const auto taken = base::residentMemoryBytes() - before;
    EXPECT_LT(taken, (*read)->eventCount()) << "for " << (*read)->eventCount() << " events";
    EXPECT_EQ((*read)->itemsOf({3})[5], 9);
    std::int64_t sum = 0;
    for (std::int32_t u = 0; u < kUsers; ++u) {
        for (const auto item : (*read)->itemsOf({u}))
            sum += item;
        for (const auto time : (*read)->timesOf({u}))
            sum += time;
    }
    EXPECT_GT(sum, 0);
    EXPECT_LT(base::residentMemoryBytes() - before, 12 * (*read)->eventCount());
}

} // namespace
} // namespace fovea::data
