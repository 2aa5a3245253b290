#include "core/data/delimited.h"

#include "core/base/text.h"
#include "core/data/number_text.h"
#include "core/data/roles.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <map>

namespace fovea::data {

namespace {

constexpr std::size_t kLongestQuoted = 1 << 20; // a longer field is a quote that nobody closed
constexpr std::array<std::string_view, 7> kDelimiters = {"::", "\t", ";", ",", "|", " ", kBlanks};

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

bool hasEmpty(const Rows& rows)
{
    return std::any_of(rows.begin(), rows.end(), [](const auto& row) {
        return std::find(row.begin(), row.end(), "") != row.end();
    });
}

bool isNumber(const std::string& field) { return numberOf(base::trim(field)).has_value(); }

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

// All rows but the first have digits in a column.
bool digitsBegin(const Rows& rows, std::size_t column)
{
    constexpr std::size_t kEnough = 10;
    const auto hasDigits = [&](const std::vector<std::string>& row) {
        return column < row.size() && row[column].find_first_of("0123456789") != std::string::npos;
    };
    return rows.size() >= kEnough && !hasDigits(rows[0])
        && std::all_of(rows.begin() + 1, rows.end(), hasDigits);
}

// A header: no number in the first row, and either a word over a column of numbers or of what has
// digits, or mostly names that headers use, or one of users beside one of items.
bool looksLikeHeader(const Rows& rows)
{
    if (rows.empty() || std::any_of(rows[0].begin(), rows[0].end(), isNumber))
        return false;
    for (std::size_t c = 0; rows.size() > 1 && rows[0].size() > 1 && c < rows[0].size(); ++c) {
        if (!base::trim(rows[0][c]).empty() && (holdsNumbers(rows, c) || digitsBegin(rows, c)))
            return true;
    }
    const auto names = std::count_if(rows[0].begin(), rows[0].end(), isColumnName);
    const auto hasOne = [&](Role role) {
        return std::any_of(rows[0].begin(), rows[0].end(), [&](const std::string& name) {
            return isNameOf(role, name);
        });
    };
    return 2 * names >= static_cast<std::ptrdiff_t>(rows[0].size())
        || (hasOne(Role::User) && hasOne(Role::Item));
}

std::size_t strayQuotes(std::string_view text, const Dialect& dialect)
{
    RowSplitter splitter(dialect);
    splitter.begin(text, 1, true);
    std::size_t count = 0;
    while (const auto* row = splitter.next())
        count += row->strayQuote;
    return count;
}

} // namespace

std::string delimiterName(std::string_view delimiter)
{
    if (delimiter == kBlanks)
        return "blanks";
    if (delimiter == "\t")
        return "tab";
    return delimiter == " " ? "space" : std::string(delimiter);
}

std::string delimiterFrom(const std::string& typed)
{
    if (typed == "tab" || typed == "\\t")
        return "\t";
    if (typed == "space")
        return " ";
    if (typed == "blanks")
        return std::string(kBlanks);
    const auto* const end = typed.data() + typed.size();
    unsigned char byte = 0;
    if (typed.size() == 4 && typed.starts_with("\\x")
        && std::from_chars(typed.data() + 2, end, byte, 16).ptr == end)
        return std::string(1, static_cast<char>(byte));
    return typed;
}

RowSplitter::RowSplitter(Dialect dialect, std::stop_token stop)
    : m_dialect(std::move(dialect))
    , m_blanks(m_dialect.delimiter == kBlanks)
    , m_stop(std::move(stop))
{ }

void RowSplitter::begin(std::string_view text, std::int64_t line, bool isWhole)
{
    m_text = text;
    m_isWhole = isWhole;
    m_at = 0;
    m_line = line;
}

// True if a field may end here.
bool RowSplitter::endsField(std::size_t at) const
{
    const auto rest = m_text.substr(at);
    return rest.empty() || rest.front() == '\n' || rest.starts_with("\r\n") || rest == "\r"
        || (m_blanks ? behindBlanks(at) > at : rest.starts_with(m_dialect.delimiter));
}

// True if an odd number of escapes stand before the quote.
bool RowSplitter::isEscaped(std::size_t begin, std::size_t quote) const
{
    if (m_dialect.escape == '\0')
        return false;
    auto first = quote;
    while (first > begin && m_text[first - 1] == m_dialect.escape)
        --first;
    return (quote - first) % 2 == 1;
}

// Adds the field between a quote at `at` and the one that closes it, and returns the offset behind
// that. npos if the text may go on; `at` if the quote encloses no whole field.
std::size_t RowSplitter::quotedField(std::size_t at)
{
    const std::size_t begin = at + 1;
    std::size_t close = begin;
    bool escaped = false;
    while (true) {
        close = m_text.find('"', close);
        const std::size_t seen = std::min(close, m_text.size()) - begin;
        if (seen > kLongestQuoted)
            return at;
        if (close == std::string_view::npos)
            return m_isWhole ? at : std::string_view::npos;
        if (close + m_dialect.delimiter.size() + 1 >= m_text.size() && !m_isWhole)
            return std::string_view::npos;
        if (isEscaped(begin, close)) {
            escaped = true;
            ++close;
            continue;
        }
        if (close + 1 == m_text.size() || m_text[close + 1] != '"')
            break;
        escaped = true;
        close += 2;
    }
    if (!endsField(close + 1))
        return at;
    const auto content = m_text.substr(begin, close - begin);
    m_linesInRow += std::count(content.begin(), content.end(), '\n');
    if (!escaped)
        put(content);
    else {
        m_unescaped.emplace_back(content);
        auto& clean = m_unescaped.back();
        const char escape = m_dialect.escape;
        std::size_t to = 0;
        for (std::size_t from = 0; from < clean.size(); ++from) {
            const char c = clean[from];
            const char behind = from + 1 < clean.size() ? clean[from + 1] : '\0';
            const bool isEscape =
                escape != '\0' && c == escape && (behind == '"' || behind == escape);
            if (isEscape || (c == '"' && behind == '"'))
                ++from;
            clean[to++] = clean[from];
        }
        clean.resize(to);
        put(clean);
    }
    return close + 1;
}

// Where the delimiter, the line or the text ends a field.
std::size_t RowSplitter::unquotedEnd(std::size_t at) const
{
    const std::string_view delimiter = m_dialect.delimiter;
    const char first = delimiter.front();
    const char* const begin = m_text.data();
    const char* const end = begin + m_text.size();
    const char* p = begin + at;
    if (m_blanks) {
        while (p != end && *p != '\n' && behindBlanks(p - begin) == std::size_t(p - begin))
            ++p;
    } else if (delimiter.size() == 1) {
        // Eight bytes at once: the high bit of each byte that is one of the two, and those of some
        // behind the first, which do not matter.
        constexpr std::uint64_t kOnes = 0x0101010101010101;
        const auto zeros = [](std::uint64_t word) { return (word - kOnes) & ~word & 0x80 * kOnes; };
        const auto delimiters = kOnes * static_cast<unsigned char>(first);
        static_assert(std::endian::native == std::endian::little);
        for (; end - p >= 8; p += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, p, 8);
            const auto found = zeros(word ^ delimiters) | zeros(word ^ kOnes * '\n');
            if (found != 0)
                return static_cast<std::size_t>(p - begin + std::countr_zero(found) / 8);
        }
        while (p != end && *p != first && *p != '\n')
            ++p;
    } else {
        while (p != end && *p != '\n'
               && (*p != first || !std::string_view(p, end).starts_with(delimiter)))
            ++p;
    }
    return static_cast<std::size_t>(p - begin);
}

