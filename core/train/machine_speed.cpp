#include "core/train/machine_speed.h"

#include "core/device/loops.h"
#include "core/device/tensor_torch.h"

#include <algorithm>
#include <ctime>
#include <mutex>

namespace fovea::train {

namespace {

// Of the thread, so that the time of other programs is not counted.
double threadSeconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// The fastest of a few, so that some are undisturbed.
template <typename Work> double fastest(int times, const Work& work)
{
    double best = 1e9;
    for (int i = 0; i < times; ++i) {
        const auto start = threadSeconds();
        work();
        best = std::min(best, threadSeconds() - start);
    }
    return std::max(best, 1e-9);
}

// Of sizes that training has.
double productsASecond()
{
    constexpr std::int64_t kRows = 1024;
    constexpr std::int64_t kWidth = 64;
    const auto a = at::ones({kRows, kWidth});
    const auto b = at::ones({kWidth, kRows});
    return 2.0 * kRows * kRows * kWidth / fastest(30, [&] { at::mm(a, b); });
}

double bytesASecond()
{
    constexpr std::int64_t kNumbers = 4 << 20; // 16 MiB
    const auto a = at::ones({kNumbers});
    auto b = at::ones({kNumbers});
    const double seconds = fastest(4, [&] { b.add_(a, 0.5); }); // two read, one written
    return 3.0 * sizeof(float) * kNumbers / seconds;
}

} // namespace

MachineSpeed speedOfThread()
{
    const at::NoGradGuard noGrad;
    return {productsASecond(), bytesASecond()};
}

MachineSpeed speedOfLoop()
{
    std::mutex mutex;
    MachineSpeed sum;
    device::onThreadsOfLoop([&] {
        const auto own = speedOfThread();
        const std::scoped_lock lock(mutex);
        sum.products += own.products;
        sum.bytes += own.bytes;
    });
    return sum;
}

} // namespace fovea::train
