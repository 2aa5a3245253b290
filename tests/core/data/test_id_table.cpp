#include "core/data/id_table.h"

#include "tests/support/support.h"

#include <unordered_map>

namespace fovea::data {
namespace {

// All texts of up to eight bytes of an alphabet of three, which differ in a byte at each place, and
// longer ones; a zero byte is one like others.
std::vector<std::string> idsOfAllLengths()
{
    constexpr std::string_view kAlphabet{"0z\0", 3};
    std::vector<std::string> ids = {""};
    std::size_t begin = 0;
    for (int length = 1; length <= 8; ++length) {
        const auto end = ids.size();
        for (; begin < end; ++begin) {
            for (const char c : kAlphabet)
                ids.push_back(ids[begin] + c);
        }
    }
    for (int i = 0; i < 1000; ++i)
        ids.push_back("user number " + std::to_string(i));
    return ids;
}

TEST(IdTable, NumbersEachIdOnceWhateverItsLength)
{
    const auto ids = idsOfAllLengths();
    IdTable table;
    std::unordered_map<std::string, std::int32_t> expected;
    for (int pass = 0; pass < 2; ++pass) {
        for (const auto& id : ids) {
            const auto number = expected.emplace(id, std::int32_t(expected.size())).first->second;
            EXPECT_EQ(table.number(id), number);
        }
    }
    ASSERT_EQ(table.size(), ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        EXPECT_EQ(table.find(ids[i]), std::int32_t(i));
        EXPECT_EQ(table[i], ids[i]);
    }
    EXPECT_EQ(table.find("1"), -1);
    EXPECT_EQ(table.find("a user of none"), -1);
}

} // namespace
} // namespace fovea::data
