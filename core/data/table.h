// Rows of text fields with their place in the file: what every reader hands on. A row and its
// fields live until the visitor returns.
#pragma once

#include "core/base/result.h"
#include "core/data/problems.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace fovea::data {

struct Row {
    std::int64_t line = 0; // 1-based line of the file where the row begins
    std::span<const std::string_view> fields; // raw bytes, quotes removed
    bool strayQuote = false; // a quote that encloses no whole field; the field is as it stands
};

using RowVisitor = std::function<void(const Row&)>;

// A table that is read in parts by one thread or several.
class RowSource {
public:
    // What one thread reads with.
    class Worker {
    public:
        Worker() = default;
        virtual ~Worker() = default;
        Worker(const Worker&) = delete;
        Worker& operator=(const Worker&) = delete;
        // Takes the next part that no worker has taken. Its number, from 0 in the order of the
        // table; nothing at the end.
        virtual Result<std::optional<std::int64_t>> next() = 0;
        // Visits the rows of that part.
        virtual void visit() = 0;
    };

    RowSource() = default;
    virtual ~RowSource() = default;
    RowSource(const RowSource&) = delete;
    RowSource& operator=(const RowSource&) = delete;
    // `problems` takes what is wrong with the part that is visited. Both outlive the worker.
    virtual std::unique_ptr<Worker> worker(const RowVisitor& visit, Problems& problems) = 0;
    // True if there may be one worker alone.
    virtual bool isInOrder() const { return false; }
    // Before there are workers: these columns alone are looked at. Fields of others may be empty.
    virtual void need(std::span<const int> /*columns*/) { }
    // Bytes that meant nothing in the encoding, once all is read.
    virtual std::int64_t replaced() const { return 0; }
};

} // namespace fovea::data
