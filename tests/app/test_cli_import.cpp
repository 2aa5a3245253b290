// Import and inspect as commands: recipes, choices, adding to a data set.
#include "core/io/json.h"
#include "tests/support/packing.h"
#include "tests/support/stores.h"
#include "tests/support/support.h"

#include <nlohmann/json.hpp>

namespace fovea::cli {
namespace {

using testing::HasSubstr;

TEST(CliAppend, TakesTheRecipeOfTheDataSet)
{
    const test::ScratchFolder scratch;
    const std::string header = "user,item,rating,time\n";
    const auto first = scratch.write("first.csv", header + "a,x,1,5\na,y,9,6\nb,x,2,6\nb,y,3,7\n");
    const auto second = scratch.write("second.csv", header + "b,z,9,8\nb,w,4,9\n");
    const auto set = (scratch / "set").string();
    const auto made = test::fovea({"import", first.string(), "-o", set, "--max-value", "5"});
    ASSERT_EQ(made.exitCode, 0) << made.err;
    const auto added = test::fovea({"import", second.string(), "--append", set});
    ASSERT_EQ(added.exitCode, 0) << added.err;
    EXPECT_THAT(added.out, HasSubstr("1 event added"));
    const auto dataset = data::Dataset::load(set);
    ASSERT_OK(dataset);
    EXPECT_EQ((*dataset)->eventCount(), 4);
    EXPECT_EQ(test::fovea({"import", second.string()}).exitCode, 2);
    EXPECT_EQ(test::fovea({"import", second.string(), "--append", set, "-o", set}).exitCode, 2);
    EXPECT_EQ(
        test::fovea({"import", second.string(), "--append", (scratch / "none").string()}).exitCode,
        3);
}

TEST(CliAppend, ReadsAsBeforeAndLeavesTheRecipe)
{
    const test::ScratchFolder scratch;
    const auto set = (scratch / "set").string();
    // Without names: times and values by their content, which the second file would have otherwise.
    const auto first = scratch.write("first.csv", "a,x,5,1400000000\nb,y,4,1400000001\n");
    const auto second = scratch.write("second.csv", "b,z,1500000000,3\n");
    ASSERT_EQ(test::fovea({"import", first.string(), "-o", set}).exitCode, 0);
    const auto recipe = test::contentOf(scratch / "set/recipe.json");
    const auto again = test::fovea({"import", second.string(), "--append", set});
    EXPECT_THAT(again.out, HasSubstr("time = 4, value = 3"));
    EXPECT_THAT(again.out, HasSubstr("times before 1980 or after 2100: 1"));
    const auto weighed =
        test::fovea({"import", first.string(), "--append", set, "--weight", "value"});
    EXPECT_EQ(weighed.exitCode, 2) << weighed.err;
    const auto third = scratch.write("third.csv", "c,z,2,1400000009\n");
    const auto added = test::fovea({"import", third.string(), "--append", set, "--min-value", "1"});
    ASSERT_EQ(added.exitCode, 0) << added.err;
    EXPECT_EQ(test::contentOf(scratch / "set/recipe.json"), recipe);
}

TEST(CliImport, TakesAnyDelimiter)
{
    const test::ScratchFolder scratch;
    for (const auto& [written, said] :
         {std::pair{"=>", "=>"}, {"\x01", "\\x01"}, {":::", ":::"}, {"\t", "tab"}}) {
        std::string text;
        for (const char c : std::string_view("user|item|time\na|x|5\nb|y|6\n"))
            text += c == '|' ? std::string(written) : std::string(1, c);
        const auto file = scratch.write("a.txt", text);
        const auto set = (scratch / "set").string();
        const auto made =
            test::fovea({"import", file.string(), "-o", set, "--force", "--delimiter", said});
        ASSERT_EQ(made.exitCode, 0) << made.err;
        const auto dataset = data::Dataset::load(set);
        ASSERT_OK(dataset);
        EXPECT_TRUE((*dataset)->hasTimes()) << said;
        EXPECT_EQ((*dataset)->item({2}).id, "y");
    }
}

TEST(CliImport, TakesAFolderOfFilesAsOneTableAndWhatIsToldOfItsUsers)
{
    const test::ScratchFolder scratch;
    std::filesystem::create_directories(scratch / "events");
    const std::string header = "user,item,rating,time\n";
    scratch.write("events/part-1.csv", header + "b,y,2,6\n");
    scratch.write("events/part-0.csv", header + "a,x,1,5\nbad\n");
    scratch.write("events/_SUCCESS", "");
    scratch.write("events/.part-0.csv.crc", "crc");
    const auto users = scratch.write("users.csv", "user,city\na,Oslo\n");
    const auto set = (scratch / "set").string();
    const auto made = test::fovea(
        {"import", (scratch / "events").string(), "--users", users.string(), "-o", set});
    ASSERT_EQ(made.exitCode, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("2 files"));
    EXPECT_THAT(made.out, HasSubstr("first in part-0.csv, line 3"));
    EXPECT_THAT(made.out, HasSubstr("city, text, told of 1 of 2"));
    const auto shown = test::fovea({"inspect", set});
    EXPECT_THAT(shown.out, HasSubstr("city, text, told of 1 of 2"));
    const auto again = test::fovea({"inspect", set, "x"});
    EXPECT_NE(again.exitCode, 0);
    std::filesystem::create_directories(scratch / "empty");
    const auto empty =
        test::fovea({"import", (scratch / "empty").string(), "-o", (scratch / "x").string()});
    EXPECT_EQ(empty.exitCode, 3);
    EXPECT_THAT(empty.err, HasSubstr("holds no file"));
}

TEST(CliImport, TellsTheFilesOfAFolderApart)
{
    const test::ScratchFolder scratch;
    std::filesystem::create_directories(scratch / "shop");
    scratch.write("shop/README.md", "Clicks of our shop, in two parts.\n\nSee also: items.\n");
    scratch.write("shop/clicks-0.csv", "user,item,time\na,x,1\na,y,2\n");
    scratch.write("shop/clicks-1.csv", "b,y,3\n"); // goes on, without names
    scratch.write("shop/items.csv", "item,title\nx,The X\n");
    scratch.write("shop/users.csv", "user,city\na,Oslo\n");
    scratch.write("shop/friends.csv", "user,friend\na,b\na,c\na,d\nb,a\nb,c\n");
    const auto set = (scratch / "set").string();
    const auto made = test::fovea({"import", (scratch / "shop").string(), "-o", set});
    ASSERT_EQ(made.exitCode, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("2 files"));
    EXPECT_THAT(made.out, HasSubstr("items.csv: taken for items"));
    EXPECT_THAT(made.out, HasSubstr("users.csv: taken for users"));
    EXPECT_THAT(made.out, HasSubstr("README.md: taken for nothing"));
    EXPECT_THAT(made.out, HasSubstr("friends.csv: taken for nothing"));
    EXPECT_THAT(made.out, HasSubstr("city, text, told of 1 of 2"));
    const auto dataset = data::Dataset::load(set);
    ASSERT_OK(dataset);
    EXPECT_EQ((*dataset)->eventCount(), 3);
    EXPECT_EQ((*dataset)->item({1}).title, "The X");
    scratch.write("shop/visitors.csv", "user,age\na,30\n");
    const auto two = test::fovea({"inspect", (scratch / "shop").string()});
    EXPECT_EQ(two.exitCode, 3);
    EXPECT_THAT(two.err, HasSubstr("2 files seem to hold users"));
}

TEST(CliImport, TellsTheFilesOfAnArchiveApart)
{
    const test::ScratchFolder scratch;
    // The largest file is not the one of events; these go on in another.
    const auto zip = scratch.write(
        "shop.zip",
        test::packed(
            "zip", "none",
            {{"shop/items.csv", "item,title\nx,The X\ny," + std::string(500, 'y') + "\n"},
             {"shop/README.txt", "Clicks of our shop.\n"},
             {"shop/clicks-0.csv", "user,item,time\na,x,1\na,y,2\n"},
             {"shop/clicks-1.csv", "user,item,time\nb,y,3\n"},
             {"__MACOSX/shop/._items.csv", "rubbish"}}));
    const auto set = (scratch / "set").string();
    const auto made = test::fovea({"import", zip.string(), "-o", set});
    ASSERT_EQ(made.exitCode, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("shop.zip/shop/items.csv: taken for items"));
    EXPECT_THAT(made.out, HasSubstr("2 files"));
    const auto dataset = data::Dataset::load(set);
    ASSERT_OK(dataset);
    EXPECT_EQ((*dataset)->eventCount(), 3);
    EXPECT_EQ((*dataset)->item({1}).title, "The X");
    // One file of it, by its path.
    const auto one = test::fovea({"inspect", (zip / "shop/clicks-1.csv").string()});
    ASSERT_EQ(one.exitCode, 0) << one.err;
    EXPECT_THAT(one.out, HasSubstr("events        1"));
    const auto none = test::fovea({"inspect", (zip / "shop/clicks-2.csv").string()});
    EXPECT_EQ(none.exitCode, 3);
    EXPECT_THAT(none.err, HasSubstr("It holds shop/items.csv"));
    const auto inner = scratch.write(
        "inner.zip",
        test::packed(
            "zip", "none",
            {{"a.csv.gz", test::packed("raw", "gzip", {{"", "user,item\na,x\n"}})}}));
    EXPECT_THAT(
        test::fovea({"inspect", inner.string()}).err,
        HasSubstr("its member a.csv.gz is an archive or compressed itself"));
}

TEST(CliImport, RefusesAFolderWhoseFilesMayBeAnything)
{
    const test::ScratchFolder scratch;
    for (const char* folder : {"sets", "days"})
        std::filesystem::create_directories(scratch / folder);
    scratch.write("sets/Beauty.txt", "1 1\n1 2\n2 1\n");
    scratch.write("sets/Games.txt", "1 7\n1 3\n2 9\n");
    const auto sets = test::fovea({"inspect", (scratch / "sets").string()});
    EXPECT_EQ(sets.exitCode, 3);
    EXPECT_THAT(sets.err, HasSubstr("2 files hold events without times"));
    scratch.write("days/1.csv", "user,item,time\na,x,1\n");
    scratch.write("days/2.csv", "item,user,time\nx,a,2\n");
    const auto days = test::fovea({"inspect", (scratch / "days").string()});
    EXPECT_EQ(days.exitCode, 3);
    EXPECT_THAT(days.err, HasSubstr("its columns are not those of"));
}

TEST(CliImport, OfAFolderTakesATableAndNotWhatWasMadeOfIt)
{
    const test::ScratchFolder scratch;
    std::filesystem::create_directories(scratch / "outer" / "ml-100k");
    std::filesystem::create_directories(scratch / "parts");
    const auto events = test::fixture("movielens-100k/u.data");
    scratch.write("outer/ml-100k/u.data", events);
    for (const char* copy : {"u1.base", "u1.test", "ua.base"})
        scratch.write(std::string("outer/ml-100k/") + copy, events.substr(0, events.size() / 2));
    const auto seen = test::fovea({"inspect", (scratch / "outer" / "ml-100k").string()});
    ASSERT_EQ(seen.exitCode, 0) << seen.err;
    EXPECT_THAT(seen.out, HasSubstr("u1.test: taken for a part of the others, and left out"));
    EXPECT_THAT(seen.out, HasSubstr("events        3\n"));
    EXPECT_THAT(seen.out, Not(HasSubstr("duplicate")));
    // Those of RecBole are all that there is of a table.
    for (const char* part : {"train", "valid"})
        scratch.write(
            std::string("parts/x.") + part + ".inter",
            std::string("user_id:token\titem_id:token\ttimestamp:float\n1\t") + part + "\t5\n");
    const auto parts = test::fovea({"inspect", (scratch / "parts").string()});
    ASSERT_EQ(parts.exitCode, 0) << parts.err;
    EXPECT_THAT(parts.out, HasSubstr("events        2\n"));
    // The whole may be smaller, packed.
    scratch.write(
        "parts/x.inter.gz",
        test::packed(
            "raw", "gzip",
            {{"", "user_id:token\titem_id:token\ttimestamp:float\n1\ttrain\t5\n1\tvalid\t5\n"}}));
    const auto whole = test::fovea({"inspect", (scratch / "parts").string()});
    ASSERT_EQ(whole.exitCode, 0) << whole.err;
    EXPECT_THAT(whole.out, HasSubstr("x.train.inter: taken for a part"));
    EXPECT_THAT(whole.out, HasSubstr("events        2\n"));
    const auto dump = scratch.write("shop.sql", "-- MySQL dump 10.13\n\nCREATE TABLE a (b int);\n");
    EXPECT_THAT(
        test::fovea({"inspect", dump.string()}).err, HasSubstr("a dump of a database in SQL"));
    const auto outer = test::fovea({"inspect", (scratch / "outer").string()});
    EXPECT_EQ(outer.exitCode, 3);
    EXPECT_THAT(outer.err, HasSubstr("Give one of the folders in it"));
}

TEST(CliImport, OfADatabaseTakesTheTableThatIsMostSurelyOfEvents)
{
    const test::ScratchFolder scratch;
    const auto file = test::sqlite(
        scratch / "shop.db",
        "CREATE TABLE customers (customer_id, name); INSERT INTO customers VALUES ('a', 'A'), "
        "('b', "
        "'B'), ('c', 'C'); CREATE TABLE \"order items\" (customer_id, product_id); INSERT INTO "
        "\"order items\" VALUES ('a', 'x'), ('b', 'x');");
    const auto seen = test::fovea({"inspect", file.string()});
    ASSERT_EQ(seen.exitCode, 0) << seen.err;
    EXPECT_THAT(seen.out, HasSubstr("events        2"));
}

TEST(CliImport, OfAFolderTakesTheTableThatIsMostSurelyOfEvents)
{
    const test::ScratchFolder scratch;
    std::filesystem::create_directories(scratch / "ml");
    scratch.write("ml/links.csv", "movieId,imdbId,tmdbId\n2,0113497,8844\n29,0112682,902\n");
    scratch.write("ml/movies.csv", "movieId,title,genres\n2,Jumanji (1995),Adventure|Children\n");
    scratch.write(
        "ml/ratings.csv",
        "userId,movieId,rating,timestamp\n1,2,3.5,1112486027\n1,29,3.5,1112484676\n");
    scratch.write(
        "ml/tags.csv",
        "userId,movieId,tag,timestamp\n18,2,Mark Waters and others,1240597180\n"
        "18,29,dystopia and more of that,1240597181\n");
    const auto set = (scratch / "set").string();
    const auto made = test::fovea({"import", (scratch / "ml").string(), "-o", set});
    ASSERT_EQ(made.exitCode, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("tags.csv: taken for nothing"));
    EXPECT_THAT(made.out, HasSubstr("titles        1 of 2 items"));
    EXPECT_THAT(made.out, HasSubstr("values        3.5 to 3.5"));
}

TEST(CliImport, PrintsControlCharactersOfAFileEscaped)
{
    const test::ScratchFolder scratch;
    const std::string clears = "\x1b[2J"; // the screen
    const std::string likewise = "\xc2\x9b[J"; // U+009B
    const auto file = scratch.write(
        "a.csv", "user,item,time\na,x,1000000000\na,y,soon" + clears + "\nb,x," + likewise + "\n");
    const auto made = test::fovea({"import", file.string(), "-o", (scratch / "set").string()});
    ASSERT_EQ(made.exitCode, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("soon\\x1b[2J"));
    const auto missing = test::fovea({"inspect", (scratch / ("no" + clears + likewise)).string()});
    EXPECT_THAT(missing.err, HasSubstr("no\\x1b[2J\\x9b[J"));
    for (const auto& text : {made.out, made.err, missing.out, missing.err}) {
        EXPECT_THAT(text, testing::Not(HasSubstr("\x1b")));
        EXPECT_THAT(text, testing::Not(HasSubstr("\xc2\x9b")));
    }
}

TEST(CliAppend, RemembersWhatWasWrongBefore)
{
    const test::ScratchFolder scratch;
    const auto one = scratch.write("one.csv", "user,item,time\na,x,1\na,y,soon\n");
    const auto two = scratch.write("two.csv", "user,item,time\nb,x,3\n");
    const auto set = (scratch / "set").string();
    ASSERT_EQ(test::fovea({"import", one.string(), "-o", set}).exitCode, 0);
    const auto more = test::fovea({"import", two.string(), "--append", set});
    ASSERT_EQ(more.exitCode, 0) << more.err;
    EXPECT_THAT(more.out, HasSubstr("no problems found"));
    EXPECT_THAT(test::fovea({"inspect", set}).out, HasSubstr("time is not written as the others"));
}

TEST(CliAppend, TakesATableOfBeforeOnlyWhereThereIsOne)
{
    const test::ScratchFolder scratch;
    const auto database = test::sqlite(
        scratch / "a.db",
        "CREATE TABLE ratings (user, item); INSERT INTO ratings VALUES ('a', 'x');");
    const auto other = test::sqlite(
        scratch / "b.db", "CREATE TABLE marks (user, item); INSERT INTO marks VALUES ('a', 'y');");
    const auto text = scratch.write("c.csv", "user,item\na,z\n");
    const auto set = (scratch / "set").string();
    ASSERT_EQ(test::fovea({"import", database.string(), "-o", set}).exitCode, 0);
    for (const auto& file : {text, other}) {
        const auto added = test::fovea({"import", file.string(), "--append", set});
        EXPECT_EQ(added.exitCode, 0) << added.err;
        EXPECT_THAT(added.out, HasSubstr("1 event added"));
    }
    const auto filtered =
        test::fovea({"import", text.string(), "--append", set, "--min-user-events", "5"});
    EXPECT_EQ(filtered.exitCode, 2);
}

TEST(CliAppend, StaysWithTheTableOfADatabase)
{
    const test::ScratchFolder scratch;
    const auto file = test::sqlite(
        scratch / "shop.db",
        "CREATE TABLE few (user, item); INSERT INTO few VALUES ('a', 'x'); CREATE TABLE many "
        "(user, "
        "item); INSERT INTO many VALUES ('a', 'y'), ('b', 'y'), ('c', 'y');");
    const auto set = (scratch / "set").string();
    const auto made = test::fovea({"import", file.string(), "--member", "few", "-o", set});
    ASSERT_EQ(made.exitCode, 0) << made.err;
    const auto added = test::fovea({"import", file.string(), "--append", set});
    ASSERT_EQ(added.exitCode, 0) << added.err;
    EXPECT_THAT(added.out, HasSubstr("its table few"));
    EXPECT_THAT(added.out, HasSubstr("1 event added"));
}

TEST(CliInspect, SaysHowAFileWasUnderstoodAndWhy)
{
    const test::ScratchFolder scratch;
    const auto file = scratch.write(
        "f.csv",
        "1384719342,A2IBPI20UZIR0U,5.0,1393545600\nB00004Y2UT,A14VAT5EAX3D9S,3.0,1363392000\n");
    const auto text = test::fovea({"inspect", file.string()});
    ASSERT_EQ(text.exitCode, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("known as amazon-2018"));
    EXPECT_THAT(text.out, HasSubstr("user = user  sure: the format is known"));
    EXPECT_THAT(text.out, HasSubstr("first rows:\n"));
    EXPECT_FALSE(std::filesystem::exists(scratch / "dataset.json"));
    const auto json = test::fovea({"inspect", file.string(), "--json", "--on", "repeats=last"});
    ASSERT_EQ(json.exitCode, 0) << json.err;
    const auto last = json.out.rfind('{', json.out.find("\"event\":\"result\""));
    const auto result = io::parseJson(json.out.substr(last), "stdout");
    ASSERT_OK(result);
    EXPECT_EQ((*result)["events"], 2);
    EXPECT_EQ((*result)["recipe"]["on"]["repeats"], "last");
    EXPECT_EQ((*result)["roles"][0]["confidence"], "sure");
}

TEST(CliInspect, ShowsWhatThereIsToChooseFromWhereItCannotGuess)
{
    const test::ScratchFolder scratch;
    const auto file = scratch.write("de.csv", "Wer;Was\n12;Hammer und Nagel\n13;Zange\n");
    const auto seen = test::fovea({"inspect", file.string()});
    EXPECT_EQ(seen.exitCode, 3);
    EXPECT_THAT(seen.out, HasSubstr("with delimiter ;"));
    EXPECT_THAT(seen.out, HasSubstr("Hammer und Nagel"));
    EXPECT_THAT(seen.err, HasSubstr("no column holds the user"));
}

TEST(CliInspect, RefusesAChoiceThatThereIsNot)
{
    const test::ScratchFolder scratch;
    const auto file = scratch.write("f.csv", "user,item,time\na,x,1\n");
    const auto wrong = test::fovea({"inspect", file.string(), "--on", "repeat=last"});
    EXPECT_EQ(wrong.exitCode, 2);
    EXPECT_THAT(wrong.err, HasSubstr("Is it repeats?"));
    const auto recipe = scratch.write("r.json", "{\"schema\": 1, \"min_valu\": 2}");
    const auto unknown = test::fovea({"inspect", file.string(), "--recipe", recipe.string()});
    EXPECT_EQ(unknown.exitCode, 3);
    EXPECT_THAT(unknown.err, HasSubstr("Is it min_value?"));
}

} // namespace
} // namespace fovea::cli
