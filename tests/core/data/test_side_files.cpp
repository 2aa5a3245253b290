// Files of items and of users: attributes of every kind joined by id, kept on the disk, and grown
// when events are added.
#include "core/data/import.h"
#include "core/data/table_file.h"
#include "core/io/file.h"
#include "core/io/npy.h"
#include "core/io/safetensors.h"
#include "tests/support/support.h"

#include <cmath>
#include <limits>
#include <map>

namespace fovea::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class SideFiles : public testing::Test {
protected:
    Result<Imported> import(const std::string& events)
    {
        m_options.file = m_scratch.write("events.csv", events);
        base::Silent silent;
        return importFile(m_options, silent, {});
    }
    std::shared_ptr<const Dataset> saved(const Imported& imported)
    {
        const auto folder = m_scratch / "saved";
        std::filesystem::remove_all(folder);
        auto staged = io::StagedFolder::create(folder);
        base::Silent silent;
        if (!staged || !publish(imported, *staged, silent, {}))
            return nullptr;
        auto loaded = Dataset::load(folder);
        EXPECT_OK(loaded);
        return loaded ? *loaded : nullptr;
    }
    test::ScratchFolder m_scratch;
    ImportOptions m_options;
};

const Problem* problem(const Imported& imported, const std::string& kind)
{
    for (const auto& p : imported.problems.list()) {
        if (p.kind == kind)
            return &p;
    }
    return nullptr;
}

std::vector<std::string> textsOf(const Attribute& attribute, std::int64_t ids)
{
    std::vector<std::string> texts;
    for (std::int64_t id = 0; id < ids; ++id)
        texts.push_back(attribute.text(id));
    return texts;
}

constexpr const char* kEvents = "user,item,time\nann,x,1\nbob,y,2\nann,z,3\ncy,x,4\n";

TEST_F(SideFiles, EveryKindOfColumnIsAnAttributeByItsContent)
{
    m_options.itemsFile = m_scratch.write(
        "items.csv",
        "item_id,title,genres,price,plot,poster,embedding,e0,e1,e2,e3\n"
        "y,The Y,Drama|War,12.5,A plot,a/y.jpg,\"[0.5, -1]\",1,2,3,4\n"
        "x,The X,,,\"Long, and\nover lines\",,\"[2, 3]\",5,6,7,8\n"
        "unseen,U,,1,,u.png,\"[0, 0]\",0,0,0,0\n");
    m_options.usersFile = m_scratch.write(
        "users.csv", "user_id,age,city\nbob,41,Oslo\nann,,東京\nnobody,3,Rome\nbob,9,Bern\n");
    const auto imported = import(kEvents);
    ASSERT_OK(imported);
    const auto loaded = saved(*imported);
    ASSERT_TRUE(loaded);
    for (const auto& dataset : {imported->dataset, loaded}) {
        const auto& items = dataset->attributes().items();
        ASSERT_EQ(items.size(), 5u);
        EXPECT_EQ(items[0].name, "price");
        EXPECT_EQ(items[0].kind, AttributeKind::Number);
        EXPECT_THAT(textsOf(items[0], 4), ElementsAre("", "", "12.5", "")); // PAD x y z
        EXPECT_EQ(items[1].kind, AttributeKind::Text);
        EXPECT_THAT(textsOf(items[1], 4), ElementsAre("", "Long, and\nover lines", "A plot", ""));
        EXPECT_EQ(items[2].kind, AttributeKind::Image);
        EXPECT_THAT(textsOf(items[2], 4), ElementsAre("", "", "a/y.jpg", ""));
        EXPECT_EQ(items[3].name, "embedding");
        EXPECT_EQ(items[3].kind, AttributeKind::Vector);
        EXPECT_EQ(items[3].width, 2);
        EXPECT_THAT(textsOf(items[3], 4), ElementsAre("", "[2, 3]", "[0.5, -1]", ""));
        EXPECT_EQ(items[4].name, "e");
        EXPECT_EQ(items[4].width, 4);
        EXPECT_THAT(textsOf(items[4], 4), ElementsAre("", "[5, 6, 7, 8]", "[1, 2, 3, 4]", ""));
        const auto& users = dataset->attributes().users();
        ASSERT_EQ(users.size(), 2u);
        EXPECT_THAT(textsOf(users[0], 3), ElementsAre("", "41", "")); // ann bob cy
        EXPECT_THAT(textsOf(users[1], 3), ElementsAre("東京", "Oslo", ""));
        EXPECT_EQ(dataset->item({2}).title, "The Y");
        EXPECT_EQ(dataset->item({2}).category, "Drama|War");
    }
    // Ids that the files do not tell of, and those that nobody asked about.
    EXPECT_EQ(problem(*imported, "item not in the items file")->count, 1);
    const auto* unseen = problem(*imported, "item of the items file without an event");
    ASSERT_TRUE(unseen);
    EXPECT_EQ(unseen->count, 1);
    EXPECT_EQ(unseen->example, "unseen");
    EXPECT_EQ(problem(*imported, "user not in the users file")->count, 1);
    EXPECT_EQ(problem(*imported, "user of the users file without an event")->example, "nobody");
    EXPECT_EQ(problem(*imported, "users file: user given twice")->firstLine, 5);
    EXPECT_EQ(imported->problems.leftOut(), 0);
    ASSERT_EQ(imported->report.attributes.size(), 7u);
    EXPECT_EQ(imported->report.attributes[0].name, "age");
    EXPECT_EQ(imported->report.attributes[0].told, 1);
}

