// What an export's README says is true as it stands there.
#include "tests/core/deploy/small_run.h"

#include <filesystem>
#include <set>
#include <sstream>

namespace fovea::deploy {
namespace {

using test::ScratchFolder;
using test::Shape;
using testing::HasSubstr;
using testing::Not;

// An export of each kind of model and of the shortest histories, in each format:
// DIR/FORMAT-MODEL-N.
class Readmes : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_scratch = std::make_unique<ScratchFolder>();
        for (const auto& shape :
             {Shape{"sasrec", "pre", 2, 16}, Shape{"sasrec", "pre", 1, 0, 1},
              Shape{"article", "pre", 1, 0}, Shape{"article", "pre", 1, 0, 1, false}}) {
            const auto name = shape.model + "-" + std::to_string(shape.maxLength);
            const auto run = *s_scratch / ("run-" + name);
            const auto model = test::trained(shape, run);
            for (const auto& format : formats())
                test::exportTo(folder(std::string(format.name), name), *model, run, format.name);
        }
    }
    static void TearDownTestSuite() { s_scratch.reset(); }

    static std::filesystem::path folder(const std::string& format, const std::string& name)
    {
        s_folders.insert(*s_scratch / (format + "-" + name));
        return *s_scratch / (format + "-" + name);
    }
    static std::string readme(const std::string& format, const std::string& name)
    {
        return test::contentOf(folder(format, name) / "README.md");
    }

    static std::unique_ptr<ScratchFolder> s_scratch;
    static std::set<std::filesystem::path> s_folders;
};

std::unique_ptr<ScratchFolder> Readmes::s_scratch;
std::set<std::filesystem::path> Readmes::s_folders;

TEST_F(Readmes, ShowTheCallOfTheirOwnTaskAlone)
{
    for (const std::string format : {"torchscript", "safetensors"}) {
        EXPECT_THAT(
            readme(format, "sasrec-9"),
            testing::AllOf(HasSubstr("scores ="), Not(HasSubstr("rating ="))));
        EXPECT_THAT(
            readme(format, "article-9"),
            testing::AllOf(HasSubstr("rating ="), Not(HasSubstr("scores ="))));
    }
}

TEST_F(Readmes, NameUsersOnlyWhereTheModelKnowsThem)
{
    EXPECT_THAT(readme("safetensors", "article-9"), HasSubstr("users.csv"));
    EXPECT_THAT(readme("safetensors", "article-1"), Not(HasSubstr("users.csv")));
    EXPECT_THAT(readme("torchscript", "sasrec-9"), Not(HasSubstr("users.csv")));
}

TEST_F(Readmes, RunInPython)
{
    const auto python = test::pythonWithTorch();
    if (!python)
        GTEST_SKIP() << "no Python with torch and safetensors; ./dev test exports makes one";
    std::vector<std::string> arguments = {
        "-W", "ignore", test::sourceFile("support/run_readme.py")};
    for (const auto& folder : s_folders)
        arguments.push_back(folder.string());
    const auto ran = test::run("'" + *python + "'", arguments);
    EXPECT_EQ(ran.exitCode, 0) << ran.out << ran.err;
}

#ifdef FOVEA_CXX
// The C++ of a README: what it includes, and what comes after it.
struct Cpp {
    std::string includes;
    std::string code;
};

Cpp cppOf(const std::string& readme)
{
    Cpp cpp;
    std::istringstream lines(readme.substr(readme.find("    #include")));
    for (std::string line; std::getline(lines, line);)
        (line.starts_with("    #include") ? cpp.includes : cpp.code) += line + "\n";
    return cpp;
}

// Compiles the C++ of three READMEs as one program, and runs each in its folder.
TEST_F(Readmes, RunInCpp)
{
    const auto nextItem = cppOf(readme("torchscript", "sasrec-9"));
    const auto ratings = cppOf(readme("torchscript", "article-9"));
    const auto weights = cppOf(readme("safetensors", "sasrec-9"));
    const auto source = s_scratch->write(
        "readme.cpp",
        nextItem.includes + weights.includes
            + "#include <filesystem>\n#include <iostream>\n"
              "namespace { void go(const char* folder) { std::filesystem::current_path(folder); } "
              "}\n"
            + weights.code + "int main(int, char** argv)\n{\n    {\n    go(argv[1]);\n"
            + nextItem.code + "    std::cout << scores.sizes();\n    }\n    {\n    go(argv[2]);\n"
            + ratings.code
            + "    std::cout << rating.sizes();\n    }\n    go(argv[3]);\n"
              "    std::cout << "
              "weightsOf(\"model.safetensors\").at(\"items.weight\").sizes();\n}\n");
    const auto program = (*s_scratch / "readme").string();
    const auto flags = test::builtProgram("readme_flags"); // written when it was configured
    const auto compiled = test::run(
        "'" FOVEA_CXX "'",
        {"-std=c++20", "-w", "@" + flags, source.string(), "-o", program, "@" + flags + ".link"});
    ASSERT_EQ(compiled.exitCode, 0) << compiled.err << test::contentOf(source);
    const auto ran = test::run(
        "'" + program + "'",
        {folder("torchscript", "sasrec-9").string(), folder("torchscript", "article-9").string(),
         folder("safetensors", "sasrec-9").string()});
    EXPECT_EQ(ran.exitCode, 0) << ran.err;
    EXPECT_EQ(ran.out, "[1, 21][1][21, 16]");
}
#endif

} // namespace
} // namespace fovea::deploy
