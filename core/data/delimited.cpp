#include "core/data/delimited.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <map>

namespace fovea::data {

namespace {

constexpr std::size_t kHead = std::size_t{256} * 1024;
constexpr std::size_t kBlock = 1 << 20;
constexpr std::size_t kLongestRow = std::size_t{16} << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::array<std::string_view, 6> kDelimiters = {"::", "\t", ";", ",", "|", " "};

std::string_view withoutMark(std::string_view text)
{
    if (text.substr(0, 3) == kByteOrderMark)
        text.remove_prefix(3);
    return text;
}

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

// A header: no number in the first row, but numbers below it; or the first row repeats nowhere and
// holds words that headers use.
bool looksLikeHeader(const std::vector<std::vector<std::string>>& rows)
{
    if (rows.empty() || std::any_of(rows[0].begin(), rows[0].end(), isNumber))
        return false;
    const bool numbersBelow =
        rows.size() > 1 && std::any_of(rows[1].begin(), rows[1].end(), isNumber);
    const auto isWord = [](const std::string& field) {
        static constexpr std::array<std::string_view, 8> kWords = {
            "user", "item", "rating", "time", "title", "id", "date", "genre"};
        const auto name = base::lower(field);
        return std::any_of(kWords.begin(), kWords.end(), [&](auto word) {
            return name.find(word) != std::string::npos;
        });
    };
    const auto words = std::count_if(rows[0].begin(), rows[0].end(), isWord);
    return (numbersBelow && rows[0].size() > 1)
        || 2 * words > static_cast<std::ptrdiff_t>(rows[0].size());
}

} // namespace

std::string delimiterName(std::string_view delimiter)
{
    if (delimiter == "\t")
        return "tab";
    return delimiter == " " ? "space" : std::string(delimiter);
}

// Returns the offset behind the closing quote, or npos if the row goes on behind `text`.
std::size_t RowSplitter::quotedField(std::string_view text, std::size_t at, bool atEnd)
{
    const std::size_t begin = at + 1;
    bool escaped = false;
    for (std::size_t i = begin; i < text.size(); ++i) {
        m_linesInRow += text[i] == '\n' ? 1 : 0;
        if (text[i] != '"')
            continue;
        if (i + 1 == text.size() && !atEnd)
            return std::string_view::npos;
        if (i + 1 < text.size() && text[i + 1] == '"') {
            escaped = true;
            ++i;
            continue;
        }
        const auto content = text.substr(begin, i - begin);
        m_fields.push_back(content);
        if (escaped) {
            m_unescaped.emplace_back(content);
            auto& clean = m_unescaped.back();
            for (std::size_t q = clean.find("\"\""); q != std::string::npos;
                 q = clean.find("\"\"", q + 1))
                clean.erase(q, 1);
            m_fields.back() = clean;
        }
        return i + 1;
    }
    if (!atEnd)
        return std::string_view::npos;
    m_unclosed = true;
    m_fields.push_back(text.substr(begin));
    return text.size();
}

std::size_t RowSplitter::next(std::string_view text, bool atEnd)
{
    m_fields.clear();
    m_unescaped.clear();
    m_linesInRow = 1;
    m_unclosed = false;
    const std::string_view delimiter = m_dialect.delimiter;
    std::size_t at = 0;
    while (true) {
        const bool quote = m_dialect.quoted && at < text.size() && text[at] == '"';
        if (quote) {
            at = quotedField(text, at, atEnd);
            if (at == std::string_view::npos)
                return 0;
        }
        // What follows a closing quote up to the next delimiter is dropped with the quote's own
        // text kept.
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
            FOVEA_TRY(visit(Row{m_line, m_fields, m_unclosed}));
        m_line += m_linesInRow;
    }
    return used;
}

Result<std::string> headOf(const std::filesystem::path& file)
{
    FOVEA_ASSIGN(auto source, io::ByteSource::open(file));
    std::string head(kHead, '\0');
    std::size_t filled = 0;
    while (filled < head.size()) {
        FOVEA_ASSIGN(const auto count, source->read(std::span(head).subspan(filled)));
        if (count == 0)
            break;
        filled += count;
    }
    const bool whole = filled < head.size();
    head.resize(filled);
    const auto lastBreak = head.rfind('\n');
    if (!whole && lastBreak != std::string::npos)
        head.resize(lastBreak + 1);
    return head;
}

std::vector<std::vector<std::string>> rowsOf(
    std::string_view text, const Dialect& dialect, std::size_t atMost)
{
    std::vector<std::vector<std::string>> rows;
    RowSplitter splitter(dialect);
    const auto done = splitter.consume(withoutMark(text), true, [&](const Row& row) -> Status {
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
    if (base::trim(withoutMark(head)).empty())
        return badInput("the file holds no rows", where);
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
    const std::filesystem::path& file, const Dialect& dialect, const RowVisitor& visit,
    base::Progress& progress, std::stop_token stop)
{
    FOVEA_ASSIGN(auto source, io::ByteSource::open(file));
    RowSplitter splitter(dialect);
    std::string buffer;
    std::size_t kept = 0;
    bool first = true;
    while (true) {
        if (stop.stop_requested())
            return interrupted("reading was stopped");
        buffer.resize(kept + kBlock);
        FOVEA_ASSIGN(const auto count, source->read(std::span(buffer).subspan(kept)));
        const std::size_t filled = kept + count;
        std::string_view text(buffer.data(), filled);
        const std::size_t mark = first ? text.size() - withoutMark(text).size() : 0;
        FOVEA_ASSIGN(auto used, splitter.consume(text.substr(mark), count == 0, visit));
        used += mark;
        first = first && filled == 0;
        kept = filled - used;
        if (kept > kLongestRow)
            return badInput(
                "a row of more than 16 MiB begins here",
                file.string() + ", line " + std::to_string(splitter.line()),
                "Is a quote left open, or is this not a text file?");
        buffer.erase(0, used);
        progress.report({"import", source->consumedBytes(), source->fileBytes(), "bytes", {}});
        if (count == 0)
            return success();
    }
}

} // namespace fovea::data
