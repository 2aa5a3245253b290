#include "tests/support/dataset_forgeries.h"

#include "tests/support/forgery.h"
#include "tests/support/support.h"

#include <cmath>
#include <fstream>
#include <limits>

namespace fovea::test {

namespace {

namespace fs = std::filesystem;
using io::Json;

constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
constexpr auto kHuge = std::int64_t{1} << 60;
constexpr auto kNan = std::numeric_limits<float>::quiet_NaN();
constexpr auto kInfinity = std::numeric_limits<float>::infinity();

using Forge = std::function<void(const fs::path&)>;
using Change = std::function<void(TensorForgery&)>;

Forge inFile(const std::string& name, const Change& change)
{
    return [name, change](const fs::path& dataset) {
        TensorForgery file(dataset / name);
        change(file);
        file.write();
    };
}

Forge inAbout(const std::function<void(Json&)>& change)
{
    return [change](const fs::path& dataset) { forgeJson(dataset / "dataset.json", change); };
}

Forge withText(const std::string& name, const std::string& text)
{
    return [name, text](const fs::path& dataset) {
        std::ofstream(dataset / name, std::ios::binary | std::ios::trunc) << text;
    };
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

// The same tensor under an illegal entry of the header.
Change entry(const std::string& tensor, const std::string& key, const Json& value)
{
    return [=](TensorForgery& file) { file.header[tensor][key] = value; };
}

Change metadata(const std::string& key, const Json& value)
{
    return [=](TensorForgery& file) { file.header["__metadata__"][key] = value; };
}

Change without(const std::string& tensor)
{
    return [=](TensorForgery& file) {
        file.replace(tensor, std::string());
        file.header.erase(tensor);
    };
}

// All elements of a tensor, with one added or taken away.
template <typename T> Change longer(const std::string& tensor, int by)
{
    return [=](TensorForgery& file) {
        const auto bytes = file.bytesOf(tensor);
        std::vector<T> values(bytes.size() / sizeof(T));
        std::memcpy(values.data(), bytes.data(), bytes.size());
        for (int left = by; left < 0; ++left)
            values.pop_back();
        for (int left = by; left > 0; --left)
            values.push_back(values.back());
        file.replace(tensor, values);
    };
}

template <typename T> Change with(const std::string& tensor, std::size_t index, T value)
{
    return [=](TensorForgery& file) { file.set(tensor, index, value); };
}

class List {
public:
    void of(std::string base, std::string file, std::string prefix)
    {
        m_base = std::move(base);
        m_file = std::move(file);
        m_prefix = std::move(prefix);
    }
    void add(const std::string& name, std::vector<std::string> said, const Change& change)
    {
        said.push_back(m_file);
        m_all.push_back({m_prefix + name, m_base, std::move(said), inFile(m_file, change)});
    }
    void addForge(const std::string& name, std::vector<std::string> said, const Forge& forge)
    {
        said.push_back(m_file);
        m_all.push_back({m_prefix + name, m_base, std::move(said), forge});
    }
    std::vector<DatasetForgery> take() { return std::move(m_all); }

private:
    std::string m_base, m_file, m_prefix;
    std::vector<DatasetForgery> m_all;
};

void addOffsets(List& list)
{
    list.of("plain", "events.safetensors", "Offsets");
    const auto wrong = [&](const char* name, std::size_t index, std::int64_t value) {
        list.add(name, {"'offsets'", "entry"}, with("offsets", index, value));
    };
    wrong("BeginAtOne", 0, 1);
    wrong("BeginBelowZero", 0, -1);
    wrong("BeginAtTheLeastNumber", 0, kLeast);
    wrong("FallToOne", 5, 1);
    wrong("FallBelowZero", 5, -1);
    wrong("FallToTheLeastNumber", 5, kLeast);
    wrong("GoBeyondTheEventsInTheMiddle", 5, kHuge);
    wrong("GoToTheLargestNumber", 5, kMost);
    wrong("EndBeyondTheEvents", 30, 100'000);
    wrong("EndAtHuge", 30, kHuge);
    wrong("EndBeforeTheEvents", 30, 0);
    list.add("OneTooFew", {"'offsets'"}, longer<std::int64_t>("offsets", -1));
    list.add("OneTooMany", {"'offsets'"}, longer<std::int64_t>("offsets", 1));
    list.add("None", {"'offsets'"}, longer<std::int64_t>("offsets", -31));
    list.add("AreMissing", {"'offsets'"}, without("offsets"));
    list.add("AreUnsigned", {"'offsets'"}, entry("offsets", "dtype", "U64"));
    list.add("AreFractions", {"'offsets'"}, entry("offsets", "dtype", "F64"));
    list.add("HaveTwoDimensions", {"'offsets'"}, entry("offsets", "shape", {31, 1}));
}

void addEvents(List& list)
{
    list.of("plain", "events.safetensors", "EventItems");
    for (const auto& [name, value] :
         {std::pair{"OfPadding", 0},
          {"Negative", -1},
          {"BeyondTheDictionary", 21},
          {"OfTheLargestNumber", std::numeric_limits<int>::max()},
          {"OfTheLeastNumber", std::numeric_limits<int>::min()}})
        list.add(name, {"'items'", "entry 7"}, with("items", 7, std::int32_t{value}));
    list.add("OneTooFew", {"offset"}, longer<std::int32_t>("items", -1));
    list.add("OneTooMany", {"offset"}, longer<std::int32_t>("items", 1));
    list.add("AreMissing", {"'items'"}, without("items"));
    list.add("AreFractions", {"'items'"}, entry("items", "dtype", "F32"));

    list.of("plain", "events.safetensors", "Values");
    for (const auto& [name, value] :
         {std::pair{"NotANumber", kNan},
          {"NegativeNotANumber", -kNan},
          {"Infinite", kInfinity},
          {"NegativeInfinite", -kInfinity}})
        list.add(name, {"'values'", "entry 11"}, with("values", 11, value));
    list.add("OneTooFew", {"'values'"}, longer<float>("values", -1));
    list.add("OneTooMany", {"'values'"}, longer<float>("values", 1));
    list.add("AreWhole", {"'values'"}, entry("values", "dtype", "I32"));

    list.of("rich", "events.safetensors", "Weights");
    for (const auto& [name, value] :
         {std::pair{"NotANumber", kNan},
          {"Infinite", kInfinity},
          {"Negative", -1.0f},
          {"NegativeInfinite", -kInfinity},
          {"SlightlyNegative", -1e-30f}})
        list.add(name, {"'weights'", "entry 2"}, with("weights", 2, value));
    list.add("OneTooFew", {"'weights'"}, longer<float>("weights", -1));
    list.add("OneTooMany", {"'weights'"}, longer<float>("weights", 1));
}

void addTimes(List& list)
{
    list.of("plain", "events.safetensors", "Times");
    list.add("FallWithinAUser", {"'times'", "entry 2", "user 0"}, with("times", 2, 0U));
    list.add("OneTooFew", {"'times'"}, longer<std::uint32_t>("times", -1));
    list.add("OneTooMany", {"'times'"}, longer<std::uint32_t>("times", 1));
    list.add("AreSigned", {"'times'"}, entry("times", "dtype", "I32"));
    list.add("AreMissingBesideTheFirst", {"'times'"}, without("times"));
    list.add("HaveNoFirst", {"'times'"}, [](TensorForgery& file) {
        file.header["__metadata__"].erase("first_time");
    });
    for (const auto& [name, text] :
         {std::pair{"FirstIsAWord", "abc"},
          {"FirstIsEmpty", ""},
          {"FirstIsHuge", "1e30"},
          {"FirstIsTwo", "12 34"},
          {"FirstIsNotANumber", "nan"},
          {"FirstIsAFraction", "1.5"},
          {"FirstIsBeyond64Bits", "99999999999999999999"}})
        list.add(name, {"'first_time'"}, metadata("first_time", text));
    for (const auto& [name, text] :
         {std::pair{"FirstIsTheLargestNumber", "9223372036854775807"},
          {"FirstIsTheLeastNumber", "-9223372036854775808"},
          {"FirstIsTooLate", "9223372036855"},
          {"FirstIsTooEarly", "-9223372036855"},
          {"LastIsTooLate", "9223372036854"}})
        list.add(name, {"'times'", "292,000 years"}, metadata("first_time", text));

    list.of("wide", "events.safetensors", "WideTimes");
    list.add("FallWithinAUser", {"'times'", "entry 1"}, with("times", 1, std::int64_t{-9}));
    list.add("OfTheLargestNumber", {"'times'", "entry 3"}, with("times", 3, kMost));
    list.add("OfTheLeastNumber", {"'times'", "entry 0"}, with("times", 0, kLeast));
    list.add("TooLate", {"'times'", "entry 3"}, with("times", 3, std::int64_t{9223372036855}));
    list.add("OneTooFew", {"'times'"}, longer<std::int64_t>("times", -1));

    list.of("rich", "events.safetensors", "FinerTies");
    for (const auto& [name, text] :
         {std::pair{"AreWords", "a b"},
          {"AreOne", "1"},
          {"AreThree", "1 1 1"},
          {"AreNegative", "-1 0"},
          {"AreMoreThanTheEvents", "7 1"},
          {"AreOfMoreUsersThanThereAre", "5 4"},
          {"AreOfNoUser", "5 0"},
          {"AreOfMoreUsersThanEvents", "1 2"},
          {"AreHuge", "1152921504606846976 1"},
          {"AreEmpty", ""}})
        list.add(name, {"'finer_ties'"}, metadata("finer_ties", text));
}

void addNames(List& list)
{
    for (const std::string column : {"users", "items", "titles", "categories"}) {
        const auto ends = column + "_end";
        list.of(
            "plain", "names.safetensors",
            std::string(1, static_cast<char>(column[0] - 'a' + 'A')) + column.substr(1));
        list.add("BeginBelowZero", {ends, "entry 0"}, with(ends, 0, std::int64_t{-3}));
        list.add("EndBeforeTheyBegin", {ends, "entry"}, with(ends, 5, std::int64_t{1}));
        list.add("EndAtHuge", {ends, "entry"}, with(ends, 5, kHuge));
        list.add("EndBeyondTheTexts", {ends}, [=](TensorForgery& file) {
            file.set(ends, file.bytesOf(ends).size() / 8 - 1, kHuge);
        });
        list.add("AreFewerThanTheirEnds", {ends}, longer<char>(column, -1));
        list.add("AreMissing", {column}, without(column));
        list.add("HaveNoEnds", {ends}, without(ends));
        list.add("AreNoUtf8", {"'" + column + "'", "entry 10", "UTF-8"}, [=](TensorForgery& file) {
            std::int64_t end = 0;
            std::memcpy(&end, file.bytesOf(ends).data() + std::ptrdiff_t{8} * 10, 8);
            file.set(column, static_cast<std::size_t>(end) - 1, '\xff');
        });
    }
    const auto shorter = [](const std::string& column) -> Change {
        return [=](TensorForgery& file) {
            longer<std::int64_t>(column + "_end", -1)(file);
            std::int64_t last = 0;
            const auto bytes = file.bytesOf(column + "_end");
            std::memcpy(&last, bytes.data() + bytes.size() - sizeof last, sizeof last);
            const auto texts = file.bytesOf(column);
            file.replace(column, std::string(texts.substr(0, static_cast<std::size_t>(last))));
        };
    };
    list.of("plain", "names.safetensors", "");
    list.add("OneItemTooFew", {"titles_end"}, shorter("items"));
    list.add("OneTitleTooFew", {"titles_end"}, shorter("titles"));
    list.add("OneCategoryTooFew", {"categories_end"}, shorter("categories"));
    list.of("plain", "events.safetensors", "");
    list.addForge("OneUserTooFew", {"'offsets'"}, inFile("names.safetensors", shorter("users")));
    list.of("plain", "names.safetensors", "");
    list.add("TwoUsersHaveOneId", {"'users'", "'u3'"}, with("users", 9, '3'));
    // i1 and i2 after "[PAD]"
    list.add("TwoItemsHaveOneId", {"'items'", "'i1'"}, with("items", 8, '1'));
    list.add("TheFirstItemIsNoPadding", {"'items'", "entry 0"}, with("items", 1, 'Q'));
    list.add("AnIdHasAZeroByte", {"'users'", "entry 4"}, with("users", 9, '\0'));
    list.add("ANameIsHalfACharacter", {"'users'", "UTF-8"}, [](TensorForgery& file) {
        file.set("users", 1, '\xc3'); // the end of one and the beginning of the next are one
        file.set("users", 2, '\xa9');
    });
    list.add("ANameIsASurrogate", {"'titles'", "UTF-8"}, [](TensorForgery& file) {
        file.set("titles", 0, '\xed');
        file.set("titles", 1, '\xa0');
        file.set("titles", 2, '\x80');
    });
    list.add("ThereIsNoItem", {"items_end"}, [](TensorForgery& file) {
        for (const std::string column : {"items", "titles", "categories"}) {
            file.replace(column, std::string());
            file.replace(column + "_end", std::vector<std::int64_t>());
        }
    });
}

void addHeaders(List& list)
{
    list.of("plain", "events.safetensors", "Header");
    const auto extent = [&](const char* name, const Json& offsets) {
        list.add(name, {"'items'"}, entry("items", "data_offsets", offsets));
    };
    extent("OffsetsBeyondTheFile", {248, kHuge});
    extent("OffsetsBackwards", {400, 248});
    extent("OffsetsNegative", {-8, 248});
    extent("OffsetsAreThree", {248, 300, 352});
    extent("OffsetsAreTexts", {"248", "352"});
    extent("OffsetsAreNoList", 248);
    extent("OffsetsAreFractions", {248.5, 352.5});
    const auto shape = [&](const char* name, const Json& sizes) {
        list.add(name, {"'items'"}, entry("items", "shape", sizes));
    };
    shape("ShapeHuge", {kHuge});
    shape("ShapeNegative", {-1});
    shape("ShapeOverflows", {std::int64_t{1} << 40, std::int64_t{1} << 40});
    shape("ShapeOverflowsToItsSize", {std::int64_t{1} << 62, 4});
    shape("ShapeOverflowsBesideZero", {0, kHuge, kHuge});
    shape("ShapeIsNoList", 26);
    shape("ShapeOfTexts", {"26"});
    shape("ShapeOfFractions", {26.5});
    shape("ShapeEmpty", Json::array());
    list.add("TypeUnknown", {"'Q9'"}, entry("items", "dtype", "Q9"));
    list.add("TypeIsANumber", {}, entry("items", "dtype", 4));
    list.add("TensorIsANumber", {}, [](TensorForgery& file) { file.header["items"] = 5; });
    list.add("TensorsOverlap", {}, [](TensorForgery& file) {
        file.header["copy"] = file.header["items"];
    });
    list.add("TensorsLeaveAHole", {}, [](TensorForgery& file) {
        file.header["items"]["shape"] = {file.header["items"]["shape"][0].get<int>() - 2};
        auto& end = file.header["items"]["data_offsets"][1];
        end = end.get<int>() - 8;
    });
    list.add("DataAfterTheLastTensor", {}, [](TensorForgery& file) { file.data += "12345678"; });
    list.add("DataCutShort", {}, [](TensorForgery& file) { file.data.resize(400); });
    list.add("MetadataOfNumbers", {}, metadata("first_time", 1'000'000));
    list.add("MetadataNested", {}, metadata("first_time", Json::array({1})));
    list.add("TensorsByTheThousands", {}, [](TensorForgery& file) {
        Json header = file.header;
        for (int i = 0; i < 200'000; ++i)
            header.get_ref<Json::object_t&>().push_back(
                {"t" + std::to_string(i),
                 {{"dtype", "F32"}, {"shape", {0}}, {"data_offsets", {0, 0}}}});
        file.header = std::move(header);
    });
    const auto raw = [&](const char* name, const std::string& header) {
        list.addForge(name, {}, withText("events.safetensors", tensorFileOf(header, "12345678")));
    };
    raw("IsNoJson", "{\"items\":");
    raw("IsAList", "[1, 2]");
    raw("IsANumber", "17");
    raw("IsEmpty", "");
    raw("NestedAMillionDeep", nested(1'000'000));
    raw("NestedInATensor", "{\"items\":" + nested(1'000'000) + "}");
    const std::string tensor = R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})";
    raw("HasATensorTwice", "{\"x\":" + tensor + ",\"x\":" + tensor + "}");
    raw("HasNoChecksum", "{\"x\":" + tensor + "}");
    list.addForge(
        "LengthBeyondTheFile", {}, withText("events.safetensors", std::string(8, '\x7f') + "{}"));
    list.addForge("FileEmpty", {}, withText("events.safetensors", ""));
}

void addAttributes(List& list)
{
    list.of("rich", "attributes.safetensors", "Attributes");
    const auto listed = [&](const char* name, const Json& columns) {
        list.add(name, {"'attributes'"}, metadata("attributes", columns.dump()));
    };
    listed("OfRobots", Json::parse(R"([{"of": "robots", "name": "age", "kind": "number"}])"));
    listed("OfNothing", Json::parse(R"([{"name": "age", "kind": "number"}])"));
    listed("WithoutAName", Json::parse(R"([{"of": "users", "kind": "number"}])"));
    listed("WithAnEmptyName", Json::parse(R"([{"of": "users", "name": "", "kind": "number"}])"));
    listed("NamedByANumber", Json::parse(R"([{"of": "users", "name": 3, "kind": "number"}])"));
    listed("OfAnUnknownKind", Json::parse(R"([{"of": "users", "name": "age", "kind": "sound"}])"));
    listed("OfNoKind", Json::parse(R"([{"of": "users", "name": "age"}])"));
    listed("AreNumbers", {1, 2});
    listed("AreNoList", Json::object());
    listed("Twice", Json::parse(R"([{"of": "users", "name": "age", "kind": "number"},
                                    {"of": "users", "name": "age", "kind": "number"}])"));
    list.add("NotListed", {"'attributes'"}, [](TensorForgery& file) {
        file.header["__metadata__"].erase("attributes");
    });
    list.add("ListIsNoJson", {}, metadata("attributes", "[{"));
    list.add("ListIsNestedDeep", {"deep"}, metadata("attributes", nested(100'000)));
    list.add(
        "OfAMissingTensor", {"users.agf"},
        metadata("attributes", R"([{"of": "users", "name": "agf", "kind": "number"}])"));
    list.add(
        "OfAnotherKindThanTheTensor", {"items.brand"},
        metadata("attributes", R"([{"of": "items", "name": "brand", "kind": "number"}])"));
    list.add(
        "TooWideForANumber", {"items.vector"},
        metadata("attributes", R"([{"of": "items", "name": "vector", "kind": "number"}])"));
    list.add("OfOneDimension", {"items.vector"}, entry("items.vector", "shape", {8}));
    list.add("OfThreeDimensions", {"items.vector"}, entry("items.vector", "shape", {4, 2, 1}));
    list.add("OfOtherIds", {"items.vector"}, entry("items.vector", "shape", {2, 4}));
    list.add("OfWholeNumbers", {"items.vector"}, entry("items.vector", "dtype", "I32"));
    list.add("WithoutWidth", {"items.vector"}, [](TensorForgery& file) {
        file.replace("items.vector", std::string());
        file.header["items.vector"]["shape"] = {4, 0};
    });
    list.add("NumberInfinite", {"users.age", "entry 1"}, with("users.age", 1, kInfinity));
    list.add("VectorInfinite", {"items.vector", "entry 3"}, with("items.vector", 3, -kInfinity));
    list.add("TextsTooFew", {"items.brand"}, longer<std::int64_t>("items.brand_end", -1));
    list.add(
        "TextsFall", {"items.brand_end", "entry 2"}, with("items.brand_end", 2, std::int64_t{-1}));
    list.add("TextsEndAtHuge", {"items.brand_end"}, with("items.brand_end", 3, kHuge));
    list.add("TextsAreNoUtf8", {"items.brand", "UTF-8"}, with("items.brand", 0, '\xfe'));
}

void addAbout(List& list)
{
    list.of("plain", "dataset.json", "About");
    const auto wrong = [&](const std::string& name, const std::string& key, const Json& value) {
        list.addForge(name, {key}, inAbout([=](Json& json) { json[key] = value; }));
    };
    for (const std::string key : {"events", "users", "items"}) {
        const auto name = std::string(1, static_cast<char>(key[0] - 'a' + 'A')) + key.substr(1);
        wrong(name + "AreOneMore", key, 1'000);
        wrong(name + "AreHuge", key, kHuge);
        wrong(name + "AreNegative", key, -1);
        wrong(name + "AreAText", key, "30");
        wrong(name + "AreAFraction", key, 30.5);
        wrong(name + "AreNull", key, nullptr);
        list.addForge(name + "AreMissing", {key}, inAbout([key](Json& json) { json.erase(key); }));
    }
    wrong("SchemaIsAText", "schema", "2");
    wrong("SchemaIsZero", "schema", 0);
    wrong("SchemaIsNegative", "schema", -2);
    wrong("SchemaIsAFraction", "schema", 2.5);
    wrong("SchemaIsHuge", "schema", kHuge);
    wrong("SchemaIsNull", "schema", nullptr);
    wrong("FingerprintIsANumber", "fingerprint", 5);
    wrong("FingerprintIsNull", "fingerprint", nullptr);
    wrong("SourceIsAList", "source", Json::array());
    wrong("SourceIsAText", "source", "file.csv");
    wrong("SourceIsNull", "source", nullptr);
    wrong("ProblemsAreAnObject", "problems", Json::object());
    wrong("ProblemsAreAText", "problems", "none");
    wrong("ProblemsAreNull", "problems", nullptr);
    wrong("ProblemsByTheMillion", "problems", std::vector<int>(1'000'000));
    const auto source = [&](const std::string& name, const std::string& key, const Json& value) {
        list.addForge("Source" + name, {"source", key}, inAbout([=](Json& json) {
                          json["source"][key] = value;
                      }));
    };
    source("FileIsANumber", "file", 3);
    source("FormatIsANumber", "format", 3);
    source("TimeFormatIsAList", "time_format", Json::array());
    source("HeaderIsAText", "header", "yes");
    source("ColumnsAreAList", "columns", {"user", "item"});
    source("ColumnsAreNumbers", "columns", {{"user", 1}});
    source("ColumnsAreNested", "columns", {{"user", {{"name", "u"}}}});
    source("LinesBeforeIsAText", "lines_before", "3");
    source("LinesBeforeIsNegative", "lines_before", -1);
    source("LinesBeforeIsHuge", "lines_before", kHuge);
    source("RowsIsAFraction", "rows", 1e99);
    source("FilesIsAText", "files", "a.csv");
    source("FilesAreNumbers", "files", {1, 2});
    source("AppendedToIsAnObject", "appended_to", {{"a", "b"}});
    source("ItemsFileIsAText", "items_file", "items.csv");
    source("ItemsFileHasANumber", "items_file", {{"file", 3}});
    source("SampleIsAText", "sample", "small");
    source("SampleUsersAreNegative", "sample", {{"users", -1}});
    list.addForge("SourceHasNoDelimiter", {"source"}, inAbout([](Json& json) {
                      json["source"] = {{"columns", {{"user", "u"}}}};
                  }));
    const auto problem = [&](const std::string& name, const std::string& key, const Json& value) {
        list.addForge("Problem" + name, {"problems", "0"}, inAbout([=](Json& json) {
                          Json one = {{"kind", "k"},     {"effect", "e"},     {"count", 1},
                                      {"first_line", 1}, {"first_column", 1}, {"example", "x"}};
                          one[key] = value;
                          json["problems"] = Json::array({one});
                      }));
    };
    problem("KindIsANumber", "kind", 1);
    problem("EffectIsNull", "effect", nullptr);
    problem("ExampleIsAList", "example", Json::array());
    problem("FileIsANumber", "file", 1);
    problem("CountIsAText", "count", "1");
    problem("CountIsNegative", "count", -1);
    problem("CountIsHuge", "count", kHuge);
    problem("LineIsNegative", "first_line", -5);
    problem("ColumnIsAFraction", "first_column", 1.5);
    list.addForge("ProblemIsANumber", {"problems", "0"}, inAbout([](Json& json) {
                      json["problems"] = Json::array({1});
                  }));
    list.addForge("IsEmpty", {}, withText("dataset.json", ""));
    list.addForge("IsAList", {}, withText("dataset.json", "[]"));
    list.addForge("IsNoJson", {}, withText("dataset.json", "{\"schema\": 2,"));
    list.addForge("IsNoUtf8", {}, withText("dataset.json", "{\"schema\": 2, \"fovea\": \"\xff\"}"));
    list.addForge(
        "NestedAMillionDeep", {"deep"},
        withText("dataset.json", "{\"schema\": 2, \"source\": " + nested(1'000'000) + "}"));
    list.addForge(
        "HasAKeyTwice", {"'schema' twice"},
        withText("dataset.json", "{\"schema\": 2, \"schema\": 3}"));
    list.addForge("HasManyKeys", {"keys"}, [](const fs::path& dataset) {
        std::string text = "{\"schema\": 2";
        for (int i = 0; i < 300'000; ++i)
            text += ", \"k" + std::to_string(i) + "\": 0";
        withText("dataset.json", text + "}")(dataset);
    });
    list.addForge("HasManyValues", {"values"}, [](const fs::path& dataset) {
        std::string text = "{\"schema\": 2, \"source\": [0";
        for (int i = 0; i < 2'000'000; ++i)
            text += ",0";
        withText("dataset.json", text + "]}")(dataset);
    });
    list.addForge("IsTooLarge", {"MiB"}, inAbout([](Json& json) {
                      std::string text;
                      text.resize(68'000'000, 'x');
                      json["fovea"] = text;
                  }));
    list.addForge("GoesOnAfterAZeroByte", {"JSON"}, [](const fs::path& dataset) {
        std::ofstream(dataset / "dataset.json", std::ios::binary | std::ios::app) << '\0' << "more";
    });
    list.of("rich", "dataset.json", "About");
    wrong("SchemaKnowsNoWeights", "schema", 2);
}

void addOld(List& list)
{
    list.of("old", "events.safetensors", "OldEvents");
    list.add("HaveTimesThatFall", {"'times'", "entry 1"}, with("times", 1, std::int64_t{1}));
    list.add("HaveTheLargestTime", {"'times'", "292,000 years"}, with("times", 3, kMost));
    list.add("HaveItemsBeyondTheDictionary", {"'items'", "entry 2"}, with("items", 2, 6));
    list.add("EndAtHuge", {"'offsets'"}, with("offsets", 3, kHuge));
    list.add("HaveAnInfiniteValue", {"'values'", "entry 4"}, with("values", 4, kInfinity));
    list.of("old", "users.csv", "OldUsers");
    const auto users = [&](const char* name, const std::string& rows) {
        list.addForge(name, {}, withText("users.csv", "index,id\n" + rows));
    };
    users("AreOutOfOrder", "1,ann\n0,bob\n2,cid\n");
    users("HaveNoNumbers", "x,ann\ny,bob\nz,cid\n");
    users("HaveThreeFields", "0,ann,x\n1,bob,x\n2,cid,x\n");
    list.of("old", "tensor 'users'", "OldUsers");
    users("HaveOneId", "0,ann\n1,ann\n2,cid\n");
    list.of("old", "tensor 'offsets'", "OldUsers");
    users("AreFewer", "0,ann\n1,bob\n");
    users("AreEmpty", "");
}

data::Dataset richDataset()
{
    data::Events events;
    events.offsets = {0, 3, 3, 6};
    events.items = {1, 2, 3, 3, 1, 1};
    events.times = {-5, 7, 7, 2, 2, 9};
    events.values = {1, 0.5, -2, 3, 5, 5};
    events.weights = {0, 1, 2.5, 1, 1, 3};
    events.finerTies = data::Ties{1, 1};
    const auto nan = std::numeric_limits<float>::quiet_NaN();
    using data::AttributeKind;
    const std::vector<data::OwnAttribute> users = {
        {"age", AttributeKind::Number, 1, {31, nan, 18}, {}},
        {"town", AttributeKind::Text, 1, {}, {"Köln", "", "Oslo"}}};
    const std::vector<data::OwnAttribute> items = {
        {"brand", AttributeKind::Text, 1, {}, {"x", "Foo", "Bär", ""}},
        {"picture", AttributeKind::Image, 1, {}, {"", "a.png", "", "c.png"}},
        {"vector", AttributeKind::Vector, 2, {nan, nan, 1, 2, 3, 4, nan, nan}, {}}};
    return data::Dataset(
        {"ann", "bob", "周"},
        {{"[PAD]", "", ""}, {"1", "灯笼", "x|y"}, {"2", "Two", ""}, {"3", "Three", "x"}}, events,
        data::Attributes(users, items));
}

} // namespace

void makeGoodDatasets(const fs::path& folder)
{
    base::Silent silent;
    const auto save = [&](const char* name, const data::Dataset& dataset) {
        fs::create_directories(folder / name);
        const Json source = {
            {"delimiter", "comma"},
            {"quoted", true},
            {"header", true},
            {"columns", {{"user", "user"}, {"item", "item"}, {"time", "time"}, {"value", "value"}}},
            {"format", "delimited"},
            {"file", "events.csv"},
            {"encoding", "utf-8"},
            {"time_format", "seconds"}};
        ASSERT_OK(dataset.save(
            folder / name, {{"source", source}, {"problems", Json::array()}}, silent, {}));
    };
    save("plain", *tinyDataset());
    save("rich", richDataset());
    fs::copy(sourceFile("data/schema-1/workspace/data/tiny"), folder / "old");
    data::Events events;
    events.offsets = {0, 2, 4};
    events.items = {1, 1, 2, 1};
    events.times = {-8, std::int64_t{1} << 40, 3, 4};
    save(
        "wide",
        data::Dataset({"a", "b"}, {{"[PAD]", "", ""}, {"1", "1", ""}, {"2", "2", ""}}, events));
}

const std::vector<DatasetForgery>& datasetForgeries()
{
    static const auto all = [] {
        List list;
        addOffsets(list);
        addEvents(list);
        addTimes(list);
        addNames(list);
        addHeaders(list);
        addAttributes(list);
        addAbout(list);
        addOld(list);
        return list.take();
    }();
    return all;
}

void makeForged(const DatasetForgery& forgery, const fs::path& good, const fs::path& target)
{
    fs::remove_all(target);
    fs::copy(good / forgery.base, target, fs::copy_options::recursive);
    forgery.forge(target);
    repairFingerprint(target);
}

} // namespace fovea::test
