// MovieTweetings' real ratings (Dooms, De Pessemier and Martens 2013; MIT licence), where they are
// at hand, in every way in which a file can come: the same columns and ids, byte for byte.
#include "core/base/text.h"
#include "core/data/import.h"
#include "core/io/file.h"
#include "tests/support/packing.h"
#include "tests/support/stores.h"
#include "tests/support/support.h"

namespace fovea::data {
namespace {

std::string utf16(const std::string& ascii)
{
    std::string out = "\xFF\xFE";
    for (const char c : ascii) {
        out += c;
        out += '\0';
    }
    return out;
}

struct Way {
    const char* name;
    std::string (*write)(const std::string& ratings);
};

// Each line of the ratings by `write`, after a header.
template <typename Write>
std::string rewritten(const std::string& ratings, const std::string& header, const Write& write)
{
    std::string out = header;
    for (const auto line : base::split(ratings, "\n")) {
        const auto fields = base::split(base::trim(line), "::");
        if (fields.size() == 4)
            out += write(fields) + "\n";
    }
    return out;
}

std::string csv(const std::string& ratings)
{
    return rewritten(ratings, "user_id,item_id,rating,timestamp\n", [](const auto& f) {
        return std::string(f[0]) + "," + std::string(f[1]) + "," + std::string(f[2]) + ","
            + std::string(f[3]);
    });
}

constexpr std::array<Way, 8> kWays = {{
    {"csv", csv},
    {"gzip",
     [](const std::string& ratings) {
         return test::packed("raw", "gzip", {{"", csv(ratings)}});
     }},
    {"zip",
     [](const std::string& ratings) {
         return test::packed(
             "zip", "none", {{"README.txt", "not this one"}, {"mt/ratings.csv", csv(ratings)}});
     }},
    {"tar.xz",
     [](const std::string& ratings) {
         return test::packed("ustar", "xz", {{"ratings.csv", csv(ratings)}});
     }},
    {"JSON lines",
     [](const std::string& ratings) {
         return rewritten(ratings, "", [](const auto& f) {
             return "{\"user_id\": \"" + std::string(f[0]) + "\", \"rating\": " + std::string(f[2])
                 + ", \"item_id\": \"" + std::string(f[1])
                 + "\", \"timestamp\": " + std::string(f[3]) + "}";
         });
     }},
    {"Python literals",
     [](const std::string& ratings) {
         return rewritten(ratings, "", [](const auto& f) {
             return "{u'user_id': u'" + std::string(f[0]) + "', u'item_id': '" + std::string(f[1])
                 + "', u'timestamp': " + std::string(f[3]) + ", u'rating': " + std::string(f[2])
                 + ", u'early': False}";
         });
     }},
    {"tabs in UTF-16",
     [](const std::string& ratings) {
         return utf16(rewritten(ratings, "user\titem\trating\ttime\r\n", [](const auto& f) {
             return std::string(f[0]) + "\t" + std::string(f[1]) + "\t" + std::string(f[2]) + "\t"
                 + std::string(f[3]) + "\r";
         }));
     }},
    {"shuffled columns and milliseconds",
     [](const std::string& ratings) {
         return rewritten(ratings, "timestamp;note;rating;movieId;userId\n", [](const auto& f) {
             return std::string(f[3]) + "000;\"a; \"\"note\"\"\";" + std::string(f[2]) + ";"
                 + std::string(f[1]) + ";" + std::string(f[0]);
         });
     }},
}};

class MovieTweetings : public testing::Test {
protected:
    void SetUp() override
    {
        const auto real = test::realData("movietweetings-100k/ratings.dat");
        if (!real)
            GTEST_SKIP() << "FOVEA_TEST_DATA has no movietweetings-100k";
        m_ratings = test::contentOf(*real);
        m_original = import(*real);
        ASSERT_TRUE(m_original);
    }

    std::shared_ptr<const Dataset> import(const std::filesystem::path& file)
    {
        ImportOptions options;
        options.file = file;
        base::Silent silent;
        const auto imported = importFile(options, silent, {});
        EXPECT_OK(imported);
        if (!imported)
            return nullptr;
        EXPECT_EQ(imported->rows, 100'000);
        return imported->dataset;
    }

    void expectTheSame(const std::filesystem::path& file)
    {
        const auto dataset = import(file);
        ASSERT_TRUE(dataset);
        EXPECT_EQ(dataset->fingerprint(), m_original->fingerprint());
        EXPECT_EQ(itemsCsv(*dataset), itemsCsv(*m_original));
    }

    test::ScratchFolder m_scratch;
    std::string m_ratings;
    std::shared_ptr<const Dataset> m_original;
};

TEST_F(MovieTweetings, IsTheSameInWhateverWayItComes)
{
    for (const auto& way : kWays) {
        SCOPED_TRACE(way.name);
        expectTheSame(m_scratch.write("file", way.write(m_ratings)));
    }
}

#ifdef FOVEA_WITH_ARROW
// The fields of the ratings, a list a column.
std::array<std::string, 4> columnsOf(const std::string& ratings)
{
    std::array<std::string, 4> lists;
    rewritten(ratings, "", [&](const auto& f) {
        for (std::size_t c = 0; c < 4; ++c)
            (lists[c] += lists[c].empty() ? "" : ",") += f[c];
        return std::string();
    });
    return lists;
}

#endif

TEST_F(MovieTweetings, IsTheSameFromTypedColumns)
{
    std::vector<std::filesystem::path> files;
    std::string rows;
    rewritten(m_ratings, "", [&](const auto& f) {
        rows += (rows.empty() ? "(" : ",(") + std::string(f[0]) + ",'" + std::string(f[1]) + "',"
            + std::string(f[2]) + "," + std::string(f[3]) + ")";
        return std::string();
    });
    files.push_back(test::sqlite(
        m_scratch / "ratings.db",
        "CREATE TABLE ratings (user INTEGER, movie TEXT, rating REAL, time INTEGER); INSERT INTO "
        "ratings VALUES "
            + rows));
#ifdef FOVEA_WITH_ARROW
    const auto columns = columnsOf(m_ratings);
    // The movies' ids begin with zeros: text.
    std::string movies = "[";
    for (const auto movie : base::split(columns[1], ","))
        movies += (movies.size() > 1 ? ",\"" : "\"") + std::string(movie) + "\"";
    const std::vector<test::StoreColumn> typed = {
        {"time", "seconds", "[" + columns[3] + "]"},
        {"movie", "dictionary", movies + "]"},
        {"user", "int64", "[" + columns[0] + "]"},
        {"rating", "float64", "[" + columns[2] + "]"}};
    files.push_back(test::arrowFile("parquet", m_scratch / "ratings.parquet", typed, 30'000));
    files.push_back(test::arrowFile("feather", m_scratch / "ratings.feather", typed));
#endif
    for (const auto& file : files) {
        SCOPED_TRACE(file.string());
        expectTheSame(file);
    }
}

} // namespace
} // namespace fovea::data
