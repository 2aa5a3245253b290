// Any bytes as a .npy file: refused with an error, or each of its numbers can be read.
#include "core/io/npy.h"
#include "tests/fuzz/scratch.h"

#include <cstdlib>

using namespace fovea;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const auto npy = io::NpyFile::open(fuzz::written("vectors.npy", fuzz::textOf(bytes, size)));
    if (!npy)
        return 0;
    if (npy->rows() < 0 || npy->width() < 1
        || static_cast<std::size_t>(npy->rows() * npy->width()) > size)
        std::abort();
    float sum = 0;
    for (std::int64_t row = 0; row < npy->rows(); ++row) {
        for (std::int64_t column = 0; column < npy->width(); ++column)
            sum += npy->at(row, column);
    }
    return sum == 12345 ? 1 : 0; // so that the reading is not left out
}
