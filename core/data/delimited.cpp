#include "core/data/delimited.h"

#include "core/base/text.h"
#include "core/data/roles.h"

#include <algorithm>
#include <array>
#include <map>

namespace fovea::data {

namespace {

constexpr std::size_t kBlock = 1 << 20;
constexpr std::size_t kLongestRow = std::size_t{16} << 20;
constexpr std::size_t kLongestQuoted = 1 << 20; // a longer field is a quote that nobody closed
constexpr std::array<std::string_view, 6> kDelimiters = {"::", "\t", ";", ",", "|", " "};

// The share of rows that have the most frequent number of fields, when that is more than one.
double consistency(const std::vector<std::vector<std::string>>& rows)
{
    std::map<std::size_t, std::size_t> counts;
    for (const auto& row : rows)
        ++counts[row.size()];
    const auto most =
        std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
            return a.second < b.second;
        });
    if (most == counts.end() || most->first < 2)
        return 0;
    return static_cast<double>(most->second) / static_cast<double>(rows.size());
}

bool isNumber(const std::string& field) { return base::parseDouble(base::trim(field)).has_value(); }

// Every field below the first row that is not empty is a number, and there is one.
bool holdsNumbers(const Rows& rows, std::size_t column)
{
    bool any = false;
    for (std::size_t r = 1; r < rows.size(); ++r) {
        if (column >= rows[r].size() || base::trim(rows[r][column]).empty())
            continue;
        if (!isNumber(rows[r][column]))
            return false;
        any = true;
    }
    return any;
}

// A header: no number in the first row, and either a word over a column of numbers, or mostly names
// that headers use.
bool looksLikeHeader(const Rows& rows)
{
    if (rows.empty() || std::any_of(rows[0].begin(), rows[0].end(), isNumber))
        return false;
    for (std::size_t c = 0; rows.size() > 1 && rows[0].size() > 1 && c < rows[0].size(); ++c) {
        if (!base::trim(rows[0][c]).empty() && holdsNumbers(rows, c))
            return true;
    }
    const auto names = std::count_if(rows[0].begin(), rows[0].end(), isColumnName);
    return 2 * names >= static_cast<std::ptrdiff_t>(rows[0].size());
}

} // namespace

std::string delimiterName(std::string_view delimiter)
{
    if (delimiter == "\t")
        return "tab";
    return delimiter == " " ? "space" : std::string(delimiter);
}

// True if a field may end here.
bool RowSplitter::endsField(std::string_view text, std::size_t at) const
{
    const auto rest = text.substr(at);
    return rest.empty() || rest.front() == '\n' || rest.substr(0, 2) == "\r\n" || rest == "\r"
        || rest.substr(0, m_dialect.delimiter.size()) == m_dialect.delimiter;
}

// Adds the field between a quote at `at` and the one that closes it, and returns the offset behind
// that. npos if the text may go on; `at` if the quote encloses no whole field.
std::size_t RowSplitter::quotedField(std::string_view text, std::size_t at, bool atEnd)
{
    const std::size_t begin = at + 1;
    std::size_t close = begin;
    bool escaped = false;
    while (true) {
        close = text.find('"', close);
        const std::size_t seen = std::min(close, text.size()) - begin;
        if (seen > kLongestQuoted)
            return at;
        if (close == std::string_view::npos)
            return atEnd ? at : std::string_view::npos;
        if (close + m_dialect.delimiter.size() + 1 >= text.size() && !atEnd)
            return std::string_view::npos;
        if (close + 1 == text.size() || text[close + 1] != '"')
            break;
        escaped = true;
        close += 2;
    }
    if (!endsField(text, close + 1))
        return at;
    const auto content = text.substr(begin, close - begin);
    m_linesInRow += std::count(content.begin(), content.end(), '\n');
    m_fields.push_back(content);
    if (escaped) {
        m_unescaped.emplace_back(content);
        auto& clean = m_unescaped.back();
        for (std::size_t q = clean.find("\"\""); q != std::string::npos;
             q = clean.find("\"\"", q + 1))
            clean.erase(q, 1);
        m_fields.back() = clean;
    }
    return close + 1;
}

