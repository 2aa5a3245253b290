#include "core/base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace fovea {
namespace {

TEST(ResultDeathTest, ReadingTheValueOfAnErrorEndsWithTheErrorsMessage)
{
    const Result<int> constant = badInput("no such column", "ratings.csv");
    Result<std::unique_ptr<int>> movable = failure("cannot write", "run.json");
    EXPECT_DEATH(static_cast<void>(constant.value()), "ratings.csv: no such column");
    EXPECT_DEATH(static_cast<void>(movable.take()), "run.json: cannot write");
}

TEST(ResultDeathTest, ReadingTheErrorOfAValueEndsWithAMessage)
{
    const Result<int> result = 1;
    EXPECT_DEATH(static_cast<void>(result.error()), "the error of a successful result was read");
}

} // namespace
} // namespace fovea
