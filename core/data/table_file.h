// A file that holds a table, whatever it is: text, compressed or in an archive, or a store. Looks
// at its beginning, understands it, and opens its rows. Blocks on the disk.
#pragma once

#include "core/data/formats.h"
#include "core/data/stores.h"
#include "core/io/text_source.h"

namespace fovea::data {

struct TableHead {
    std::filesystem::path file;
    io::Head text; // its layout is still to be found; empty for a store
    const Store* store = nullptr; // null = text
    StoreHead table; // of a store
};

// What a file seems to hold, by its columns.
enum class FileKind { Events, Items, Users, Unknown };

// `member` is a file of an archive, a table of a database or a query of it; empty = the one that is
// most surely of that kind, or else the largest.
Result<TableHead> lookAt(
    const std::filesystem::path& file, const io::Encoding* encoding = nullptr,
    const std::string& member = {}, const io::Access& access = {},
    FileKind kind = FileKind::Events);
// The files of an archive or the tables of a database; none where there is nothing to choose.
Result<std::vector<io::Member>> choicesIn(
    const std::filesystem::path& file, const io::Access& access = {});

struct TableFile {
    TableHead head;
    Understanding understood;
};
Result<Understanding> understand(const TableHead& head, const Reading& reading = {});
// Each file as it was understood; they are one table only if they have the same columns in the same
// order, or are records with keys. The first may name the columns for all.
Result<std::vector<TableFile>> filesOfTable(
    const std::vector<std::filesystem::path>& files, const Reading& reading = {},
    const io::Encoding* encoding = nullptr, const std::string& member = {},
    const io::Access& access = {}, FileKind kind = FileKind::Events);
// The rows of one file or of several, one behind the other: with `kLinesAFile` lines each, as
// lines go. All that is given outlives them.
Result<std::unique_ptr<RowSource>> openRows(
    const std::vector<TableFile>& tables, base::Progress& progress, const io::Access& access);
inline constexpr std::int64_t kLinesAFile = std::int64_t{1} << 40;

// For dataset.json: how a file was read, and the column that each role was found in.
io::Json describe(const TableFile& table, Roles roles);

// Visits each row on this thread and gathers what is wrong.
Status readRows(RowSource& source, const RowVisitor& visit, Problems& problems);

FileKind kindOf(const std::filesystem::path& file, const io::Access& access = {});

// What files that lie together are to each other.
struct FilesByKind {
    std::vector<std::filesystem::path> events;
    std::vector<std::filesystem::path> items;
    std::vector<std::filesystem::path> users;
    std::vector<std::filesystem::path> copies; // of parts of the events
    std::vector<std::filesystem::path> others; // that hold no table, or none as wide as the events
};
// In their order. Where none seems to hold events, those may that seem to hold nothing else.
FilesByKind byKind(const std::vector<std::filesystem::path>& files, const io::Access& access = {});
// Those of a folder, by name; what begins with . or _ is other programs' own.
Result<FilesByKind> filesIn(const std::filesystem::path& folder, const io::Access& access = {});
// Likewise of an archive, as paths that go on inside it. None where it is no archive of several
// files, where none seems to hold events, or where it would take long to look into each.
Result<FilesByKind> filesInside(
    const std::filesystem::path& archive, const io::Access& access = {});

} // namespace fovea::data
