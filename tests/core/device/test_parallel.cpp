#include "core/device/compute_thread.h"
#include "tests/support/support.h"

namespace fovea::device {

std::size_t threadsOfALoop(); // as the core's own header declares it, whose loops need OpenMP

namespace {

// It was compiled without OpenMP once, and every loop of ours ran on one thread, in silence.
TEST(ParallelFor, RunsOnAsManyThreadsAsTheComputeThreadHas)
{
#if defined(__clang__)
    GTEST_SKIP() << "Clang's OpenMP is not LibTorch's: loops run on one thread";
#endif
    ComputeThread thread(2);
    EXPECT_EQ(thread.submit(Priority::Interactive, [] { return threadsOfALoop(); }).get(), 2u);
}

} // namespace
} // namespace fovea::device
