#include "widgets/parts/progress_counter.h"

#include "widgets/parts/texts.h"

#include <QCoreApplication>
#include <QProgressBar>

#include <algorithm>

namespace fovea::widgets {

void showProgress(QProgressBar& bar, const ProgressCounter& counter)
{
    const auto done = counter.done();
    const auto total = counter.total();
    if (total <= 0) {
        bar.setRange(0, 0);
        return;
    }
    bar.setRange(0, 1000);
    bar.setValue(static_cast<int>(1000.0 * static_cast<double>(done) / static_cast<double>(total)));
    const double rate = static_cast<double>(done) / std::max(counter.seconds(), 1e-3);
    const auto left = duration(static_cast<double>(total - done) / std::max(rate, 1.0));
    bar.setFormat(
        counter.isBytes() ? QCoreApplication::translate("Progress", "%1 a second, %2 left")
                                .arg(bytes(static_cast<std::int64_t>(rate)), left)
                          : QCoreApplication::translate("Progress", "%p %, %1 left").arg(left));
}

} // namespace fovea::widgets