// As MovieLens 100K and 1M, and RecBole, write them.
TEST_F(SideFiles, PublishedFilesOfUsersAreKnown)
{
    const std::vector<std::string> files = {
        "1|24|M|technician|85711\n2|53|F|other|94043\n",
        "1::M::24::technician::85711\n2::F::53::other::94043\n",
        "user_id:token\tage:float\tgender:token\toccupation:token\tzip_code:token\n"
        "1\t24\tM\ttechnician\t85711\n2\t53\tF\tother\t94043\n"};
    for (const auto& text : files) {
        SCOPED_TRACE(text);
        m_options.usersFile = m_scratch.write("users", text);
        EXPECT_EQ(kindOf(m_options.usersFile), FileKind::Users);
        const auto imported = import("user,item,time\n2,x,1\n1,x,2\n");
        ASSERT_OK(imported);
        std::map<std::string, std::vector<std::string>> told;
        for (const auto& attribute : imported->dataset->attributes().users())
            told[attribute.name] = textsOf(attribute, 2);
        ASSERT_EQ(told.size(), 4u);
        EXPECT_THAT(told["age"], ElementsAre("53", "24"));
        EXPECT_THAT(told["gender"], ElementsAre("F", "M"));
        EXPECT_THAT(told["occupation"], ElementsAre("other", "technician"));
        EXPECT_THAT(told["zip_code"], ElementsAre("94043", "85711"));
    }
}

TEST_F(SideFiles, KuaiRecListsTheCategoriesOfItems)
{
    m_options.itemsFile =
        m_scratch.write("item_categories.csv", "video_id,feat\nx,[8]\ny,\"[27, 9]\"\nz,[9]\n");
    const auto imported = import(kEvents);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->item({1}).category, "8");
    EXPECT_EQ(imported->dataset->item({2}).category, "27|9");
    EXPECT_TRUE(imported->dataset->attributes().empty());
}

TEST_F(SideFiles, LastFmArtistsHoldQuotesThatEncloseNothing)
{
    m_options.itemsFile = m_scratch.write(
        "artists.dat",
        "id\tname\turl\tpictureURL\nx\t\"Weird Al\" Yankovic\thttp://a/x\thttp://a/x.jpg\n"
        "y\tMot\xF6rhead\thttp://a/y\thttp://a/y.png\nz\tThe \"5.6.7.8's\"\thttp://a/z\t\n");
    const auto imported = import(kEvents);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->item({1}).title, "\"Weird Al\" Yankovic");
    EXPECT_EQ(imported->dataset->item({2}).title, "Mot\xC3\xB6rhead");
    EXPECT_EQ(imported->dataset->item({3}).title, "The \"5.6.7.8's\"");
    const auto& attributes = imported->dataset->attributes().items();
    ASSERT_EQ(attributes.size(), 2u);
    EXPECT_EQ(attributes[0].kind, AttributeKind::Text);
    EXPECT_EQ(attributes[1].kind, AttributeKind::Image);
}