// Where what no aligned column begins with ends.
std::size_t RowSplitter::behindBlanks(std::size_t at) const
{
    return std::min(m_text.find_first_not_of(" \t\r", at), m_text.size());
}

// What no table has is not kept: a row of commas alone would take 16 times its bytes.
void RowSplitter::put(std::string_view field)
{
    constexpr std::size_t kMost = std::size_t{1} << 20;
    if (m_fields.size() < kMost)
        m_fields.push_back(field);
}

// One row from m_at; false if it is not complete.
bool RowSplitter::split()
{
    m_fields.clear();
    if (!m_unescaped.empty())
        m_unescaped.clear();
    m_linesInRow = 1;
    m_row = {m_line, {}, false};
    std::size_t at = m_blanks ? behindBlanks(m_at) : m_at;
    constexpr std::uint32_t kLook = 1 << 10; // fields, of any rows, between two looks at a stop
    while (true) {
        if (++m_fieldsSeen % kLook == 0 && m_stop.stop_requested())
            return false;
        bool quote = m_dialect.quoted && at < m_text.size() && m_text[at] == '"';
        if (quote) {
            const auto behind = quotedField(at);
            if (behind == std::string_view::npos)
                return false;
            quote = behind != at;
            m_row.strayQuote = m_row.strayQuote || !quote;
            at = behind;
        }
        const auto fieldEnd = unquotedEnd(at);
        const auto end = m_blanks ? behindBlanks(fieldEnd) : fieldEnd;
        const bool isEnd = end == m_text.size();
        if (isEnd && !m_isWhole)
            return false;
        const bool isLast = isEnd || m_text[end] == '\n';
        if (!quote) {
            auto field = m_text.substr(at, fieldEnd - at);
            if (isLast && !field.empty() && field.back() == '\r')
                field.remove_suffix(1);
            put(field);
        }
        if (isLast) {
            m_at = std::min(end + 1, m_text.size());
            m_row.fields = m_fields;
            return true;
        }
        at = m_blanks ? end : end + m_dialect.delimiter.size();
    }
}

const Row* RowSplitter::next()
{
    while (m_at < m_text.size() && split()) {
        m_line += m_linesInRow;
        if (m_fields.size() > 1 || !base::trim(m_fields[0]).empty())
            return &m_row;
    }
    return nullptr;
}

