#include "core/io/text_source.h"

#include <algorithm>
#include <cstring>

namespace fovea::io {

namespace {

constexpr std::size_t kHead = std::size_t{256} * 1024;
constexpr std::size_t kBlock = 1 << 20;
constexpr std::string_view kMark = "\xEF\xBB\xBF";

Result<std::size_t> readFully(ByteSource& source, std::span<char> buffer)
{
    std::size_t filled = 0;
    while (filled < buffer.size()) {
        FOVEA_ASSIGN(const auto count, source.read(buffer.subspan(filled)));
        if (count == 0)
            break;
        filled += count;
    }
    return filled;
}

} // namespace

TextSource::TextSource(std::unique_ptr<ByteSource> bytes, const Encoding& encoding)
    : m_bytes(std::move(bytes))
    , m_decoder(encoding)
    , m_isUtf8(encoding.name == "utf-8")
{ }

Result<std::unique_ptr<TextSource>> TextSource::open(
    const std::filesystem::path& file, const Encoding& encoding, const std::string& member,
    const Access& access)
{
    FOVEA_ASSIGN(auto bytes, ByteSource::open(file, member, access));
    return std::unique_ptr<TextSource>(new TextSource(std::move(bytes), encoding));
}

Status TextSource::fill()
{
    m_text.clear();
    m_at = 0;
    m_raw.resize(kBlock);
    FOVEA_ASSIGN(const auto count, m_bytes->read(m_raw));
    m_isEnd = count == 0;
    if (m_isEnd)
        m_decoder.finish(m_text);
    else
        m_decoder.decode(std::string_view(m_raw).substr(0, count), m_text);
    return success();
}

Result<std::size_t> TextSource::read(std::span<char> buffer)
{
    if (!m_isUtf8) {
        while (m_at == m_text.size() && !m_isEnd)
            FOVEA_TRY(fill());
        const auto count = std::min(buffer.size(), m_text.size() - m_at);
        std::memcpy(buffer.data(), m_text.data() + m_at, count);
        m_at += count;
        return count;
    }
    if (!std::exchange(m_isStart, false))
        return m_bytes->read(buffer);
    FOVEA_ASSIGN(
        const auto count, readFully(*m_bytes, buffer.first(std::min(buffer.size(), kBlock))));
    if (count < kMark.size() || std::string_view(buffer.data(), kMark.size()) != kMark)
        return count;
    std::memmove(buffer.data(), buffer.data() + kMark.size(), count - kMark.size());
    return count == kMark.size() ? m_bytes->read(buffer) : count - kMark.size();
}

Result<Head> headOf(
    const std::filesystem::path& file, const Encoding* encoding, const std::string& member,
    const Access& access)
{
    FOVEA_ASSIGN(auto source, ByteSource::open(file, member, access));
    std::string bytes(kHead, '\0');
    FOVEA_ASSIGN(const auto filled, readFully(*source, bytes));
    bytes.resize(filled);
    constexpr std::size_t kStart = 16;
    Head head{encoding,         {}, source->compression(),
              source->member(), {}, bytes.substr(0, kStart),
              source->others()};
    if (!encoding) {
        const auto guess = guessEncoding(bytes);
        head.encoding = guess.encoding;
        head.whyEncoding = guess.why;
    }
    if (head.encoding->name == "utf-8") {
        head.text = bytes.starts_with(kMark) ? bytes.substr(kMark.size()) : std::move(bytes);
    } else {
        Decoder decoder(*head.encoding);
        decoder.decode(bytes, head.text);
    }
    const auto lastBreak = head.text.rfind('\n');
    head.isCut = filled == kHead && lastBreak == std::string::npos;
    if (filled == kHead && lastBreak != std::string::npos)
        head.text.resize(lastBreak + 1);
    return head;
}

} // namespace fovea::io
