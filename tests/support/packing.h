// Archives and compressed files made for tests, by libarchive.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace fovea::test {

using Members = std::vector<std::pair<std::string, std::string>>; // name and content

// `format` is "zip", "tar" or "raw" (one member, no name kept), `filter` "none", "gzip", "bzip2",
// "xz" or "zstd".
inline std::string packed(
    const std::string& format, const std::string& filter, const Members& members)
{
    std::size_t room = 1 << 16;
    for (const auto& [name, content] : members)
        room += content.size() + 4096;
    std::string out(room, '\0');
    std::size_t used = 0;
    auto* a = archive_write_new();
    archive_write_set_format_by_name(a, format.c_str());
    if (filter != "none")
        archive_write_add_filter_by_name(a, filter.c_str());
    archive_write_set_bytes_per_block(a, 1);
    archive_write_open_memory(a, out.data(), out.size(), &used);
    for (const auto& [name, content] : members) {
        auto* entry = archive_entry_new();
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
        archive_entry_set_perm(entry, 0644);
        archive_write_header(a, entry);
        archive_write_data(a, content.data(), content.size());
        archive_entry_free(entry);
    }
    archive_write_close(a);
    archive_write_free(a);
    out.resize(used);
    return out;
}

// --- What is small and grows -------------------------------------------------------------------
// Packed parts, one behind the other, are one file in each of the filters: it is made at once.

inline std::string repeated(const std::string& part, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i)
        all += part;
    return all;
}

// So many mebibytes, a multiple of 16, of the same row.
inline std::string bomb(const std::string& filter, int mebibytes, const std::string& row = "x")
{
    constexpr int kPart = 16;
    std::string rows;
    while (rows.size() < std::size_t{kPart} << 20)
        rows += row;
    return repeated(packed("raw", filter, {{"x", rows}}), mebibytes / kPart);
}

// A tar of a member "large" of so many mebibytes and, behind it, one "small" of two events.
inline std::string tarBomb(const std::string& filter, int mebibytes)
{
    auto header = packed("ustar", "none", {{"large", ""}}).substr(0, 512);
    std::snprintf(header.data() + 124, 12, "%011llo", static_cast<long long>(mebibytes) << 20);
    std::fill_n(header.begin() + 148, 8, ' ');
    const int sum = std::accumulate(header.begin(), header.end(), 0, [](int all, char c) {
        return all + static_cast<unsigned char>(c);
    });
    std::snprintf(header.data() + 148, 8, "%06o", static_cast<unsigned>(sum));
    const auto end = packed("ustar", "none", {{"small", "user,item\n1,2\n3,4\n"}});
    return packed("raw", filter, {{"x", header}}) + bomb(filter, mebibytes)
        + packed("raw", filter, {{"x", end}});
}

inline std::string gzip(const std::string& text) { return packed("raw", "gzip", {{"x", text}}); }

} // namespace fovea::test
