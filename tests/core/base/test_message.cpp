#include "core/base/result.h"

#include <gtest/gtest.h>

namespace fovea {
namespace {

TEST(Message, PutsEachValueInItsPlace)
{
    EXPECT_EQ(say("no %2 in %1", "the file", 7).english(), "no 7 in the file");
    EXPECT_EQ(say("%1% of %2", 30, std::string("%1")).english(), "30% of %1");
    EXPECT_EQ(say("from %1 to %2", 0.25, 3).english(), "from 0.25 to 3");
    EXPECT_EQ(Message("100 %").english(), "100 %");
}

TEST(Message, TellsTextsFromData)
{
    EXPECT_FALSE(Message("no such file").isData);
    EXPECT_TRUE(Message(std::string("movies.csv")).isData);
    EXPECT_FALSE(term("user").isData);
}

TEST(Error, IsOneLineInEnglish)
{
    EXPECT_EQ(
        badInput("no such file", std::string("a.csv"), "Check the path").message(),
        "a.csv: no such file. Check the path");
}

} // namespace
} // namespace fovea
