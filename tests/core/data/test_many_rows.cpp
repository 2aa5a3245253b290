// Files of several megabytes, which are cut into parts, read by several threads and kept in a
// scratch file on the way: the same as one row after the other, to the bit and to the line.
#include "core/data/import.h"
#include "tests/support/support.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <random>
#include <stop_token>
#include <tuple>

namespace fovea::data {
namespace {

// Four parts and more; under a sanitizer, where all is slow, two.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr bool kIsSlow = true;
#else
constexpr bool kIsSlow = false;
#endif
constexpr int kRows = kIsSlow ? 130'000 : 420'000;
constexpr std::size_t kPart = std::size_t{4} << 20;

struct Event {
    int user, item;
    std::int64_t time;
    float value;
    std::int64_t line;
};

// A file and what is in it.
struct Written {
    std::string text = "user,item,rating,timestamp,note\n";
    std::vector<Event> events;
    std::int64_t badRows = 0;
    std::int64_t firstBadLine = 0;
    std::int64_t line = 2;
};

Written writeRows(int rows, bool quotes, std::int64_t unit)
{
    Written file;
    std::mt19937 random(11);
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    for (int r = 0; r < rows; ++r) {
        Event e{
            below(5000), below(3000), 1'000'000'000 + below(40'000) * std::int64_t{997},
            static_cast<float>(1 + below(10)) / 2, file.line};
        if (below(3000) == 0 && !file.events.empty()) { // a copy of one before
            e = file.events[static_cast<std::size_t>(below(static_cast<int>(file.events.size())))];
            e.line = file.line;
        }
        const bool isBad = below(1000) == 0;
        file.text += "u" + std::to_string(e.user) + ",a long id of an item "
            + std::to_string(e.item) + "," + std::to_string(e.value) + ","
            + (isBad ? std::string("soon") : std::to_string(e.time * unit + (unit > 1 ? 7 : 0)))
            + ",";
        ++file.line;
        const int note = quotes ? below(400) : 1;
        if (note == 0) {
            file.text += "\"two, \"\"lines\"\"\nand a third\n\"";
            file.line += 2;
        }
        file.text += '\n';
        if (below(700) == 0) {
            file.text += '\n';
            ++file.line;
        }
        if (isBad) {
            file.firstBadLine = file.badRows++ == 0 ? e.line : file.firstBadLine;
            continue;
        }
        file.events.push_back(e);
    }
    return file;
}

// The same by the definition.
struct Expected {
    std::vector<int> users, items;
    std::map<int, std::vector<Event>> histories;
    std::int64_t duplicates = 0, firstDuplicate = 0, ties = 0, firstTie = 0;
};

Expected expectedOf(const Written& file)
{
    Expected expected;
    std::map<int, int> users, items;
    for (const auto& e : file.events) {
        if (users.emplace(e.user, 0).second)
            expected.users.push_back(e.user);
        if (items.emplace(e.item, 0).second)
            expected.items.push_back(e.item);
        expected.histories[e.user].push_back(e);
    }
    const auto earliest = [](std::int64_t& line, std::int64_t other) {
        line = line == 0 ? other : std::min(line, other);
    };
    for (auto& [user, history] : expected.histories) {
        std::map<std::tuple<int, std::int64_t, float>, int> seen;
        std::erase_if(history, [&](const Event& e) {
            const bool isCopy = !seen.emplace(std::tuple(e.item, e.time, e.value), 0).second;
            expected.duplicates += isCopy;
            if (isCopy)
                earliest(expected.firstDuplicate, e.line);
            return isCopy;
        });
        std::stable_sort(history.begin(), history.end(), [](const Event& a, const Event& b) {
            return a.time < b.time;
        });
        for (std::size_t i = 1; i < history.size(); ++i) {
            if (history[i].time == history[i - 1].time) {
                ++expected.ties;
                earliest(expected.firstTie, history[i].line);
            }
        }
    }
    return expected;
}

const Problem& problem(const Imported& imported, const std::string& kind)
{
    static const Problem none;
    const auto& list = imported.problems.list();
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const Problem& p) { return p.kind == kind; });
    return found == list.end() ? none : *found;
}

class ManyRows : public testing::TestWithParam<std::tuple<bool, int>> { };