TEST_F(SideFiles, WhatIsNotAsTheFirstRowsIsCountedAndNotTold)
{
    std::string items = "item,price,v\n";
    for (int i = 0; i < 300; ++i)
        items += "i" + std::to_string(i) + "," + std::to_string(i) + ",\"[1, 2, 3]\"\n";
    items += "x,cheap,\"[1, 2]\"\n";
    m_options.itemsFile = m_scratch.write("items.csv", items);
    const auto imported = import(kEvents);
    ASSERT_OK(imported);
    const auto* number = problem(*imported, "items file: attribute is not a number");
    ASSERT_TRUE(number);
    EXPECT_EQ(number->firstLine, 302);
    EXPECT_EQ(number->firstColumn, 2);
    EXPECT_EQ(problem(*imported, "items file: vector is not as long as the others")->count, 1);
    EXPECT_FALSE(imported->dataset->attributes().items()[0].isTold(1));
}

TEST_F(SideFiles, AppendingKeepsWhatWasTold)
{
    m_options.itemsFile = m_scratch.write("items.csv", "item,price,note\nx,1,old\ny,2,\n");
    m_options.usersFile = m_scratch.write("users.csv", "user,age\nann,30\n");
    const auto first = import(kEvents);
    ASSERT_OK(first);
    const auto before = saved(*first);
    ASSERT_TRUE(before);
    m_options.before = before;
    m_options.itemsFile = m_scratch.write("items.csv", "item,price,year\nw,7,1999\nx,9,2000\n");
    m_options.usersFile.clear();
    const auto after = import("user,item,time\ndee,w,9\n");
    ASSERT_OK(after);
    const auto& items = after->dataset->attributes().items();
    ASSERT_EQ(items.size(), 3u);
    EXPECT_THAT(textsOf(items[0], 5), ElementsAre("", "1", "2", "", "7")); // PAD x y z w
    EXPECT_EQ(items[1].name, "year");
    EXPECT_THAT(textsOf(items[1], 5), ElementsAre("", "2000", "", "", "1999"));
    EXPECT_EQ(items[2].name, "note");
    EXPECT_THAT(textsOf(items[2], 5), ElementsAre("", "old", "", "", ""));
    EXPECT_THAT(textsOf(after->dataset->attributes().users()[0], 4), ElementsAre("30", "", "", ""));
    EXPECT_EQ(problem(*after, "item not in the items file"), nullptr); // of the new ones
}

std::string npy(const std::string& type, const std::string& shape, const std::string& data)
{
    std::string header =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    header.resize((10 + header.size() + 64) / 64 * 64 - 11, ' ');
    header += '\n';
    std::string bytes = "\x93NUMPY";
    bytes += std::string("\x01\x00", 2);
    bytes += static_cast<char>(header.size() & 0xFF);
    bytes += static_cast<char>(header.size() >> 8);
    return bytes + header + data;
}

