#include "core/io/encoding.h"

#include "core/base/text.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace fovea::io {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kMark = "\xEF\xBB\xBF"; // byte order, in UTF-8

constexpr std::array<Encoding, 6> kEncodings = {{
    {"utf-8", "UTF-8", "UTF-8"},
    {"utf-16le", "UTF-16 (little endian)", "UTF-16LE"},
    {"utf-16be", "UTF-16 (big endian)", "UTF-16BE"},
    {"windows-1252", "Windows-1252", "CP1252"},
    {"latin-1", "Latin-1", "ISO-8859-1"},
    {"gb18030", "GB18030", "GB18030"},
}};
enum Index : std::size_t { Utf8, Utf16Le, Utf16Be, Windows1252, Latin1, Gb18030 };

unsigned char at(std::string_view text, std::size_t i)
{
    return static_cast<unsigned char>(text[i]);
}

// Of the bytes over 127, the share that stand two by two as Chinese characters do in GB 2312. In
// Western text they stand alone between letters.
double chineseShare(std::string_view head)
{
    std::size_t high = 0;
    std::size_t paired = 0;
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (at(head, i) < 0x80)
            continue;
        ++high;
        const bool isPair = i + 1 < head.size() && at(head, i) >= 0xA1 && at(head, i + 1) >= 0xA1;
        if (isPair) {
            paired += 2;
            ++high;
            ++i;
        }
    }
    return high == 0 ? 0 : static_cast<double>(paired) / static_cast<double>(high);
}

// Whether more characters of several bytes are those of UTF-8 than bytes are none: text in UTF-8
// with a few bytes of something else. Of text in other encodings few stand so by chance.
bool isMostlyUtf8(std::string_view head)
{
    std::size_t good = 0;
    std::size_t bad = 0;
    for (std::size_t i = 0; i < head.size();) {
        const auto lead = at(head, i);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const bool isWhole = base::isUtf8(head.substr(i, size));
        good += isWhole && size > 1;
        bad += !isWhole;
        i += isWhole ? size : 1;
    }
    return good > bad;
}

bool hasUndefined1252(std::string_view head)
{
    return std::any_of(head.begin(), head.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D;
    });
}

// Without the bytes at its end that may be the beginning of a character.
std::string_view withoutCut(std::string_view head)
{
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, head.size()); ++back) {
        const auto byte = at(head, head.size() - back);
        if (byte >= 0xC0)
            return head.substr(0, head.size() - back);
        if (byte < 0x80)
            break;
    }
    return head;
}

// Zero bytes at every other place: which of the two, or none.
const Encoding* withoutMark16(std::string_view head)
{
    std::array<std::size_t, 2> zeros = {0, 0};
    for (std::size_t i = 0; i < head.size(); ++i)
        zeros[i % 2] += head[i] == '\0';
    const auto half = head.size() / 2;
    if (half < 4)
        return nullptr;
    if (zeros[1] * 10 > half * 4 && zeros[0] * 20 < half)
        return &kEncodings[Utf16Le];
    if (zeros[0] * 10 > half * 4 && zeros[1] * 20 < half)
        return &kEncodings[Utf16Be];
    return nullptr;
}

} // namespace

std::span<const Encoding> encodings() { return kEncodings; }

const Encoding* findEncoding(std::string_view name)
{
    const auto found = std::find_if(
        kEncodings.begin(), kEncodings.end(), [&](const auto& row) { return row.name == name; });
    return found == kEncodings.end() ? nullptr : &*found;
}

EncodingGuess guessEncoding(std::string_view head)
{
    if (head.starts_with(kMark))
        return {&kEncodings[Utf8], say("it begins with its mark")};
    if (head.starts_with("\xFF\xFE"))
        return {&kEncodings[Utf16Le], say("it begins with its mark")};
    if (head.starts_with("\xFE\xFF"))
        return {&kEncodings[Utf16Be], say("it begins with its mark")};
    if (const auto* wide = withoutMark16(head))
        return {wide, say("every other byte is zero")};
    if (base::isUtf8(withoutCut(head)))
        return {&kEncodings[Utf8], say("all of its first bytes are UTF-8")};
    if (isMostlyUtf8(withoutCut(head)))
        return {&kEncodings[Utf8], say("most of its first characters are UTF-8")};
    if (chineseShare(head) > 0.8)
        return {&kEncodings[Gb18030], say("bytes over 127 stand two by two")};
    if (hasUndefined1252(head))
        return {
            &kEncodings[Latin1], say("it is not UTF-8, and has bytes that Windows-1252 has not")};
    return {&kEncodings[Windows1252], say("it is not UTF-8")};
}

struct Decoder::State {
    explicit State(const Encoding& encoding)
        : handle(::iconv_open("UTF-8", encoding.iconv))
        , unit(encoding.name.starts_with("utf-16") ? 2 : 1)
    { }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State()
    {
        if (isOpen())
            ::iconv_close(handle);
    }
    bool isOpen() const
    {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): so iconv says that it failed
        return handle != reinterpret_cast<::iconv_t>(-1);
    }

    ::iconv_t handle;
    std::size_t unit; // bytes that are left out where they mean nothing
};

Decoder::Decoder(const Encoding& encoding)
    : m_state(std::make_unique<State>(encoding))
{ }

Decoder::~Decoder() = default;

void Decoder::convert(std::string_view bytes, std::string& out)
{
    std::array<char, 16384> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): filled below
    auto* from = const_cast<char*>(bytes.data());
    std::size_t left = bytes.size();
    while (left > 0) {
        char* to = buffer.data();
        std::size_t room = buffer.size();
        const auto done = ::iconv(m_state->handle, &from, &left, &to, &room);
        const int error = done == static_cast<std::size_t>(-1) ? errno : 0;
        out.append(buffer.data(), buffer.size() - room);
        if (error == EINVAL)
            break;
        if (error == EILSEQ) {
            const auto skipped = std::min(left, m_state->unit);
            from += skipped;
            left -= skipped;
            out += kReplacement;
            ++m_replaced;
        }
    }
    m_cut.assign(from, left);
}

void Decoder::decode(std::string_view bytes, std::string& out)
{
    const auto begin = out.size();
    if (m_cut.empty()) {
        convert(bytes, out);
    } else {
        const std::string all = m_cut + std::string(bytes);
        convert(all, out);
    }
    if (m_isStart && out.size() > begin) {
        m_isStart = false;
        if (std::string_view(out).substr(begin).starts_with(kMark))
            out.erase(begin, kMark.size());
    }
}

void Decoder::finish(std::string& out)
{
    if (m_cut.empty())
        return;
    out += kReplacement;
    ++m_replaced;
    m_cut.clear();
}

std::string decoded(const Encoding& encoding, std::string_view bytes)
{
    Decoder decoder(encoding);
    std::string out;
    decoder.decode(bytes, out);
    decoder.finish(out);
    return out;
}

} // namespace fovea::io
