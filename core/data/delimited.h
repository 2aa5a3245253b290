// Delimited text: one parser that reads in blocks, knows the line of each row, and takes delimiters
// of one or more characters, quotes with doubled quotes and line breaks inside, LF and CRLF. One
// thread; blocks on the disk.
#pragma once

#include "core/data/table.h"
#include "core/io/text_source.h"

#include <deque>

namespace fovea::data {

struct Dialect {
    std::string delimiter = ",";
    bool quoted = true; // a field that starts with " ends at the matching "
    bool header = false; // the first row names the columns
};

std::string delimiterName(std::string_view delimiter);

// Splits the text of a file into rows. `atEnd` says whether the text ends with the file; a last row
// without a line break is then complete. Returns how many bytes were used.
class RowSplitter {
public:
    explicit RowSplitter(Dialect dialect)
        : m_dialect(std::move(dialect))
    { }
    Result<std::size_t> consume(std::string_view text, bool atEnd, const RowVisitor& visit);
    std::int64_t line() const { return m_line; }

private:
    // One row from the start of `text`; 0 if it is not complete yet.
    std::size_t next(std::string_view text, bool atEnd);
    std::size_t quotedField(std::string_view text, std::size_t at, bool atEnd);
    bool endsField(std::string_view text, std::size_t at) const;

    Dialect m_dialect;
    std::int64_t m_line = 1;
    std::int64_t m_linesInRow = 0;
    bool m_strayQuote = false;
    std::vector<std::string_view> m_fields;
    std::deque<std::string> m_unescaped; // a deque, since fields point into it
};

// Guesses delimiter, quotes and header from the head of a file. Bytes that no text holds are bad
// input.
Result<Dialect> sniffDialect(std::string_view head, const std::string& where);

// Rows of a text, for heads and for tests.
std::vector<std::vector<std::string>> rowsOf(
    std::string_view text, const Dialect& dialect, std::size_t atMost);

// Visits each row of the text, the header included.
Status readDelimited(
    io::TextSource& source, const Dialect& dialect, const RowVisitor& visit,
    base::Progress& progress, const std::stop_token& stop);

} // namespace fovea::data
