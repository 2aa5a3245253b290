// The numbers of users and items, as the manual has their rule.
#include "tests/support/support.h"

namespace fovea {
namespace {

using testing::ElementsAre;

// The events of a file, in its order and not in that of time.
constexpr const char* kEvents = "user,item,time\n"
                                "u9,z,soon\n" // no event
                                "u3,c,9\n"
                                "u1,b,5\n"
                                "u1,c,1\n"
                                "u2,a,2\n"
                                "u2,c,3\n"
                                "u1,b,7\n"
                                "u2,b,4\n";

class Numbering : public testing::Test {
protected:
    using Names = std::vector<std::string>;

    std::string import(const std::vector<std::string>& options)
    {
        const auto file = m_scratch.write("events.csv", kEvents);
        const auto set = (m_scratch / ("set" + std::to_string(m_count++))).string();
        std::vector<std::string> words = {"import", file.string(), "-o", set};
        words.insert(words.end(), options.begin(), options.end());
        const auto ran = test::fovea(words);
        EXPECT_EQ(ran.exitCode, 0) << ran.err;
        return set;
    }

    static std::pair<Names, Names> namesOf(const std::string& set)
    {
        const auto dataset = data::Dataset::load(set);
        EXPECT_OK(dataset);
        Names users;
        Names items;
        for (std::int32_t u = 0; u < (*dataset)->userCount(); ++u)
            users.emplace_back((*dataset)->userId({u}));
        for (std::int32_t i = 1; i <= (*dataset)->itemCount(); ++i)
            items.emplace_back((*dataset)->item({i}).id);
        return {users, items};
    }

    test::ScratchFolder m_scratch;
    int m_count = 0;
};

TEST_F(Numbering, FollowsTheRowsAndNotTheTimes)
{
    const auto [users, items] = namesOf(import({}));
    EXPECT_THAT(users, ElementsAre("u3", "u1", "u2"));
    EXPECT_THAT(items, ElementsAre("c", "b", "a"));
}

TEST_F(Numbering, AsksForARowWhoseUserAndItemAreBothThere)
{
    const auto [users, items] = namesOf(import({"--min-user-events", "2"}));
    EXPECT_THAT(users, ElementsAre("u1", "u2"));
    EXPECT_THAT(items, ElementsAre("b", "c", "a")); // the first row of c is of u3
}

TEST_F(Numbering, CountsARowThatWasLeftOutAsARepeat)
{
    // Of u1's two events with b the first one goes, that of the item's first row.
    for (const auto& options :
         {std::vector<std::string>{}, std::vector<std::string>{"--min-user-events", "2"}}) {
        auto words = options;
        words.insert(words.end(), {"--on", "repeats=last"});
        EXPECT_EQ(namesOf(import(words)), namesOf(import(options)));
    }
}

TEST_F(Numbering, GoesOnWhereEventsAreAdded)
{
    const auto set = import({});
    const auto more = m_scratch.write("more.csv", "user,item,time\nu8,d,1\nu1,e,2\nu7,c,3\n");
    ASSERT_EQ(test::fovea({"import", more.string(), "--append", set}).exitCode, 0);
    const auto [users, items] = namesOf(set);
    EXPECT_THAT(users, ElementsAre("u3", "u1", "u2", "u8", "u7"));
    EXPECT_THAT(items, ElementsAre("c", "b", "a", "d", "e"));
}

} // namespace
} // namespace fovea
