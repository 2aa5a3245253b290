// Any bytes as a checkpoint, with checksums that are right: refused with an error, or its state is
// one that a run can have, and is read back the same.
#include "core/train/progression.h"
#include "tests/fuzz/scratch.h"
#include "tests/support/forgery.h"

#include <cmath>
#include <cstdlib>

using namespace fovea;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const auto repaired = test::withRightChecksums(std::string(fuzz::textOf(bytes, size)));
    const auto file = io::TensorFile::read(fuzz::written("last.safetensors", repaired));
    if (!file)
        return 0;
    std::size_t sum = 0;
    for (const auto& tensor : file->tensors()) {
        for (const char c : tensor.bytes)
            sum += static_cast<unsigned char>(c);
    }
    if (sum > 255 * repaired.size()) // reads every byte of every tensor
        std::abort();
    const auto state = train::progressionFrom(file->metadata(), "fuzzed");
    if (!state)
        return 0;
    static_cast<void>(train::checkPlace(*state, 5, 3, "fuzzed"));
    const auto again = train::progressionFrom(train::metadataOf(*state), "written");
    const bool isPossible = state->epoch >= state->bestEpoch && state->step >= state->epoch
        && state->metricsBytes >= 0 && std::isfinite(state->lossSum)
        && std::isfinite(state->bestMetric);
    if (!again || train::metadataOf(*again) != train::metadataOf(*state) || !isPossible)
        std::abort();
    return 0;
}
