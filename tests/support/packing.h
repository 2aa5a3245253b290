// Archives and compressed files made for tests, by libarchive.
#pragma once

#include <archive.h>
#include <archive_entry.h>

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

inline std::string gzip(const std::string& text) { return packed("raw", "gzip", {{"x", text}}); }

} // namespace fovea::test
