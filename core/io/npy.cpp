#include "core/io/npy.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace fovea::io {

namespace {

Error damaged(const std::filesystem::path& file, Message what)
{
    return badInput(
        std::move(what), file.string(),
        "Write it with numpy.save: one or two dimensions of float32, float64 or whole numbers");
}

// What stands behind 'key': in the header, a Python dictionary.
std::string_view valueOf(std::string_view header, const std::string& key)
{
    const auto at = header.find("'" + key + "':");
    return at == std::string_view::npos ? std::string_view()
                                        : base::trim(header.substr(at + key.size() + 3));
}

// "(3, 4)", "(3,)" or "()".
Result<std::vector<std::int64_t>> shapeOf(std::string_view text, const std::filesystem::path& file)
{
    const auto end = text.find(')');
    if (!text.starts_with('(') || end == std::string_view::npos)
        return damaged(file, "the .npy file has no shape");
    std::vector<std::int64_t> sizes;
    auto inside = base::trim(text.substr(1, end - 1));
    if (inside.ends_with(','))
        inside.remove_suffix(1);
    if (inside.empty())
        return sizes;
    for (const auto part : base::split(inside, ",")) {
        const auto digits = base::trim(part);
        const auto size = base::parseInteger(digits);
        if (!size || *size < 0 || digits.find_first_not_of("0123456789") != std::string_view::npos)
            return damaged(
                file, say("the shape of the .npy file contains '%1'", base::shortened(digits, 60)));
        sizes.push_back(*size);
    }
    return sizes;
}

template <typename T> T numberAt(const char* bytes)
{
    T value{};
    std::memcpy(&value, bytes, sizeof(T));
    return value;
}

} // namespace

float fromHalf(std::uint16_t half)
{
    const auto exponent = (half >> 10) & 0x1F;
    const auto mantissa = static_cast<float>(half & 0x3FF);
    float value = 0;
    if (exponent == 0x1F)
        value = mantissa == 0 ? std::numeric_limits<float>::infinity()
                              : std::numeric_limits<float>::quiet_NaN();
    else
        value = exponent == 0 ? std::ldexp(mantissa, -24)
                              : std::ldexp(1 + mantissa / 1024, exponent - 15);
    return (half & 0x8000) != 0 ? -value : value;
}

Result<NpyFile> NpyFile::open(const std::filesystem::path& file)
{
    static_assert(std::endian::native == std::endian::little);
    using namespace std::string_view_literals;
    NpyFile npy;
    FOVEA_ASSIGN(npy.m_mapping, base::FileMapping::open(file));
    const auto bytes = npy.m_mapping->bytes();
    constexpr std::size_t kStart = 12; // of the header in the newer versions
    if (!bytes.starts_with("\x93NUMPY"sv) || bytes.size() < kStart)
        return damaged(file, "this is no .npy file");
    const bool isFirst = bytes[6] == 1;
    if (bytes[6] < 1 || bytes[6] > 3)
        return damaged(file, say("the .npy file has the unknown version %1", int{bytes[6]}));
    const std::size_t length = isFirst ? numberAt<std::uint16_t>(bytes.data() + 8)
                                       : numberAt<std::uint32_t>(bytes.data() + 8);
    const std::size_t begin = isFirst ? 10 : kStart;
    if (length > bytes.size() - begin)
        return damaged(file, "the .npy file is cut short");
    const auto header = bytes.substr(begin, length);
    auto type = valueOf(header, "descr");
    type = type.substr(0, type.find('\'', 1)).substr(std::min<std::size_t>(1, type.size()));
    constexpr std::array<std::string_view, 5> kTypes = {"<f2", "<f4", "<f8", "<i4", "<i8"};
    if (std::find(kTypes.begin(), kTypes.end(), type) == kTypes.end())
        return damaged(file, say("the .npy file holds numbers of the type %1", type));
    if (!valueOf(header, "fortran_order").starts_with("False"))
        return badInput(
            "the .npy file is in Fortran's order", file.string(),
            "Write numpy.ascontiguousarray of it");
    npy.m_kind = type[1];
    npy.m_size = static_cast<std::size_t>(type[2] - '0');
    FOVEA_ASSIGN(const auto sizes, shapeOf(valueOf(header, "shape"), file));
    if (sizes.empty() || sizes.size() > 2)
        return damaged(file, say("the .npy file has %1 dimensions", sizes.size()));
    npy.m_rows = sizes[0];
    npy.m_width = sizes.size() == 2 ? sizes[1] : 1;
    const auto room = static_cast<std::int64_t>((bytes.size() - begin - length) / npy.m_size);
    if (npy.m_width == 0 || npy.m_rows == 0)
        return damaged(file, "the .npy file is empty");
    if (npy.m_rows > room / npy.m_width)
        return damaged(file, "the .npy file is cut short");
    npy.m_data = bytes.data() + begin + length;
    return npy;
}

float NpyFile::at(std::int64_t row, std::int64_t column) const
{
    const char* bytes = m_data + static_cast<std::size_t>(row * m_width + column) * m_size;
    if (m_kind == 'i')
        return m_size == 4 ? static_cast<float>(numberAt<std::int32_t>(bytes))
                           : static_cast<float>(numberAt<std::int64_t>(bytes));
    if (m_size == 2)
        return fromHalf(numberAt<std::uint16_t>(bytes));
    return m_size == 4 ? numberAt<float>(bytes) : static_cast<float>(numberAt<double>(bytes));
}

} // namespace fovea::io