template <typename T> std::string bytesOf(const std::vector<T>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

TEST_F(SideFiles, AMatrixBesideTheItemsIsTheirVector)
{
    const auto items = m_scratch.write("items.csv", "item,title\ny,Y\nunseen,U\nx,X\n");
    const std::vector<float> numbers = {1, 2, 3, 4, 5, 6};
    io::TensorView tensor{"any", io::ElementType::F32, {3, 2}, io::bytesOf(numbers)};
    ASSERT_OK(io::writeTensors(m_scratch / "clip.safetensors", {tensor}));
    const std::vector<std::filesystem::path> files = {
        m_scratch.write("clip.npy", npy("<f4", "(3, 2)", bytesOf(numbers))),
        m_scratch / "clip.safetensors"};
    for (const auto& file : files) {
        m_options.itemsFile = items;
        m_options.vectorsFile = file;
        const auto imported = import(kEvents);
        ASSERT_OK(imported);
        const auto& attributes = imported->dataset->attributes().items();
        ASSERT_EQ(attributes.size(), 1u);
        EXPECT_EQ(attributes[0].name, "clip");
        EXPECT_THAT(textsOf(attributes[0], 4), ElementsAre("", "[5, 6]", "[1, 2]", ""));
        EXPECT_EQ(imported->source["vectors_file"], file.filename().string());
    }
    m_options.itemsFile = m_scratch.write("items.csv", "item,title\ny,Y\n");
    const auto unequal = import(kEvents);
    ASSERT_FALSE(unequal);
    EXPECT_THAT(unequal.error().message(), HasSubstr("3 vectors, but the items file has 1 rows"));
    m_options.itemsFile.clear();
    const auto alone = import(kEvents);
    ASSERT_FALSE(alone);
    EXPECT_EQ(alone.error().kind, ErrorKind::Usage);
}

TEST_F(SideFiles, TheColumnOfTheIdsIsTheOneThatHoldsThem)
{
    m_options.itemsFile = m_scratch.write("items.csv", "name,sku\nThe Y,y\nThe X,x\n");
    m_options.usersFile = m_scratch.write("users.csv", "client,mail\nann,a@b\nbob,b@c\n");
    const auto imported = import(kEvents);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->item({1}).title, "The X");
    ASSERT_EQ(imported->dataset->attributes().users().size(), 1u);
    EXPECT_EQ(imported->dataset->attributes().users()[0].name, "mail");
    // A header of words that no header uses, over text alone.
    m_options.itemsFile = m_scratch.write("items.csv", "StockCode,Description\ny,Why\nx,Ex\n");
    const auto unseen = import(kEvents);
    ASSERT_OK(unseen);
    EXPECT_EQ(problem(*unseen, "item of the items file without an event"), nullptr);
    EXPECT_EQ(unseen->source["items_file"]["header"], true);
    // Nothing in common.
    m_options.itemsFile = m_scratch.write("items.csv", "item,title\n1,One\n2,Two\n");
    const auto strange = import(kEvents);
    ASSERT_OK(strange);
    EXPECT_NE(problem(*strange, "no id of the items file is one of the events'"), nullptr);
}

TEST_F(SideFiles, RowsOfAnotherWidthAreCounted)
{
    m_options.itemsFile =
        m_scratch.write("items.csv", "item,title,genre\nx,Alien, the movie,SF\ny\n");
    const auto imported = import(kEvents);
    ASSERT_OK(imported);
    EXPECT_NE(problem(*imported, "items file: too many fields"), nullptr);
    EXPECT_NE(problem(*imported, "items file: too few fields"), nullptr);
}

TEST_F(SideFiles, WhatIsNotFoundOutIsSaid)
{
    m_options.itemsFile = m_scratch.write("items.csv", "a;b;c\nx;The X;red\ny;The \xA9;blue\n");
    m_options.itemsAs = {
        {"item", "a"},
        {"title", "2"},
        {"category", "c"},
        {"encoding", "latin-1"},
        {"header", "yes"}};
    const auto imported = import(kEvents);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->item({2}).title, "The \u00A9");
    EXPECT_EQ(imported->dataset->item({2}).category, "blue");
    EXPECT_EQ(imported->dataset->attributes().items().size(), 0u);
    const auto recipe = recipeFrom(toJson(imported->recipe), "recipe");
    ASSERT_OK(recipe);
    EXPECT_EQ(recipe->itemsAs, m_options.itemsAs);
    m_options.itemsAs = {{"titl", "b"}};
    EXPECT_THAT(test::errorOf(import(kEvents)), HasSubstr("Is it title?"));
    EXPECT_FALSE(recipeFrom(toJson(m_options), "recipe"));
    m_options.itemsAs = {{"encoding", "ebcdic"}};
    EXPECT_THAT(test::errorOf(import(kEvents)), HasSubstr("no encoding"));
    m_options.itemsAs = {{"item", "z"}};
    EXPECT_THAT(test::errorOf(import(kEvents)), HasSubstr("no column 'z'"));
}

