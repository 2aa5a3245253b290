#include "core/data/list_text.h"

#include "core/base/text.h"
#include "core/base/utf8.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace fovea::data {

namespace {

// The number that `digits` hexadecimal digits write at a place of a text.
std::optional<std::uint32_t> hexadecimal(std::string_view text, std::size_t at, std::size_t digits)
{
    std::uint32_t number = 0;
    if (at > text.size() || text.size() - at < digits)
        return std::nullopt;
    const auto* const end = text.data() + at + digits;
    const auto read = std::from_chars(text.data() + at, end, number, 16);
    return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

// Adds what is escaped at text[at], behind a backslash; returns the place of its last character.
std::size_t unescape(std::string_view text, std::size_t at, std::string& out)
{
    if (text[at] == 'x') {
        if (const auto code = hexadecimal(text, at + 1, 2)) {
            base::appendUtf8(out, *code);
            return at + 2;
        }
    }
    if (text[at] == 'u') {
        const auto code = hexadecimal(text, at + 1, 4);
        if (code && *code >= 0xD800 && *code < 0xDC00 && text.substr(at + 5, 2) == "\\u") {
            // The two halves of one character.
            if (const auto low = hexadecimal(text, at + 7, 4);
                low && *low >= 0xDC00 && *low < 0xE000) {
                base::appendUtf8(out, 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00));
                return at + 10;
            }
        }
        if (code) {
            const bool isHalf = *code >= 0xD800 && *code < 0xE000;
            base::appendUtf8(out, isHalf ? 0xFFFD : *code);
            return at + 4;
        }
    }
    out += text[at] == 'n' || text[at] == 't' || text[at] == 'r' ? ' ' : text[at];
    return at;
}

} // namespace

bool isList(std::string_view text)
{
    return text.size() >= 2 && text.front() == '[' && text.back() == ']';
}

std::vector<std::string> listOf(std::string_view text)
{
    std::vector<std::string> parts;
    std::string part;
    char quote = '\0';
    bool isQuoted = false; // the part that is read
    const auto end = [&] {
        const auto plain = isQuoted ? std::string_view(part) : base::trim(part);
        if (isQuoted || !plain.empty())
            parts.emplace_back(plain);
        part.clear();
        isQuoted = false;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != '\0') {
            if (c == '\\' && i + 1 < text.size())
                i = unescape(text, i + 1, part);
            else if (c == quote)
                quote = '\0';
            else
                part += c;
        } else if (
            (c == '\'' || c == '"')
            && (isQuoted || base::trim(part).empty() || base::trim(part) == "u"
                || base::trim(part) == "b")) {
            if (isQuoted)
                end(); // NumPy puts blanks between its texts
            quote = c; // u'...' and b'...' are Python's, too
            isQuoted = true;
            part.clear();
        } else if (c == ',' || c == '[' || c == ']') {
            end();
        } else if (!isQuoted) {
            part += c;
        }
    }
    end();
    return parts;
}

} // namespace fovea::data
