// The rows of a text file: cut into parts between rows as it is read, so that several threads can
// parse it.
#pragma once

#include "core/base/progress.h"
#include "core/data/shapes.h"
#include "core/io/text_source.h"

#include <mutex>
#include <stop_token>

namespace fovea::data {

class TextRows final : public RowSource {
public:
    // Shape, layout and progress outlive it.
    TextRows(
        std::unique_ptr<io::TextSource> source, const Shape& shape, const Layout& layout,
        base::Progress& progress, std::stop_token stop);

    std::unique_ptr<Worker> worker(const RowVisitor& visit, Problems& problems) override;
    bool isInOrder() const override { return m_shape.isInOrder; }
    std::int64_t replaced() const override { return m_source->replaced(); }

private:
    class TextWorker;
    struct Part {
        std::int64_t number = 0;
        std::int64_t line = 0; // of its first row
        std::vector<char> buffer;
        std::string_view text; // in it, whole rows
    };
    Result<bool> take(Part& part); // false at the end
    Result<std::size_t> fill(Part& part);
    std::size_t wholeRows(std::string_view text, std::int64_t& lines);

    std::unique_ptr<io::TextSource> m_source;
    const Shape& m_shape;
    const Layout& m_layout;
    base::Progress& m_progress;
    std::stop_token m_stop;
    std::mutex m_mutex; // of what follows, and of the source
    RowSplitter m_splitter; // finds where rows end among quotes
    std::size_t m_partBytes; // of the next part
    std::string m_carry; // a row that is not complete
    std::int64_t m_next = 0; // part
    std::int64_t m_line = 1;
    bool m_isEnd = false;
};

} // namespace fovea::data