TEST_F(SideFiles, WordsForNothingAreNothing)
{
    m_options.usersFile =
        m_scratch.write("users.csv", "user,age,city\nann,NULL,\\N\nbob,24,Oslo\ncy,nan,NULL\n");
    const auto imported = import(kEvents);
    ASSERT_OK(imported);
    const auto& users = imported->dataset->attributes().users();
    EXPECT_EQ(users[0].kind, AttributeKind::Number);
    EXPECT_THAT(textsOf(users[0], 3), ElementsAre("", "24", ""));
    EXPECT_THAT(textsOf(users[1], 3), ElementsAre("", "Oslo", ""));
    EXPECT_EQ(users[1].told(), 1);
}

TEST_F(SideFiles, VectorsInEveryNotation)
{
    m_options.itemsFile = m_scratch.write(
        "items.csv", "item,title,v\nx,X,\"[ 0.5 -1.\n  2. ]\"\ny,Y,\"[1, 2, 3]\"\n");
    const auto cells = import(kEvents);
    ASSERT_OK(cells);
    EXPECT_THAT(
        textsOf(cells->dataset->attributes().items()[0], 3),
        ElementsAre("", "[0.5, -1, 2]", "[1, 2, 3]"));
    // Half precision, among matrices with other numbers of rows.
    const std::vector<std::uint16_t> halves = {0x3C00, 0xC000}; // 1, -2
    const std::vector<std::uint16_t> brains = {0x3F80, 0xC000}; // 1, -2
    const std::vector<float> other = {1, 2, 3};
    using enum io::ElementType;
    m_options.vectorsFile = m_scratch / "v.safetensors";
    for (const auto& [type, numbers] : {std::pair(F16, halves), std::pair(BF16, brains)}) {
        const std::vector<io::TensorView> tensors = {
            {"a", F32, {3, 1}, io::bytesOf(other)}, {"b", type, {2, 1}, io::bytesOf(numbers)}};
        ASSERT_OK(io::writeTensors(m_options.vectorsFile, tensors));
        const auto imported = import(kEvents);
        ASSERT_OK(imported);
        EXPECT_THAT(
            textsOf(imported->dataset->attributes().items()[1], 3), ElementsAre("", "[1]", "[-2]"));
    }
    const std::vector<io::TensorView> two = {
        {"a", F16, {2, 1}, io::bytesOf(halves)}, {"b", F16, {2, 1}, io::bytesOf(halves)}};
    ASSERT_OK(io::writeTensors(m_options.vectorsFile, two));
    EXPECT_THAT(test::errorOf(import(kEvents)), HasSubstr("'a' and 'b'"));
    m_options.vectorsFile = m_scratch.write("v.csv", "1,2\n3,4\n");
    EXPECT_THAT(test::errorOf(import(kEvents)), HasSubstr("neither a .npy nor a .safetensors"));
    m_options.vectorsFile = m_scratch.write("v.npz", "PK\3\4 and so on");
    EXPECT_THAT(test::errorOf(import(kEvents)), HasSubstr("archive"));
}

TEST_F(SideFiles, InfiniteNumbersAreNotTold)
{
    m_options.itemsFile = m_scratch.write(
        "items.csv", "item,price,v\nx,1,\"[1, 2]\"\ny,1e300,\"[inf, 2]\"\nz,-inf,\"[3, 4]\"\n");
    const auto imported = import("user,item\na,x\na,y\na,z\n");
    ASSERT_OK(imported);
    const auto& items = imported->dataset->attributes().items();
    EXPECT_THAT(textsOf(items[0], 4), ElementsAre("", "1", "", ""));
    EXPECT_THAT(textsOf(items[1], 4), ElementsAre("", "[1, 2]", "", "[3, 4]"));
    EXPECT_TRUE(saved(*imported));
    EXPECT_OK(Dataset::load(m_scratch / "saved"));
}

TEST_F(SideFiles, AMatrixWithAnInfiniteNumberIsRefused)
{
    m_options.itemsFile = m_scratch.write("items.csv", "item,title\nx,X\ny,Y\n");
    const std::vector<float> numbers = {1, 2, 3, std::numeric_limits<float>::infinity()};
    m_options.vectorsFile = m_scratch.write("v.npy", npy("<f4", "(2, 2)", bytesOf(numbers)));
    const auto refused = import(kEvents);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message(), HasSubstr("row 2"));
    EXPECT_THAT(refused.error().message(), HasSubstr("infinite"));
}

