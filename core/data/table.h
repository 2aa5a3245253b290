// Rows of text fields with their place in the file: what every reader hands on. A row and its
// fields live until the visitor returns. One thread.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace fovea::data {

struct Row {
    std::int64_t line = 0; // 1-based line of the file where the row begins
    std::span<const std::string_view> fields; // raw bytes, quotes removed
    bool strayQuote = false; // a quote that encloses no whole field; the field is as it stands
};

using RowVisitor = std::function<Status(const Row&)>;

} // namespace fovea::data
