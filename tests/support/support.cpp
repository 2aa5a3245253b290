#include "tests/support/support.h"

#include "core/base/random.h"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>

namespace fovea::test {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder()
{
    std::string name = (fs::temp_directory_path() / "fovea-test-XXXXXX").string();
    m_path = ::mkdtemp(name.data());
}

ScratchFolder::~ScratchFolder()
{
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

fs::path ScratchFolder::write(const std::string& name, const std::string& bytes) const
{
    auto file = m_path / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
}

std::string contentOf(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::optional<fs::path> realData(const std::string& name)
{
    const char* folder = std::getenv("FOVEA_TEST_DATA");
    if (!folder || !fs::exists(fs::path(folder) / name))
        return std::nullopt;
    return fs::path(folder) / name;
}

std::shared_ptr<const data::Dataset> tinyDataset(int users, int items)
{
    std::vector<std::string> names;
    std::vector<data::Item> catalogue = {{"[PAD]", "", ""}};
    for (int i = 1; i <= items; ++i)
        catalogue.push_back(
            {"i" + std::to_string(i), "Item " + std::to_string(i), "C" + std::to_string(i % 3)});
    data::Events events;
    for (int u = 0; u < users; ++u) {
        names.push_back("u" + std::to_string(u));
        base::Stream draw(7, base::Purpose::Sample, {static_cast<std::uint32_t>(u), 0, 0});
        const auto length = 5 + draw.below(10);
        auto item = static_cast<std::int32_t>(draw.below(static_cast<std::uint32_t>(items)));
        for (std::uint32_t n = 0; n < length; ++n) {
            // Mostly the next item in a ring: something that can be learnt.
            item = (item + (draw.uniform() < 0.8 ? 1 : 5)) % items;
            events.items.push_back(item + 1);
            events.times.push_back(1'000'000 + n);
            events.values.push_back(static_cast<float>(1 + (item + u) % 5));
        }
        events.offsets.push_back(static_cast<std::int64_t>(events.items.size()));
    }
    return std::make_shared<const data::Dataset>(
        std::move(names), std::move(catalogue), std::move(events));
}

std::string programPath() { return builtProgram("fovea"); }
std::string builtProgram(const std::string& name) { return FOVEA_PROGRAMS "/" + name; }
std::string fixture(const std::string& name)
{
    return contentOf(sourceFile("data/formats/" + name));
}

std::string sourceFile(const std::string& name) { return FOVEA_TESTS "/" + name; }

Ran run(const std::string& program, const std::vector<std::string>& arguments)
{
    const ScratchFolder scratch;
    std::string command = program;
    for (const auto& argument : arguments)
        command += " '" + argument + "'";
    const auto out = scratch / "out";
    const auto err = scratch / "err";
    const int status = std::system(
        (command + " >'" + out.string() + "' 2>'" + err.string() + "' </dev/null").c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128, contentOf(out), contentOf(err)};
}

Ran fovea(const std::vector<std::string>& arguments)
{
    return run("'" + programPath() + "'", arguments);
}

std::optional<std::string> pythonWithTorch()
{
    if (const char* chosen = std::getenv("FOVEA_TEST_PYTHON"))
        return chosen;
    static const bool isUsable = run("python3", {"-c", "import torch, safetensors"}).exitCode == 0;
    return isUsable ? std::optional<std::string>("python3") : std::nullopt;
}

} // namespace fovea::test
