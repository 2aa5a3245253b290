#include "core/data/text_rows.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace fovea::data {

namespace {

constexpr std::size_t kFirstPart = std::size_t{256} << 10; // they grow: a small file takes little
constexpr std::size_t kLargestPart = std::size_t{4} << 20;
constexpr std::size_t kLongestRow = std::size_t{16} << 20;

} // namespace

class TextRows::TextWorker final : public Worker {
public:
    TextWorker(TextRows& rows, const RowVisitor& visit, Problems& problems)
        : m_rows(rows)
        , m_splitter(rows.m_shape.dialect(rows.m_layout), rows.m_stop)
        , m_visit(rows.m_shape.adapt(rows.m_layout, visit, problems))
    { }

    Result<std::optional<std::int64_t>> next() override
    {
        FOVEA_ASSIGN(const bool any, m_rows.take(m_part));
        return any ? std::optional(m_part.number) : std::nullopt;
    }

    void visit() override
    {
        const bool isFirst = m_part.number == 0;
        auto text = m_part.text;
        const int skipped = isFirst ? m_rows.m_layout.skipped : 0;
        for (int i = 0; i < skipped; ++i)
            text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
        m_splitter.begin(text, m_part.line + skipped, true);
        if (isFirst && m_rows.m_layout.dialect.header)
            m_splitter.next();
        while (const auto* row = m_splitter.next())
            m_visit(*row);
    }

private:
    TextRows& m_rows;
    RowSplitter m_splitter;
    RowVisitor m_visit;
    Part m_part;
};

TextRows::TextRows(
    std::unique_ptr<io::TextSource> source, const Shape& shape, const Layout& layout,
    base::Progress& progress, std::stop_token stop)
    : m_source(std::move(source))
    , m_shape(shape)
    , m_layout(layout)
    , m_progress(progress)
    , m_stop(std::move(stop))
    , m_splitter(shape.dialect(layout), m_stop)
    , m_partBytes(kFirstPart)
{ }

std::unique_ptr<RowSource::Worker> TextRows::worker(const RowVisitor& visit, Problems& problems)
{
    return std::make_unique<TextWorker>(*this, visit, problems);
}

// Bytes of the complete rows at the beginning of the text, and their lines.
std::size_t TextRows::wholeRows(std::string_view text, std::int64_t& lines)
{
    const bool quoted =
        m_shape.dialect(m_layout).quoted && std::memchr(text.data(), '"', text.size()) != nullptr;
    if (quoted && !m_isEnd) {
        m_splitter.begin(text, 0, false);
        while (m_splitter.next()) { }
        lines = m_splitter.line();
        return m_splitter.used();
    }
    const auto end = m_isEnd ? text.size() : text.rfind('\n') + 1; // npos + 1 = none
    lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
    return end;
}

// What was carried over and what comes next.
Result<std::size_t> TextRows::fill(Part& part)
{
    std::size_t filled = m_carry.size();
    const auto wanted = filled + m_partBytes;
    m_partBytes = std::min(2 * m_partBytes, kLargestPart);
    if (part.buffer.size() < wanted)
        part.buffer.resize(wanted);
    std::copy(m_carry.begin(), m_carry.end(), part.buffer.begin());
    m_carry.clear();
    while (filled < wanted) {
        const auto room = std::span(part.buffer).subspan(filled, wanted - filled);
        FOVEA_ASSIGN(const auto count, m_source->read(room));
        filled += count;
        m_isEnd = count == 0;
        if (m_isEnd)
            break;
    }
    return filled;
}

Result<bool> TextRows::take(Part& part)
{
    const std::lock_guard lock(m_mutex);
    std::size_t used = 0;
    std::int64_t lines = 0;
    while (used == 0) {
        if (m_stop.stop_requested())
            return interrupted("reading was stopped");
        if (m_isEnd)
            return false;
        FOVEA_ASSIGN(const auto filled, fill(part));
        const std::string_view text(part.buffer.data(), filled);
        if (filled == 0)
            return false;
        used = wholeRows(text, lines);
        if (m_stop.stop_requested())
            return interrupted("reading was stopped"); // perhaps in the middle of a row
        m_carry = text.substr(used);
        if (m_carry.size() > kLongestRow)
            return badInput(
                "a row of more than 16 MiB begins here",
                say("%1, line %2", m_source->bytes().name(), m_line + lines),
                "Is a quote left open, or is this not a text file?");
        part.text = text.substr(0, used);
    }
    part.number = m_next++;
    part.line = m_line;
    m_line += lines;
    const auto& bytes = m_source->bytes();
    m_progress.report({"import", bytes.consumedBytes(), bytes.fileBytes(), "bytes", {}});
    return true;
}

} // namespace fovea::data
