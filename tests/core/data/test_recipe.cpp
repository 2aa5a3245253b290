// Choices: what is done about each kind of problem, as options, as recipes, and their effect on the
// events.
#include "core/data/import.h"
#include "core/data/report.h"
#include "tests/support/support.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <map>

namespace fovea::data {
namespace {

using testing::HasSubstr;

class Choices : public testing::Test {
protected:
    Result<Imported> import(const std::string& text)
    {
        m_options.file = m_scratch.write("events.csv", text);
        base::Silent silent;
        return importFile(m_options, silent, {});
    }
    // "user: item@time=value ..." of the first user.
    std::string firstHistory(const std::string& text)
    {
        const auto imported = import(text);
        EXPECT_TRUE(imported.ok()) << test::errorOf(imported);
        if (!imported)
            return {};
        m_problems = imported->problems;
        const auto& d = *imported->dataset;
        std::string history = std::string(d.userId({0})) + ":";
        for (std::size_t i = 0; i < d.itemsOf({0}).size(); ++i) {
            history += " " + std::string(d.item({d.itemsOf({0})[i]}).id);
            if (d.hasTimes())
                history += "@" + std::to_string(d.timesOf({0})[i]);
            if (d.hasValues())
                history += "=" + std::to_string(static_cast<int>(d.valuesOf({0})[i]));
        }
        return history;
    }
    void on(const std::string& kind, const std::string& choice)
    {
        ASSERT_OK(setDeal(m_options.deals, kind, choice));
    }
    std::int64_t countOf(const std::string& kind) const
    {
        for (const auto& p : m_problems.list()) {
            if (p.kind == kind)
                return p.count;
        }
        return 0;
    }

