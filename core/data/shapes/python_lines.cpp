// One Python dictionary a line, as some data sets were printed: {u'user': 'x', "hours": 1.5,
// 'early': True, 'tags': [...]}. Read as data; nothing of it is run. Texts are unescaped, what is
// nested stays as it is written, None is an empty field.
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/data/shapes.h"
#include "core/data/shapes/records.h"

#include <charconv>
#include <deque>

namespace fovea::data {

namespace {

constexpr int kDeepest = 64; // of what is nested

class PythonRecords final : public Records {
public:
    bool read(std::string_view line, const Field& field) override
    {
        m_rest = line;
        m_texts.clear();
        if (!take('{'))
            return false;
        if (take('}'))
            return atEnd();
        do {
            if (peek() == '}') // a comma before the end
                break;
            const auto key = string();
            if (!key || !take(':'))
                return false;
            const auto value = this->value();
            if (!value)
                return false;
            field(*key, *value);
        } while (take(','));
        return take('}') && atEnd();
    }

    void complain(Problems& problems, std::int64_t line, std::string_view text) const override
    {
        problems.add("no Python dictionary", "row left out", line, 0, text);
    }

private:
    void skipSpace()
    {
        while (!m_rest.empty() && (m_rest.front() == ' ' || m_rest.front() == '\t'))
            m_rest.remove_prefix(1);
    }
    char peek()
    {
        skipSpace();
        return m_rest.empty() ? '\0' : m_rest.front();
    }
    bool take(char c)
    {
        if (peek() != c || m_rest.empty())
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    bool atEnd()
    {
        skipSpace();
        return m_rest.empty() || m_rest == "\r";
    }

    std::optional<std::string_view> value()
    {
        const char c = peek();
        if (c == '[' || c == '{' || c == '(')
            return nested();
        if (c == '\'' || c == '"' || c == 'u' || c == 'U' || c == 'b' || c == 'r')
            return string();
        const auto end = std::min(m_rest.find_first_of(",}])"), m_rest.size());
        const auto word = base::trim(m_rest.substr(0, end));
        m_rest.remove_prefix(end);
        if (word.empty())
            return std::nullopt;
        return word == "None" ? std::string_view() : word;
    }

    // From a bracket to the one that closes it.
    std::optional<std::string_view> nested()
    {
        const auto begin = m_rest;
        std::string open;
        while (!m_rest.empty()) {
            const char c = m_rest.front();
            if (c == '\'' || c == '"') {
                if (!string())
                    return std::nullopt;
                continue;
            }
            m_rest.remove_prefix(1);
            if (c == '[' || c == '{' || c == '(')
                open += c == '(' ? ')' : static_cast<char>(c + 2);
            if (open.size() > kDeepest)
                return std::nullopt;
            if (c == ']' || c == '}' || c == ')') {
                if (open.empty() || open.back() != c)
                    return std::nullopt;
                open.pop_back();
                if (open.empty())
                    return begin.substr(0, begin.size() - m_rest.size());
            }
        }
        return std::nullopt;
    }

    // u'...', "...": what it says; nothing where none begins here or it does not end.
    std::optional<std::string_view> string()
    {
        skipSpace();
        if (!m_rest.empty()
            && std::string_view("uUbr").find(m_rest.front()) != std::string_view::npos)
            m_rest.remove_prefix(1);
        if (m_rest.empty() || (m_rest.front() != '\'' && m_rest.front() != '"'))
            return std::nullopt;
        const char quote = m_rest.front();
        m_rest.remove_prefix(1);
        const auto plain = m_rest.find_first_of(quote == '"' ? "\"\\" : "'\\");
        if (plain == std::string_view::npos)
            return std::nullopt;
        if (m_rest[plain] == quote) {
            const auto text = m_rest.substr(0, plain);
            m_rest.remove_prefix(plain + 1);
            return text;
        }
        auto& text = m_texts.emplace_back();
        while (!m_rest.empty() && m_rest.front() != quote) {
            if (m_rest.front() == '\\') {
                if (!escape(text))
                    return std::nullopt;
                continue;
            }
            text += m_rest.front();
            m_rest.remove_prefix(1);
        }
        if (m_rest.empty())
            return std::nullopt;
        m_rest.remove_prefix(1);
        return text;
    }

    bool escape(std::string& out)
    {
        if (m_rest.size() < 2)
            return false;
        const char c = m_rest[1];
        m_rest.remove_prefix(2);
        constexpr std::string_view kFrom = "ntr0abfv";
        constexpr std::string_view kTo("\n\t\r\0\a\b\f\v", 8);
        if (c == 'x')
            return code(out, 2);
        if (c == 'u')
            return code(out, 4);
        if (c == 'U')
            return code(out, 8);
        const auto at = kFrom.find(c);
        if (at != std::string_view::npos) {
            out += kTo[at];
            return true;
        }
        if (c != '\\' && c != '\'' && c != '"')
            out += '\\'; // Python keeps what is no escape
        out += c;
        return true;
    }

    bool hexadecimal(std::size_t digits, std::uint32_t& code)
    {
        if (m_rest.size() < digits)
            return false;
        const auto* begin = m_rest.data();
        const auto [end, error] = std::from_chars(begin, begin + digits, code, 16);
        if (error != std::errc() || end != begin + digits)
            return false;
        m_rest.remove_prefix(digits);
        return true;
    }

    bool code(std::string& out, std::size_t digits)
    {
        std::uint32_t code = 0;
        if (!hexadecimal(digits, code))
            return false;
        std::uint32_t low = 0;
        const bool isHigh = code >= 0xD800 && code < 0xDC00;
        if (isHigh && m_rest.starts_with("\\u")) { // one character in two halves
            m_rest.remove_prefix(2);
            if (!hexadecimal(4, low) || low < 0xDC00 || low > 0xDFFF)
                return false;
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        }
        if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
            code = 0xFFFD;
        base::appendUtf8(out, code);
        return true;
    }

    std::string_view m_rest;
    std::deque<std::string> m_texts; // unescaped, of this line
};

} // namespace

extern const Shape kPythonLines;
const Shape kPythonLines = recordShape<PythonRecords>(
    "python-lines", "Python dictionaries, one a line",
    "most of its first lines are Python dictionaries");

} // namespace fovea::data
