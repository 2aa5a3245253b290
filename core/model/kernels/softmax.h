// Rows of scores to weights that are not yet normalised, in two passes over each row. One thread a
// call; float and double.
#pragma once

#include <cstdint>

namespace fovea::model::kernels {

// For each of `rows` rows of `columns` scores, side by side: scores become exp(score - highest);
// highest and sum (rows) are written. The softmax is the row over its sum, its logarithm score -
// highest - log(sum).
template <typename T>
void exponentials(T* scores, std::int64_t rows, std::int64_t columns, T* highest, T* sum);

} // namespace fovea::model::kernels