TEST_F(SideFiles, NpyTakesTheTypesThatPeopleWriteAndRefusesTheRest)
{
    const auto open = [&](const std::string& bytes) {
        return io::NpyFile::open(m_scratch.write("a.npy", bytes));
    };
    const auto doubles = open(npy("<f8", "(2,)", bytesOf(std::vector<double>{0.5, -3})));
    ASSERT_OK(doubles);
    EXPECT_EQ(doubles->rows(), 2);
    EXPECT_EQ(doubles->width(), 1);
    EXPECT_EQ(doubles->at(1, 0), -3);
    const auto longs = open(npy("<i8", "(1, 2)", bytesOf(std::vector<std::int64_t>{7, -8})));
    ASSERT_OK(longs);
    EXPECT_EQ(longs->at(0, 1), -8);
    // 1, -2, the largest, the smallest and the smallest that is normal (IEEE 754 binary16)
    const std::vector<std::uint16_t> raw = {0x3C00, 0xC000, 0x7BFF, 0x0001, 0x0400, 0x7C00, 0x7E00};
    const auto halves = open(npy("<f2", "(7, 1)", bytesOf(raw)));
    ASSERT_OK(halves);
    EXPECT_EQ(halves->at(0, 0), 1);
    EXPECT_EQ(halves->at(1, 0), -2);
    EXPECT_EQ(halves->at(2, 0), 65504);
    EXPECT_EQ(halves->at(3, 0), std::ldexp(1.0F, -24));
    EXPECT_EQ(halves->at(4, 0), std::ldexp(1.0F, -14));
    EXPECT_TRUE(std::isinf(halves->at(5, 0)));
    EXPECT_TRUE(std::isnan(halves->at(6, 0)));
    const auto whole = npy("<f4", "(2, 2)", bytesOf(std::vector<float>{1, 2, 3, 4}));
    EXPECT_OK(open(whole));
    const std::vector<std::pair<std::string, std::string>> refused = {
        {"not numpy at all", "no .npy file"},
        {whole.substr(0, whole.size() - 1), "cut short"},
        {whole.substr(0, 40), "cut short"},
        {npy("<f4", "(9223372036854775807, 3)", "1234"), "cut short"},
        {npy("|O", "(2,)", "12345678"), "of the type"},
        {npy("<f4", "(1, 1, 1)", "1234"), "3 dimensions"}};
    for (const auto& [bytes, part] : refused) {
        const auto result = open(bytes);
        ASSERT_FALSE(result) << part;
        EXPECT_THAT(result.error().message(), HasSubstr(part));
    }
}

TEST_F(SideFiles, DamagedAttributesAreRefused)
{
    m_options.itemsFile = m_scratch.write("items.csv", "item,price,note\nx,1,old\ny,2,\n");
    const auto imported = import(kEvents);
    ASSERT_OK(imported);
    ASSERT_TRUE(saved(*imported));
    const auto file = m_scratch / "saved" / "attributes.safetensors";
    const auto whole = test::contentOf(file);
    auto damaged = whole;
    damaged.back() = static_cast<char>(damaged.back() ^ 1);
    ASSERT_OK(io::replaceFile(file, damaged));
    EXPECT_FALSE(Dataset::load(m_scratch / "saved"));
    // Of another data set: as many rows as that had.
    const std::vector<float> numbers = {1, 2};
    ASSERT_OK(io::writeTensors(
        file, {{"items.price", io::ElementType::F32, {2, 1}, io::bytesOf(numbers)}},
        {{"attributes", R"([{"of": "items", "name": "price", "kind": "number"}])"}}));
    const auto other = Dataset::load(m_scratch / "saved");
    ASSERT_FALSE(other);
    EXPECT_THAT(other.error().message(), HasSubstr("2 entries for 4 ids"));
    ASSERT_OK(io::replaceFile(file, whole));
    EXPECT_OK(Dataset::load(m_scratch / "saved"));
}

} // namespace
} // namespace fovea::data
