// Questions to the model at hand from a widget: `work` runs on the compute thread between two units
// of a run, `done` on the window's thread, unless the receiver is gone by then.
#pragma once

#include "core/device/thrown.h"
#include "core/train/model_desk.h"
#include "widgets/parts/hand_over.h"

#include <functional>

namespace fovea::widgets {

template <typename Value>
void ask(
    train::ModelDesk& desk, QObject* receiver,
    std::function<Result<Value>(const train::TrainedModel&)> work,
    std::function<void(const Result<Value>&)> done,
    device::Priority priority = device::Priority::Interactive)
{
    const auto question = [to = Recipient(receiver), work = std::move(work),
                           done =
                               std::move(done)](const Result<const train::TrainedModel*>& model) {
        const auto answer = [&]() -> Result<Value> {
            try {
                if (!model)
                    return model.error();
                return work(**model);
            } catch (...) {
                return device::thrown();
            }
        }();
        to.handOver([done, answer] { done(answer); });
    };
    desk.ask(question, priority);
}

} // namespace fovea::widgets
