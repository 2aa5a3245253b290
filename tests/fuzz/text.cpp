// Any text in memory, thousands a second: what a file is taken for (FOVEA_FUZZED "auto"), or the
// rows of one shape. Rows come in the order of their lines, and are the same wherever the text is
// cut into parts.
#include "core/data/formats.h"
#include "core/data/roles.h"
#include "core/data/shapes.h"
#include "core/data/time_formats.h"
#include "core/io/encoding.h"

#include <cstdlib>

using namespace fovea;

namespace {

void sniff(std::string_view bytes)
{
    const auto guess = io::guessEncoding(bytes);
    const auto text = io::decoded(*guess.encoding, bytes);
    const auto understood = data::understand(text, "text", {});
    if (!understood)
        return;
    const auto& layout = understood->layout;
    static_cast<void>(
        data::eventRoles(layout.names, layout.rows, {}, "text", layout.unfolding.lists));
    static_cast<void>(data::itemRoles(layout.names, layout.rows, {}, "text"));
    std::vector<std::string_view> column;
    for (const auto& row : layout.rows)
        column.push_back(row.empty() ? std::string_view() : row.back());
    static_cast<void>(data::guessTimeFormat(column));
    static_cast<void>(data::shapeKey(*understood));
}

using Fields = std::vector<std::string>;

// The text's rows, of parts that end with whole rows and are about so long.
std::vector<Fields> rowsOf(
    std::string_view text, const data::Understanding& understood, std::size_t part)
{
    std::vector<Fields> rows;
    data::Problems problems;
    std::int64_t last = 0;
    const auto visit = understood.shape->adapt(
        understood.layout,
        [&](const data::Row& row) {
            if (row.line < std::max<std::int64_t>(last, 1))
                std::abort();
            last = row.line;
            rows.emplace_back(row.fields.begin(), row.fields.end());
        },
        problems);
    data::RowSplitter splitter(understood.shape->dialect(understood.layout));
    std::int64_t line = 1;
    std::size_t size = part;
    while (!text.empty()) {
        const bool isWhole = size >= text.size();
        splitter.begin(text.substr(0, std::min(size, text.size())), line, isWhole);
        while (const auto* row = splitter.next())
            visit(*row);
        line = splitter.line();
        size = splitter.used() == 0 ? size + part : part; // a row that is longer than the part
        text.remove_prefix(splitter.used());
        if (isWhole && splitter.used() == 0)
            break;
    }
    return rows;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const std::string_view shape = FOVEA_FUZZED;
    if (shape == "auto") {
        sniff(text);
        return 0;
    }
    const auto understood = data::understand(text, "text", {std::string(shape), {}, {}, {}});
    if (!understood)
        return 0;
    const auto whole = rowsOf(text, *understood, text.size());
    if (!understood->shape->isInOrder && whole != rowsOf(text, *understood, 64))
        std::abort();
    return 0;
}
