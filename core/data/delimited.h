// Delimited text: one parser that knows the line of each row and takes delimiters of one or more
// characters, quotes with doubled quotes and line breaks inside, LF and CRLF. One thread.
#pragma once

#include "core/data/table.h"

#include <deque>
#include <stop_token>
#include <string>
#include <vector>

namespace fovea::data {

// The delimiter of columns that are aligned: any run of spaces and tabs.
inline constexpr std::string_view kBlanks = "\\s+";

struct Dialect {
    std::string delimiter = ","; // or kBlanks
    bool quoted = true; // a field that starts with " ends at the matching "
    bool header = false; // the first row names the columns
    char escape = '\0'; // before a quote that is part of a field; the quote twice in any case
};

std::string delimiterName(std::string_view delimiter);
// As a person types it: tab, space, \t and \x01 stand for what a terminal does not take.
std::string delimiterFrom(const std::string& typed);

// Splits text that begins with a row into rows, of at most a million fields: what is behind them is
// dropped. After a stop next() returns null, even within a long row.
class RowSplitter {
public:
    explicit RowSplitter(Dialect dialect, std::stop_token stop = {});

    // `line` is that of the first row. `isWhole` says that the text ends with a row; else a last
    // row without its line break is not complete.
    void begin(std::string_view text, std::int64_t line, bool isWhole);
    // The next row that is not blank; null at the end of the text or of its complete rows.
    const Row* next();
    std::size_t used() const { return m_at; } // bytes of the rows so far
    std::int64_t line() const { return m_line; } // of the next row

private:
    bool split();
    std::size_t behindBlanks(std::size_t at) const;
    void put(std::string_view field);
    std::size_t unquotedEnd(std::size_t at) const;
    std::size_t quotedField(std::size_t at);
    bool endsField(std::size_t at) const;
    bool isEscaped(std::size_t begin, std::size_t quote) const;

    Dialect m_dialect;
    bool m_blanks; // the delimiter is kBlanks
    std::stop_token m_stop;
    std::uint32_t m_fieldsSeen = 0; // of all rows
    std::string_view m_text;
    bool m_isWhole = true;
    std::size_t m_at = 0;
    std::int64_t m_line = 1;
    std::int64_t m_linesInRow = 0;
    Row m_row;
    std::vector<std::string_view> m_fields;
    std::deque<std::string> m_unescaped; // a deque, since fields point into it
};

// Lines before a table: "sep=;", as Excel writes, comments that begin with "# " or "% ", or a
// title. A last comment of columns' names is the header.
struct Preamble {
    int lines = 0;
    std::size_t bytes = 0;
    std::string delimiter; // that it tells; empty = none
};
Preamble preambleOf(std::string_view head);

// Guesses delimiter, where none is given, quotes and header from the head of a file. Bytes that no
// text holds are bad input.
Result<Dialect> sniffDialect(
    std::string_view head, const std::string& where, const std::string& delimiter = {});

// Rows of a text, for heads and for tests.
std::vector<std::vector<std::string>> rowsOf(
    std::string_view text, const Dialect& dialect, std::size_t atMost);

} // namespace fovea::data