TEST_P(ManyRows, AreReadAsByTheDefinitionOnAnyNumberOfThreads)
{
    const auto [quotes, unit] = GetParam();
    const auto file = writeRows(kRows, quotes, unit);
    ASSERT_GT(file.text.size(), kPart);
    const auto expected = expectedOf(file);
    ASSERT_GT(expected.duplicates, 0);
    const test::ScratchFolder scratch;
    ImportOptions options;
    options.file = scratch.write("events.csv", file.text);
    options.scratch = scratch.path();
    std::string fingerprint;
    for (const int threads : {1, 2, 3}) {
        options.threads = threads;
        base::Silent silent;
        const auto imported = importFile(options, silent, {});
        ASSERT_OK(imported);
        const auto& dataset = *imported->dataset;
        EXPECT_EQ(imported->rows, static_cast<std::int64_t>(file.events.size()) + file.badRows);
        ASSERT_EQ(dataset.userCount(), static_cast<std::int32_t>(expected.users.size()));
        ASSERT_EQ(dataset.itemCount(), static_cast<std::int32_t>(expected.items.size()));
        for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
            const auto user = expected.users[static_cast<std::size_t>(u)];
            const auto& history = expected.histories.at(user);
            ASSERT_EQ(dataset.userId({u}), "u" + std::to_string(user));
            ASSERT_EQ(dataset.itemsOf({u}).size(), history.size());
            for (std::size_t i = 0; i < history.size(); ++i) {
                const auto item = static_cast<std::size_t>(dataset.itemsOf({u})[i] - 1);
                ASSERT_EQ(expected.items[item], history[i].item);
                ASSERT_EQ(dataset.timesOf({u})[i], history[i].time);
                ASSERT_EQ(dataset.valuesOf({u})[i], history[i].value);
            }
        }
        const auto& bad = problem(*imported, "time is not written as the others");
        EXPECT_EQ(bad.count, file.badRows);
        EXPECT_EQ(bad.firstLine, file.firstBadLine);
        EXPECT_EQ(problem(*imported, "exact duplicate").count, expected.duplicates);
        EXPECT_EQ(problem(*imported, "exact duplicate").firstLine, expected.firstDuplicate);
        const auto& ties = problem(*imported, "same user and time as the event before");
        EXPECT_EQ(ties.count, expected.ties);
        EXPECT_EQ(ties.firstLine, expected.firstTie);
        EXPECT_TRUE(fingerprint.empty() || fingerprint == dataset.fingerprint());
        fingerprint = dataset.fingerprint();
    }
}

INSTANTIATE_TEST_SUITE_P(
    EveryKind, ManyRows, testing::Combine(testing::Bool(), testing::Values(1, 1000)));

TEST(ManyRows, AreFilteredAsByTheDefinition)
{
    const auto file = writeRows(60'000, false, 1);
    const test::ScratchFolder scratch;
    ImportOptions options;
    options.file = scratch.write("events.csv", file.text);
    options.minUserEvents = 7;
    options.minItemEvents = 14;
    // By the definition: without copies, drop the rare again and again.
    std::vector<Event> left;
    std::map<std::tuple<int, int, std::int64_t, float>, int> seen;
    for (const auto& e : file.events) {
        if (seen.emplace(std::tuple(e.user, e.item, e.time, e.value), 0).second)
            left.push_back(e);
    }
    for (std::size_t before = 0; before != left.size();) {
        before = left.size();
        std::map<int, int> users, items;
        for (const auto& e : left) {
            ++users[e.user];
            ++items[e.item];
        }
        std::erase_if(
            left, [&](const Event& e) { return users[e.user] < 7 || items[e.item] < 14; });
    }
    ASSERT_GT(left.size(), 1000u);
    std::vector<std::string> users, items;
    for (const auto& e : left) {
        const auto user = "u" + std::to_string(e.user);
        const auto item = "a long id of an item " + std::to_string(e.item);
        if (std::find(users.begin(), users.end(), user) == users.end())
            users.push_back(user);
        if (std::find(items.begin(), items.end(), item) == items.end())
            items.push_back(item);
    }
    base::Silent silent;
    const auto imported = importFile(options, silent, {});
    ASSERT_OK(imported);
    const auto& dataset = *imported->dataset;
    EXPECT_EQ(dataset.eventCount(), static_cast<std::int64_t>(left.size()));
    ASSERT_EQ(dataset.userCount(), static_cast<std::int32_t>(users.size()));
    ASSERT_EQ(dataset.itemCount(), static_cast<std::int32_t>(items.size()));
    for (std::size_t u = 0; u < users.size(); ++u)
        ASSERT_EQ(dataset.userId({static_cast<std::int32_t>(u)}), users[u]);
    for (std::size_t i = 0; i < items.size(); ++i)
        ASSERT_EQ(dataset.item({static_cast<std::int32_t>(i + 1)}).id, items[i]);
    EXPECT_EQ(
        problem(*imported, "user or item with too few events").count,
        static_cast<std::int64_t>(seen.size() - left.size()));
}

// Asks for a stop at the n-th report of an import, and remembers when.
class StopAt final : public base::Progress {
public:
    explicit StopAt(int n)
        : m_left(n)
    { }
    void report(const base::Step&) override
    {
        if (--m_left != 0)
            return;
        m_when = std::chrono::steady_clock::now();
        m_source.request_stop();
    }
    std::stop_token token() const { return m_source.get_token(); }
    bool isAsked() const { return m_source.stop_requested(); }
    double secondsSince() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_when).count();
    }

private:
    std::stop_source m_source;
    std::atomic<int> m_left;
    std::chrono::steady_clock::time_point m_when;
};

// While it reads, and in each step after that.
TEST(ManyRows, StopWithinTheBlinkOfAnEye)
{
    const test::ScratchFolder scratch;
    ImportOptions options;
    options.file = scratch.write("rows.csv", writeRows(kRows, false, 1).text);
    options.threads = 2;
    options.minItemEvents = 2;
    int stopped = 0;
    for (int n = 1;; ++n) {
        StopAt stop(n);
        const auto imported = importFile(options, stop, stop.token());
        if (!stop.isAsked())
            break; // there is no n-th
        if (imported) // the last report is that all is done
            continue;
        ++stopped;
        EXPECT_EQ(imported.error().kind, ErrorKind::Interrupted);
        EXPECT_LT(stop.secondsSince(), kIsSlow ? 2.0 : 0.2) << "after report " << n;
    }
    EXPECT_GT(stopped, 5);
}

} // namespace
} // namespace fovea::data