std::vector<std::vector<std::string>> rowsOf(
    std::string_view text, const Dialect& dialect, std::size_t atMost)
{
    std::vector<std::vector<std::string>> rows;
    RowSplitter splitter(dialect);
    splitter.begin(text, 1, true);
    while (rows.size() < atMost) {
        const auto* row = splitter.next();
        if (!row)
            break;
        rows.emplace_back(row->fields.begin(), row->fields.end());
    }
    return rows;
}

namespace {

// Known names of columns among the fields of a line.
std::ptrdiff_t namesIn(std::string_view line, std::string_view delimiters)
{
    std::ptrdiff_t names = 0;
    for (std::size_t at = 0; at < line.size();) {
        const auto end = std::min(line.find_first_of(delimiters, at), line.size());
        names += isColumnName(std::string(line.substr(at, end - at)));
        at = end + 1;
    }
    return names;
}

// A title, and whatever else stands before a line of names, as programs of the office write: lines
// of other widths than the table's.
Preamble titleOf(std::string_view head)
{
    constexpr int kMost = 10; // lines
    Preamble title;
    std::vector<std::string_view> before;
    for (; title.lines < kMost && title.bytes < head.size(); ++title.lines) {
        const auto line = head.substr(title.bytes, head.find('\n', title.bytes) - title.bytes);
        for (const char delimiter : {'\t', ',', ';', '|'}) {
            const auto delimiters = [&](std::string_view text) {
                return std::count(text.begin(), text.end(), delimiter);
            };
            if (delimiters(line) == 0 || namesIn(line, std::string{delimiter, '"', '\r'}) < 2)
                continue;
            const auto filled = [&](std::string_view text) {
                const auto fields = base::split(text, {&delimiter, 1});
                return std::count_if(fields.begin(), fields.end(), [](std::string_view field) {
                    return !base::trim(field).empty();
                });
            };
            const bool isTitled =
                std::none_of(before.begin(), before.end(), [&](const auto& other) {
                    return delimiters(other) == delimiters(line)
                        && 2 * filled(other) > filled(line);
                });
            return isTitled ? title : Preamble();
        }
        before.push_back(line);
        title.bytes += line.size() + 1;
    }
    return {};
}

} // namespace

Preamble preambleOf(std::string_view head)
{
    constexpr std::string_view kSep = "sep=";
    Preamble preamble;
    const auto lineAt = [&](std::size_t at) { return head.substr(at, head.find('\n', at) - at); };
    const auto skip = [&](std::size_t bytes) {
        ++preamble.lines;
        preamble.bytes += bytes + 1;
    };
    auto first = lineAt(0);
    const bool isAll = first.size() == head.size();
    if (first.ends_with('\r'))
        first.remove_suffix(1);
    if (first.size() > kSep.size() && base::lower(first).starts_with(kSep)
        && first.size() <= kSep.size() + 2 && !isAll) {
        preamble.delimiter = first.substr(kSep.size());
        skip(lineAt(0).size());
        return preamble;
    }
    std::string_view comment; // the last
    std::size_t begin = 0;
    const auto isComment = [](std::string_view line) {
        return !line.empty() && (line[0] == '#' || line[0] == '%')
            && (line.size() == 1 || line[1] == ' ' || line[1] == '\t' || line[1] == line[0]
                || line[1] == '\r');
    };
    while (preamble.bytes < head.size() && isComment(lineAt(preamble.bytes))) {
        begin = preamble.bytes;
        comment = lineAt(begin);
        skip(comment.size());
    }
    preamble.bytes = std::min(preamble.bytes, head.size());
    if (namesIn(comment, "\t,;|: \r") > 1) {
        --preamble.lines;
        preamble.bytes = begin;
    }
    return preamble.lines > 0 ? preamble : titleOf(head);
}

Result<Dialect> sniffDialect(
    std::string_view head, const std::string& where, const std::string& given)
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
    std::vector<std::string_view> delimiters(kDelimiters.begin(), kDelimiters.end());
    if (!given.empty())
        delimiters = {given};
    for (const auto delimiter : delimiters) {
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
    if (best.delimiter == " " && given.empty()) {
        auto aligned = best;
        aligned.delimiter = kBlanks;
        if (hasEmpty(rowsOf(head, best, 200))
            && consistency(rowsOf(head, aligned, 200)) >= bestScore)
            best = std::move(aligned);
    }
    if (bestScore < 0.5)
        best = Dialect{given.empty() ? "," : given, true, false};
    auto escaping = best;
    escaping.escape = '\\';
    if (best.quoted && head.find("\\\"") != std::string_view::npos
        && strayQuotes(head, escaping) < strayQuotes(head, best))
        best = std::move(escaping);
    best.header = looksLikeHeader(rowsOf(head, best, 20));
    return best;
}

} // namespace fovea::data
