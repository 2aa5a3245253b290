#include "widgets/parts/progress_counter.h"

#include "widgets/parts/texts.h"

#include <QCoreApplication>
#include <QProgressBar>

#include <algorithm>

namespace fovea::widgets {

void showShare(QProgressBar& bar, std::int64_t done, std::int64_t total)
{
    constexpr int kWhole = 1000;
    const double share = static_cast<double>(done) / std::max(static_cast<double>(total), 1.0);
    bar.setRange(0, kWhole);
    bar.setValue(static_cast<int>(kWhole * std::clamp(share, 0.0, 1.0)));
}

void showProgress(QProgressBar& bar, const ProgressCounter& counter)
{
    const auto done = counter.done();
    const auto total = counter.total();
    if (total <= 0) {
        bar.setRange(0, 0);
        return;
    }
    showShare(bar, done, total);
    const double rate = static_cast<double>(done) / std::max(counter.seconds(), 1e-3);
    const auto left = duration(static_cast<double>(total - done) / std::max(rate, 1.0));
    bar.setFormat(
        counter.isBytes() ? QCoreApplication::translate("Progress", "%1 a second, %2 left")
                                .arg(bytes(wholeNumber(rate)), left)
                          : QCoreApplication::translate("Progress", "%p %, %1 left").arg(left));
}

} // namespace fovea::widgets