std::size_t RowSplitter::next(std::string_view text, bool atEnd)
{
    m_fields.clear();
    m_unescaped.clear();
    m_linesInRow = 1;
    m_strayQuote = false;
    const std::string_view delimiter = m_dialect.delimiter;
    std::size_t at = 0;
    while (true) {
        bool quote = m_dialect.quoted && at < text.size() && text[at] == '"';
        if (quote) {
            const auto behind = quotedField(text, at, atEnd);
            if (behind == std::string_view::npos)
                return 0;
            quote = behind != at;
            m_strayQuote = m_strayQuote || !quote;
            at = behind;
        }
        std::size_t end = at;
        while (end < text.size() && text[end] != '\n'
               && text.compare(end, delimiter.size(), delimiter) != 0)
            ++end;
        const bool isLast = end == text.size() || text[end] == '\n';
        if (end == text.size() && !atEnd)
            return 0;
        if (!quote) {
            auto field = text.substr(at, end - at);
            if (isLast && !field.empty() && field.back() == '\r')
                field.remove_suffix(1);
            m_fields.push_back(field);
        }
        if (isLast)
            return std::min(end + 1, text.size());
        at = end + delimiter.size();
    }
}

Result<std::size_t> RowSplitter::consume(std::string_view text, bool atEnd, const RowVisitor& visit)
{
    std::size_t used = 0;
    while (used < text.size()) {
        const auto length = next(text.substr(used), atEnd);
        if (length == 0)
            break;
        used += length;
        const bool blank = m_fields.size() == 1 && base::trim(m_fields[0]).empty();
        if (!blank)
            FOVEA_TRY(visit(Row{m_line, m_fields, m_strayQuote}));
        m_line += m_linesInRow;
    }
    return used;
}

std::vector<std::vector<std::string>> rowsOf(
    std::string_view text, const Dialect& dialect, std::size_t atMost)
{
    std::vector<std::vector<std::string>> rows;
    RowSplitter splitter(dialect);
    const auto done = splitter.consume(text, true, [&](const Row& row) -> Status {
        if (rows.size() == atMost)
            return interrupted("enough");
        rows.emplace_back(row.fields.begin(), row.fields.end());
        return success();
    });
    static_cast<void>(done); // stopping early is the only error there is
    return rows;
}

Result<Dialect> sniffDialect(std::string_view head, const std::string& where)
{
    if (head.find('\0') != std::string_view::npos)
        return badInput(
            "this is not text: it holds zero bytes", where,
            "Give a text file with one event a line");
    if (base::trim(head).empty())
        return badInput("the file holds no rows", where);
    if (head.find('\n') == std::string_view::npos && head.find('\r') < head.size() - 1)
        return badInput(
            "the lines end with a carriage return alone, as on an old Macintosh", where,
            "Save it with line feeds (LF or CRLF)");
    Dialect best;
    double bestScore = 0;
    for (const auto delimiter : kDelimiters) {
        for (const bool quoted : {true, false}) {
            const Dialect dialect{std::string(delimiter), quoted, false};
            const double score = consistency(rowsOf(head, dialect, 200));
            // An earlier candidate is only given up for a clearly more regular one.
            if (score > bestScore + 0.02) {
                best = dialect;
                bestScore = score;
            }
        }
    }
    if (bestScore < 0.5)
        best = Dialect{",", true, false};
    best.header = looksLikeHeader(rowsOf(head, best, 20));
    return best;
}

Status readDelimited(
    io::TextSource& source, const Dialect& dialect, const RowVisitor& visit,
    base::Progress& progress, const std::stop_token& stop)
{
    RowSplitter splitter(dialect);
    std::string buffer;
    std::size_t kept = 0;
    while (true) {
        if (stop.stop_requested())
            return interrupted("reading was stopped");
        buffer.resize(kept + kBlock);
        FOVEA_ASSIGN(const auto count, source.read(std::span(buffer).subspan(kept)));
        const std::string_view text(buffer.data(), kept + count);
        FOVEA_ASSIGN(const auto used, splitter.consume(text, count == 0, visit));
        kept = text.size() - used;
        const auto& file = source.bytes();
        if (kept > kLongestRow)
            return badInput(
                "a row of more than 16 MiB begins here",
                say("%1, line %2", file.name(), splitter.line()),
                "Is a quote left open, or is this not a text file?");
        buffer.erase(0, used);
        progress.report({"import", file.consumedBytes(), file.fileBytes(), "bytes", {}});
        if (count == 0)
            return success();
    }
}

} // namespace fovea::data