    test::ScratchFolder m_scratch;
    ImportOptions m_options;
    Problems m_problems;
};

const std::string kHeader = "user,item,rating,time\n";

TEST_F(Choices, DuplicatesAreDroppedKeptOrAReasonToStop)
{
    const auto text = kHeader + "a,x,1,5\na,y,2,6\na,x,1,5\n";
    EXPECT_EQ(firstHistory(text), "a: x@5=1 y@6=2");
    EXPECT_EQ(countOf("exact duplicate"), 1);
    on("duplicates", "keep");
    EXPECT_EQ(firstHistory(text), "a: x@5=1 x@5=1 y@6=2");
    on("duplicates", "stop");
    EXPECT_THAT(test::errorOf(import(text)), HasSubstr("line 4"));
}

TEST_F(Choices, OfRepeatsTheFirstOrTheLastStays)
{
    const auto text = kHeader + "a,x,1,5\na,y,2,6\na,x,3,7\na,x,4,9\na,y,5,8\n";
    EXPECT_EQ(firstHistory(text), "a: x@5=1 y@6=2 x@7=3 y@8=5 x@9=4");
    on("repeats", "first");
    EXPECT_EQ(firstHistory(text), "a: x@5=1 y@6=2");
    EXPECT_EQ(countOf("same user and item again"), 3);
    on("repeats", "last");
    EXPECT_EQ(firstHistory(text), "a: y@8=5 x@9=4");
    EXPECT_EQ(countOf("same user and item again"), 3);
    // A copy is a copy first.
    EXPECT_EQ(firstHistory(kHeader + "a,x,1,5\na,x,1,5\na,x,2,6\n"), "a: x@6=2");
    EXPECT_EQ(countOf("exact duplicate"), 1);
    EXPECT_EQ(countOf("same user and item again"), 1);
}

TEST_F(Choices, ValuesOutOfBoundsAreDroppedMovedOrAReasonToStop)
{
    m_options.minValue = 1;
    m_options.maxValue = 5;
    const auto text = kHeader + "a,x,0,5\na,y,2,6\na,z,50,7\n";
    EXPECT_EQ(firstHistory(text), "a: y@6=2");
    on("outside", "clip");
    EXPECT_EQ(firstHistory(text), "a: x@5=1 y@6=2 z@7=5");
    EXPECT_EQ(countOf("value above the most that was chosen"), 1);
    EXPECT_EQ(m_problems.leftOut(), 0);
    on("outside", "stop");
    EXPECT_THAT(test::errorOf(import(text)), HasSubstr("line 2, column 3"));
}

TEST_F(Choices, MissingTimesAndValuesAreDroppedFilledOrAReasonToStop)
{
    const auto text = kHeader + "a,x,1,5\na,y,NULL,\na,z,\\N,7\n";
    EXPECT_EQ(firstHistory(text), "a: x@5=1");
    EXPECT_EQ(countOf("missing time"), 1);
    EXPECT_EQ(countOf("missing value"), 1);
    on("missing_time", "previous");
    on("missing_value", "fill");
    m_options.fillValue = 3;
    EXPECT_EQ(firstHistory(text), "a: x@5=1 y@5=3 z@7=3");
    EXPECT_EQ(m_problems.leftOut(), 0);
    on("missing_value", "stop");
    EXPECT_THAT(test::errorOf(import(text)), HasSubstr("missing value, 2 time(s)"));
}

TEST_F(Choices, AFillIsANumberThatSomebodyChose)
{
    on("missing_value", "fill");
    const std::string text = kHeader + "a,x,1,1000000000\na,y,,1000000001\n";
    EXPECT_THAT(test::errorOf(import(text)), HasSubstr("--fill-value"));
    m_options.fillValue = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THAT(test::errorOf(import(text)), HasSubstr("is a number"));
    m_options.fillValue = 0;
    ASSERT_OK(import(text));
}

TEST_F(Choices, ARangeOfTimesIsTakenInUtc)
{
    const auto text = "user,item,time\na,x,2015-03-30 23:59:59\na,y,2015-03-31\na,z,2015-04-01 "
                      "01:00:00+02:00\na,w,2015-04-01\n";
    m_options.fromTime = "2015-03-31";
    EXPECT_EQ(firstHistory(text), "a: y@1427760000 z@1427842800 w@1427846400");
    EXPECT_EQ(countOf("an event of a time that was not chosen"), 1);
    m_options.beforeTime = "2015-04-01";
    EXPECT_EQ(firstHistory(text), "a: y@1427760000 z@1427842800");
    m_options.beforeTime = "soon";
    EXPECT_THAT(test::errorOf(import(text)), HasSubstr("'soon' is no moment"));
    m_options.beforeTime.clear();
    EXPECT_THAT(test::errorOf(import("user,item\na,x\n")), HasSubstr("no times to choose"));
}

TEST_F(Choices, OddTimesAreKeptDroppedOrAReasonToStop)
{
    const auto text = "user,item,time\na,x,978300760\na,y,978300761\na,z,5\n";
    EXPECT_EQ(firstHistory(text), "a: z@5 x@978300760 y@978300761");
    on("odd_times", "drop");
    EXPECT_EQ(firstHistory(text), "a: x@978300760 y@978300761");
    EXPECT_EQ(countOf("time before 1980 or after 2100"), 1);
    on("odd_times", "stop");
    const auto stopped = import(text);
    ASSERT_FALSE(stopped);
    EXPECT_THAT(stopped.error().message(), HasSubstr("line 4, column 3"));
}

TEST_F(Choices, TiesAreAReasonToStopWhereThatIsChosen)
{
    const auto text = "user,item,time\na,x,978300760\na,y,978300760\na,z,978300761\n";
    on("ties", "stop");
    const auto stopped = import(text);
    ASSERT_FALSE(stopped);
    EXPECT_THAT(stopped.error().message(), HasSubstr("1 events share their user and time"));
    ASSERT_OK(import("user,item,time\na,x,978300760\na,y,978300762\n"));
}

TEST_F(Choices, TypesAreTheSameInUpperAndLowerCase)
{
    const auto text = "user,item,time,event\na,x,1,View\na,y,2,buy\na,z,3,cart\n";
    m_options.types = {"view", "Buy"};
    m_options.weight = "VIEW=2";
    EXPECT_EQ(firstHistory(text), "a: x@1 y@2");
    EXPECT_EQ(countOf("a type that was named and no row has"), 0);
    const auto imported = import(text);
    ASSERT_OK(imported);
    EXPECT_THAT(imported->dataset->weightsOf({0}), testing::ElementsAre(2.0f, 1.0f));
    EXPECT_FALSE(weightingFrom("view=1,View=2"));
}

TEST_F(Choices, EventsWeighWhatTheirTypeOrValueSays)
{
    const auto weights = [&](const std::string& text) {
        const auto imported = import(text);
        EXPECT_TRUE(imported.ok()) << test::errorOf(imported);
        m_problems = imported ? imported->problems : Problems();
        const auto of = imported ? imported->dataset->weightsOf({0}) : std::span<const float>();
        return std::vector<float>(of.begin(), of.end());
    };
    const std::string typed =
        "user,item,event,time\na,x,view,3\na,y,buy,2\na,x,cart,1\na,x,buy,3\n";
    EXPECT_TRUE(weights(typed).empty());
    EXPECT_EQ(countOf("exact duplicate"), 0);
    m_options.weight = "view=0.5, buy = 5";
    EXPECT_EQ(weights(typed), (std::vector<float>{1, 5, 0.5, 5}));
    EXPECT_EQ(countOf("exact duplicate"), 0);
    m_options.types = {"buy", "view"};
    EXPECT_EQ(weights(typed), (std::vector<float>{5, 0.5, 5}));
    m_options.types.clear();
    const auto counted = kHeader + "a,x,3,1\na,y,0,2\na,z,-1,3\n";
    EXPECT_THAT(test::errorOf(import(counted)), HasSubstr("no types to weigh"));
    m_options.weight = "value";
    EXPECT_EQ(weights(counted), (std::vector<float>{3, 0, 0}));
    EXPECT_EQ(countOf("a value below 0 as a weight"), 1);
    m_options.weight = "log";
    EXPECT_EQ(weights(counted), (std::vector<float>{std::log1p(3.0f), 0, 0}));
    EXPECT_THAT(test::errorOf(import("user,item\na,x\n")), HasSubstr("no values to weigh"));
    for (const auto* wrong :
         {"view", "view=", "=3", "view=-1", "view=nan", "view=1,,", "view=1e99", "view=1;buy=2",
          "view=1,view=2"}) {
        m_options.weight = wrong;
        EXPECT_THAT(test::errorOf(import(counted)), HasSubstr("no weight of events")) << wrong;
    }
}

TEST_F(Choices, AMissingTimeIsThatOfTheRowBeforeWhateverBecomesOfThatRow)
{
    on("missing_time", "previous");
    m_options.types = {"view"};
    const std::string text = "user,item,time,event\na,w,,view\na,x,5,view\na,y,9,buy\na,z,,view\n";
    EXPECT_EQ(firstHistory(text), "a: x@5 z@9");
    std::map<std::string, std::int64_t> counts;
    for (const auto& p : m_problems.list())
        counts[p.kind + ", " + p.effect] += p.count;
    EXPECT_EQ(counts["missing time, row left out"], 1); // there is none before it
    EXPECT_EQ(counts["missing time, filled with that of the row before"], 1);
    // However the file is cut into parts.
    m_options.types.clear();
    m_options.threads = 2;
    std::string many = "user,item,time\n";
    for (int i = 0; i < 60'000; ++i)
        many += "u" + std::to_string(i % 7) + ",i" + std::to_string(i)
            + (i % 2 == 0 ? "," + std::to_string(i) : ",") + "\n";
    const auto imported = import(many);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->eventCount(), 60'000);
}

TEST_F(Choices, WhatCannotBeChosenByIsSaid)
{
    const std::string bare = "user,item,time\na,x,1\n";
    m_options.types = {"view"};
    EXPECT_THAT(test::errorOf(import(bare)), HasSubstr("no types to choose by"));
    m_options.types.clear();
    m_options.minValue = 4;
    EXPECT_THAT(test::errorOf(import(bare)), HasSubstr("no values to choose by"));
    m_options.maxValue = 2;
    EXPECT_THAT(
        test::errorOf(import(kHeader + "a,x,1,5\n")), HasSubstr("both at least 4 and at most 2"));
    m_options.maxValue.reset();
    EXPECT_THAT(test::errorOf(import(kHeader + "a,x,1,5\n")), HasSubstr("Choose more"));
    m_options.minValue.reset();
    m_options.weight = "veiw=2, buy=5";
    const auto imported = import("user,item,event\na,x,view\na,y,buy\n");
    ASSERT_OK(imported);
    m_problems = imported->problems;
    EXPECT_EQ(countOf("a type that was named and no row has"), 1);
    EXPECT_EQ(m_problems.list().front().example, "veiw");
}

TEST_F(Choices, BadRowsAreAReasonToStopWhereThatIsChosen)
{
    on("bad_rows", "stop");
    EXPECT_THAT(
        test::errorOf(import(kHeader + "a,x,1,5\na,y,2,soon\n")), HasSubstr("line 3, column 4"));
    // What was chosen to be left out is not bad.
    m_options.minValue = 2;
    EXPECT_EQ(firstHistory(kHeader + "a,x,1,5\na,y,2,6\n"), "a: y@6=2");
}

TEST_F(Choices, RobotsGoWhereThatIsChosen)
{
    std::string text = kHeader;
    for (int u = 0; u < 200; ++u)
        text += "u" + std::to_string(u) + ",x,1," + std::to_string(u) + "\n";
    for (int e = 0; e < 11; ++e)
        text += "robot,i" + std::to_string(e) + ",1," + std::to_string(e) + "\n";
    const auto with = import(text);
    ASSERT_OK(with);
    const auto report = reportOf(*with->dataset);
    EXPECT_EQ(report.bots, 1);
    EXPECT_EQ(report.botEvents, 11);
    EXPECT_EQ(report.largestBot, "robot");
    on("bots", "drop");
    const auto without = import(text);
    ASSERT_OK(without);
    EXPECT_EQ(without->dataset->userCount(), 200);
    EXPECT_EQ(without->dataset->itemCount(), 1);
    EXPECT_EQ(without->problems.leftOut(), 11);
}

TEST_F(Choices, SwappedColumnsAreSaid)
{
    m_options.roles = {{Role::User, "movieId"}, {Role::Item, "userId"}};
    const auto imported = import("userId,movieId,rating,timestamp\n1,2,3,1000000000\n");
    ASSERT_OK(imported);
    EXPECT_EQ(imported->problems.list().front().kind, "the columns of user and item look swapped");
    on("swapped", "stop");
    EXPECT_FALSE(import("userId,movieId,rating,timestamp\n1,2,3,1000000000\n"));
    on("swapped", "keep");
    std::string text = "user,item\n";
    for (int i = 0; i < 20; ++i)
        text += "B00000000" + std::to_string(i % 10) + ",A2IBPI20UZIR0" + std::to_string(i) + "\n";
    m_options.roles = {};
    const auto articles = import(text);
    ASSERT_OK(articles);
    EXPECT_TRUE(reportOf(*articles->dataset).looksSwapped);
    EXPECT_THAT(
        warningsOf(reportOf(*articles->dataset)).front().text.english(), HasSubstr("swapped"));
    on("swapped", "stop");
    EXPECT_THAT(test::errorOf(import(text)), HasSubstr("says to stop"));
}

TEST_F(Choices, ATableOfItemsGivenAsEventsIsSaid)
{
    const auto imported = import("1::Heat::Crime\n2::Jumanji::Fantasy\n3::Casino::Drama\n");
    ASSERT_OK(imported);
    EXPECT_THAT(
        warningsOf(reportOf(*imported->dataset)).front().text.english(),
        HasSubstr("is this a table of items or users?"));
    const auto known = import("1::Heat (1995)::Crime\n2::Jumanji (1995)::Fantasy\n");
    ASSERT_FALSE(known.ok());
    EXPECT_THAT(known.error().message(), HasSubstr("no column holds the user"));
}

TEST_F(Choices, ReportCountsWhatTheNumbersHide)
{
    const auto imported = import(
        kHeader + "a,x,1,1000000000\na,y,2,1000000000\na,x,3,1000005000\nb,x,5,1000000000\n"
        + "b,z,4,100\nc,x,3,1000000000\n");
    ASSERT_OK(imported);
    const auto r = reportOf(*imported->dataset);
    EXPECT_EQ(r.events, 6);
    EXPECT_EQ(r.usersUnderThree, 2);
    EXPECT_EQ(r.itemsOnce, 2);
    EXPECT_EQ(r.itemsTitled, 0);
    EXPECT_EQ(r.repeats, 1);
    EXPECT_EQ(r.ties, 1);
    EXPECT_EQ(r.usersWithTies, 1);
    EXPECT_EQ(r.sessions, 5);
    EXPECT_EQ(r.outOfRange, 1);
    EXPECT_EQ(r.scaleFrom, 1);
    EXPECT_EQ(r.scaleTo, 5);
    EXPECT_EQ(r.offScale, 0);
    EXPECT_FALSE(r.looksSwapped);
}

TEST(Report, CountsValuesOffTheScaleOfTheOthers)
{
    const test::ScratchFolder scratch;
    std::string text = kHeader;
    for (int i = 0; i < 300; ++i)
        text += "u" + std::to_string(i % 30) + ",i" + std::to_string(i) + ","
            + std::to_string(i == 7 ? 55 : 1 + i % 5) + "," + std::to_string(1000000000 + i) + "\n";
    ImportOptions options;
    options.file = scratch.write("e.csv", text);
    base::Silent silent;
    const auto imported = importFile(options, silent, {});
    ASSERT_OK(imported);
    const auto r = reportOf(*imported->dataset);
    EXPECT_EQ(r.offScale, 1);
    EXPECT_EQ(r.scaleTo, 5);
}

TEST(Report, CountsMinusOneAsOffTheScale)
{
    const test::ScratchFolder scratch;
    std::string text = kHeader;
    for (int i = 0; i < 300; ++i)
        text += "u" + std::to_string(i % 30) + ",i" + std::to_string(i) + ","
            + std::to_string(i % 6 == 0 ? -1 : 1 + i % 10) + "," + std::to_string(1000000000 + i)
            + "\n";
    ImportOptions options;
    options.file = scratch.write("e.csv", text);
    base::Silent silent;
    const auto imported = importFile(options, silent, {});
    ASSERT_OK(imported);
    EXPECT_EQ(imported->report.offScale, 50);
    EXPECT_EQ(imported->report.scaleTo, 10);
}

TEST(Recipe, SaysOnlyWhatDiffersAndReadsBackTheSame)
{
    EXPECT_EQ(toJson({}).dump(), R"({"schema":1})");
    Recipe recipe;
    recipe.format = "delimited";
    recipe.dialect = Dialect{"::", false, true, '\\'};
    recipe.header = true;
    recipe.encoding = io::findEncoding("gb18030");
    recipe.roles = {{Role::User, "2"}, {Role::Time, ""}};
    recipe.timeFormat = "milliseconds";
    recipe.types = {"view", "buy"};
    recipe.minValue = 2;
    recipe.maxValue = 4.5;
    recipe.fillValue = 3;
    recipe.fromTime = "2015-03-31";
    recipe.weight = "view=1, buy=5";
    recipe.minUserEvents = 5;
    recipe.minItemEvents = 3;
    recipe.deals.repeats = "last";
    const auto json = toJson(recipe);
    const auto again = recipeFrom(json, "r.json");
    ASSERT_OK(again);
    EXPECT_EQ(toJson(*again), json);
    EXPECT_EQ(again->dialect->escape, '\\');
    EXPECT_EQ(again->roles.size(), 2u);
    EXPECT_EQ(again->weight, recipe.weight);
}

TEST(Recipe, RefusesWhatItDoesNotKnowAndOffersTheNearest)
{
    const auto errorOf = [](const char* text) {
        return test::errorOf(recipeFrom(io::Json::parse(text), "r.json"));
    };
    EXPECT_THAT(errorOf(R"({"schema":1,"min_valu":2})"), HasSubstr("Is it min_value?"));
    EXPECT_THAT(errorOf(R"({"schema":1,"on":{"bots":"kill"}})"), HasSubstr("It can be keep, drop"));
    EXPECT_THAT(errorOf(R"({"schema":1,"min_value":"two"})"), HasSubstr("wrong type"));
    EXPECT_THAT(errorOf(R"({"schema":1,"weight":"heavy"})"), HasSubstr("'weight'"));
    EXPECT_THAT(errorOf(R"({"schema":1,"from":"soon"})"), HasSubstr("is no moment"));
    EXPECT_THAT(errorOf(R"({"schema":9})"), HasSubstr("newer"));
    EXPECT_THAT(errorOf(R"({"schema":1,"format":"parquet2"})"), HasSubstr("no format"));
    EXPECT_THAT(errorOf(R"({"schema":1,"dialect":{"delimiter":""}})"), HasSubstr("delimit"));
    EXPECT_THAT(errorOf(R"([1])"), HasSubstr("JSON object"));
    for (const char* number : {"0", "2.9", "4294967297", "1e30", "-1"})
        EXPECT_THAT(
            errorOf((std::string(R"({"schema":1,"min_item_events":)") + number + "}").c_str()),
            HasSubstr("'min_item_events'"));
    EXPECT_THAT(
        errorOf(R"({"schema":1,"dialect":{"delimiter":",","qoted":true}})"), HasSubstr("quoted?"));
}

TEST(Recipe, LiesBesideTheDataSetAndMakesItAgain)
{
    const test::ScratchFolder scratch;
    ImportOptions options;
    options.file = scratch.write("e.csv", kHeader + "a,x,1,5\na,y,2,6\na,x,3,7\nb,x,9,8\n");
    options.maxValue = 5;
    options.deals.repeats = "last";
    base::Silent silent;
    auto imported = importFile(options, silent, {});
    ASSERT_OK(imported);
    auto staged = io::StagedFolder::create(scratch / "set");
    ASSERT_OK(staged);
    ASSERT_OK(publish(*imported, *staged, silent, {}));
    const auto json = io::readJson(scratch / "set/recipe.json");
    ASSERT_OK(json);
    auto recipe = recipeFrom(*json, "recipe.json");
    ASSERT_OK(recipe);
    ImportOptions again;
    static_cast<Recipe&>(again) = *recipe;
    again.file = options.file;
    const auto second = importFile(again, silent, {});
    ASSERT_OK(second);
    EXPECT_EQ(second->dataset->fingerprint(), imported->dataset->fingerprint());
}

} // namespace
} // namespace fovea::data
