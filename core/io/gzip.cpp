#include "core/io/gzip.h"

#include <zlib.h>

#include <utility>

namespace fovea::io {

namespace {

constexpr std::size_t kBlock = 1 << 20;
constexpr int kGzip = 16 + MAX_WBITS; // with its header and its sums

} // namespace

struct GzipReader::Stream : z_stream {
    Stream()
        : z_stream{}
    {
        isOpen = inflateInit2(this, kGzip) == Z_OK;
    }
    ~Stream()
    {
        if (isOpen)
            inflateEnd(this);
    }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    bool isOpen = false;
};

GzipReader::GzipReader(std::function<std::span<const char>()> read)
    : m_read(std::move(read))
    , m_stream(std::make_unique<Stream>())
    , m_out(kBlock)
{ }

GzipReader::~GzipReader() = default;

bool GzipReader::fill()
{
    if (m_stream->avail_in > 0)
        return true;
    const auto bytes = m_read();
    // zlib reads them, and names them without const.
    m_stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    m_stream->avail_in = static_cast<uInt>(bytes.size());
    return !bytes.empty();
}

std::span<const char> GzipReader::next()
{
    auto& stream = *m_stream;
    stream.next_out = reinterpret_cast<Bytef*>(m_out.data());
    stream.avail_out = static_cast<uInt>(m_out.size());
    if (!stream.isOpen)
        m_error = "there is not enough memory";
    while (!m_error && !m_isEnd && stream.avail_out > 0) {
        if (!fill()) {
            m_isEnd = true;
            if (m_isInside)
                m_error = "the gzip stream is cut short";
            break;
        }
        // Zeros behind the last stream fill up a tape's block.
        if (!m_isInside && *stream.next_in != 0x1F) {
            m_isEnd = true;
            break;
        }
        m_isInside = true;
        const int code = inflate(&stream, Z_NO_FLUSH);
        if (code == Z_STREAM_END) {
            m_isInside = false;
            inflateReset(&stream);
        } else if (code != Z_OK) {
            m_error =
                code == Z_DATA_ERROR && stream.msg ? stream.msg : "the gzip stream is damaged";
        }
    }
    if (m_error)
        return {};
    return {m_out.data(), m_out.size() - stream.avail_out};
}

} // namespace fovea::io
