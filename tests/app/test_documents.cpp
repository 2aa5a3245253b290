// Every line of README.md and docs/*.md that begins with fovea is run as it stands there, document
// by document and in order, where the files that it names lie ready. It may be a line of a code
// block or a code span within a text. Rules for what cannot be run:
// - `usage:` begins a grammar, whose options are compared with those of the command's --help;
// - fovea without a command opens the window, and here says that there is no display;
// - a figure is refused by a program that was built without Qt.
#include "core/data/sample.h"
#include "tests/support/stores.h"
#include "tests/support/support.h"

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

namespace fovea {
namespace {

namespace fs = std::filesystem;
using test::ScratchFolder;

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

constexpr const char* kCode = "    ";

bool isCode(const std::string& line) { return line.starts_with(kCode); }

// The spans of code in a text that may begin with fovea, over the ends of lines.
void addSpans(const std::string& text, std::vector<std::string>& commands)
{
    static const std::regex span("`(fovea(?: [^`]*)?)`");
    for (std::sregex_iterator at(text.begin(), text.end(), span), end; at != end; ++at)
        commands.push_back((*at)[1]);
}

// In the order of the document.
std::vector<std::string> commandsOf(const std::string& document)
{
    std::vector<std::string> commands;
    std::string text; // up to the next code
    for (const auto& line : linesOf(document)) {
        if (!isCode(line)) {
            text += (text.empty() ? "" : " ") + line;
            continue;
        }
        addSpans(text, commands);
        text.clear();
        if (line.starts_with("    fovea"))
            commands.push_back(line.substr(4));
    }
    addSpans(text, commands);
    return commands;
}

// The grammars, each with the lines that go on with it.
std::vector<std::string> usagesOf(const std::string& document)
{
    std::vector<std::string> usages;
    for (const auto& line : linesOf(document)) {
        if (line.starts_with("    usage: "))
            usages.push_back(line.substr(11));
        else if (line.starts_with("         ") && !usages.empty())
            usages.back() += line;
    }
    return usages;
}

std::set<std::string> optionsIn(const std::string& text)
{
    static const std::regex option("(^|[ \\[(|,])(--?[a-z][a-z-]*)");
    std::set<std::string> options;
    for (std::sregex_iterator at(text.begin(), text.end(), option), end; at != end; ++at)
        options.insert((*at)[2]);
    return options;
}

// Data as a reader would have it: files of ratings whose users and items are numbers.
void prepare(const ScratchFolder& scratch)
{
    data::SampleOptions options;
    options.users = 120;
    options.items = 100;
    const auto sample = data::makeSample(options);
    ASSERT_OK(sample);
    const auto& dataset = *sample->dataset;
    std::string ratings = "userId,movieId,rating,timestamp\n";
    std::string clicks = "user,item,type,time\n";
    std::string dat;
    std::string lines;
    std::string orders = "CREATE TABLE orders(customer, sku, bought);";
    for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
        const auto items = dataset.itemsOf({u});
        for (std::size_t e = 0; e < items.size(); ++e) {
            const auto user = std::to_string(u + 1);
            const auto item = std::to_string(items[e]);
            const auto value = std::to_string(static_cast<int>(dataset.valuesOf({u})[e]));
            const auto time = std::to_string(dataset.timesOf({u})[e]);
            ratings += user + "," + item + "," + value + "," + time + "\n";
            dat += user + "::" + item + "::" + value + "::" + time + "\n";
            clicks += user + "," + item + ","
                + (e % 3 == 0       ? "cart"
                       : e % 3 == 1 ? "buy"
                                    : "view")
                + "," + time + "\n";
            lines += user + "=>" + item + "=>" + time + "\n";
            orders += "INSERT INTO orders VALUES(" + user + "," + item + "," + time + ");";
        }
    }
    std::string movies = "movieId,title,genres\n";
    std::string moviesDat;
    for (std::int32_t i = 1; i <= dataset.itemCount(); ++i) {
        const auto about = dataset.item({i});
        movies += std::to_string(i) + "," + std::string(about.title) + " (1999),Drama|Comedy\n";
        moviesDat +=
            std::to_string(i) + "::" + std::string(about.title) + " (1999)::Drama|Comedy\n";
    }
    scratch.write("ratings.csv", ratings);
    scratch.write("movies.csv", movies);
    scratch.write("ratings.dat", dat);
    scratch.write("movies.dat", moviesDat);
    scratch.write("clicks.csv", clicks);
    scratch.write("lines.txt", lines);
    scratch.write(
        "more.csv", "userId,movieId,rating,timestamp\n1,7,4,2000000000\n2,9,5,2000000001\n");
    test::sqlite(scratch / "shop.db", orders);
    // What the window made before: the sample, and a run on it; and a large catalogue.
    const auto fovea = [&](const std::vector<std::string>& words) {
        const auto ran = test::fovea(words);
        ASSERT_EQ(ran.exitCode, 0) << ran.err;
    };
    const auto home = (scratch / "home/.local/share/fovea").string();
    fs::create_directories(home + "/runs");
    fs::create_directories(home + "/data");
    fovea({"sample", "--users", "60", "-o", home + "/data/sample"});
    fovea(
        {"train", home + "/data/sample", "-o", home + "/runs/sample-sasrec", "--set", "epochs=1"});
    fovea({"sample", "--users", "60", "-o", (scratch / "big").string()});
}

bool opensWindow(const std::string& command)
{
    static const std::regex withCommand("fovea +[a-z].*");
    return !std::regex_match(command, withCommand);
}

bool drawsFigure(const std::string& command)
{
    static const std::regex figure(R"(.*\.(png|svg|pdf)\b.*)");
    return std::regex_match(command, figure);
}

constexpr bool kDraws =
#ifdef FOVEA_WITH_QT
    true;
#else
    false;
#endif

int expectedExit(const std::string& command)
{
    return opensWindow(command) || (!kDraws && drawsFigure(command)) ? 2 : 0;
}

class Documents : public testing::TestWithParam<std::string> {
protected:
    std::string text() const { return test::contentOf(test::sourceFile("../" + GetParam())); }
};

TEST_P(Documents, RunAsTheyStand)
{
    const auto commands = commandsOf(text());
    if (commands.empty())
        return;
    const ScratchFolder scratch;
    prepare(scratch);
    const auto folder = fs::path(test::programPath()).parent_path().string();
    for (const auto& command : commands) {
        const auto script = scratch.write(
            "line.sh",
            "set -e\ncd '" + scratch.path().string() + "'\nexport HOME=$PWD/home PATH='" + folder
                + "':$PATH\nunset DISPLAY WAYLAND_DISPLAY QT_QPA_PLATFORM\n" + command + "\n");
        const auto ran = test::run("bash '" + script.string() + "'", {});
        EXPECT_EQ(ran.exitCode, expectedExit(command)) << command << "\n" << ran.err;
    }
}

// So that the rules above leave nothing out: each word fovea that a word in lower case follows.
TEST_P(Documents, HaveNoCommandThatIsNotRun)
{
    static const std::regex mention("(^|[^/a-z_.-])fovea[ \n]+(?=[a-z-])");
    const auto document = text();
    std::string known;
    for (const auto& list : {commandsOf(document), usagesOf(document)}) {
        for (const auto& command : list)
            known += command + "\n#\n"; // nothing of the next one follows
    }
    const auto count = [](const std::string& within) {
        return std::distance(
            std::sregex_iterator(within.begin(), within.end(), mention), std::sregex_iterator());
    };
    EXPECT_EQ(count(document), count(known)) << known;
}

TEST_P(Documents, ShowTheOptionsThatThereAre)
{
    // What the manual says of all commands at once.
    const std::set<std::string> common = {"-h",        "--help", "--json", "-v",
                                          "--verbose", "--data", "--force"};
    for (const auto& usage : usagesOf(text())) {
        std::smatch command;
        ASSERT_TRUE(std::regex_search(usage, command, std::regex("^fovea ([a-z]+)"))) << usage;
        auto shown = optionsIn(usage);
        auto there = optionsIn(test::fovea({command[1], "--help"}).out);
        for (const auto& option : common) {
            shown.erase(option);
            there.erase(option);
        }
        there.erase("--output"); // the long name of -o
        EXPECT_EQ(shown, there) << usage;
    }
}

std::vector<std::string> documents()
{
    std::vector<std::string> names = {"README.md"};
    for (const auto& file : fs::directory_iterator(test::sourceFile("../docs"))) {
        const bool measures = file.path().stem() == "benchmarks"; // for minutes
        if (file.path().extension() == ".md" && !measures)
            names.push_back("docs/" + file.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

TEST(DocumentsForReaders, HaveCommands)
{
    for (const auto* name : {"README.md", "docs/manual.md", "docs/first-five-minutes.md"})
        EXPECT_FALSE(
            commandsOf(test::contentOf(test::sourceFile(std::string("../") + name))).empty())
            << name;
}

INSTANTIATE_TEST_SUITE_P(Each, Documents, testing::ValuesIn(documents()), [](const auto& each) {
    auto name = each.param;
    std::replace_if(
        name.begin(), name.end(),
        [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
    return name;
});

} // namespace
} // namespace fovea
