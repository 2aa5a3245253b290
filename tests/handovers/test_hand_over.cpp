// What other threads hand to the window's, in order, and no longer than somebody waits for it.
#include "tests/gui/wait.h"
#include "tests/support/support.h"
#include "widgets/parts/background.h"
#include "widgets/parts/hand_over.h"

#include <QDialog>

#include <array>
#include <numeric>

namespace fovea::widgets {
namespace {

using test::waitUntil;

TEST(HandOver, DeliversOnTheWindowsThreadInEachThreadsOrder)
{
    QObject object;
    const Recipient recipient(&object);
    const auto window = std::this_thread::get_id();
    std::array<std::vector<int>, 3> came; // of each thread; touched by the window's alone
    int elsewhere = 0;
    {
        std::vector<std::jthread> threads;
        for (auto& mine : came) {
            threads.emplace_back([&, recipient] {
                for (int i = 0; i < 500; ++i)
                    recipient.handOver([&, i] {
                        mine.push_back(i);
                        elsewhere += std::this_thread::get_id() != window;
                    });
            });
        }
        const auto all = [&] { return came[0].size() + came[1].size() + came[2].size() == 1500; };
        EXPECT_TRUE(waitUntil(all));
    }
    std::vector<int> inOrder(500);
    std::iota(inOrder.begin(), inOrder.end(), 0);
    EXPECT_THAT(came, testing::Each(inOrder));
    EXPECT_EQ(elsewhere, 0);
}

TEST(HandOver, DropsWhatIsForAnObjectThatIsGone)
{
    auto object = std::make_unique<QObject>();
    QObject other;
    bool isDelivered = false;
    bool isNextDelivered = false;
    std::jthread([&, gone = Recipient(object.get()), stays = Recipient(&other)] {
        gone.handOver([&] { isDelivered = true; });
        stays.handOver([&] { isNextDelivered = true; });
    }).join();
    object.reset();
    EXPECT_TRUE(waitUntil([&] { return isNextDelivered; }));
    EXPECT_FALSE(isDelivered);
}

// As a letter does that opens a dialog.
TEST(HandOver, GoesOnInAnEventLoopThatALetterRuns)
{
    QObject object;
    const Recipient recipient(&object);
    QDialog dialog;
    std::vector<int> came;
    std::jthread([&] {
        recipient.handOver([&] {
            came.push_back(1);
            dialog.exec();
            came.push_back(4);
        });
        recipient.handOver([&] { came.push_back(2); });
        recipient.handOver([&] {
            came.push_back(3);
            dialog.accept();
        });
    }).join();
    EXPECT_TRUE(waitUntil([&] { return came.size() == 4; }));
    EXPECT_THAT(came, testing::ElementsAre(1, 2, 3, 4));
}

TEST(Background, IsHeardOfTheLastWorkAlone)
{
    QObject context;
    Background<int> background(&context);
    std::vector<int> heard;
    for (int i = 0; i < 50; ++i)
        background.start(
            [i](const std::stop_token&) -> Result<int> { return i; },
            [&](const Result<int>& result) { heard.push_back(*result); });
    EXPECT_TRUE(waitUntil([&] { return !background.isRunning(); }));
    EXPECT_THAT(heard, testing::ElementsAre(49));
}

TEST(Background, HandsOnWhatIsThereInTimeWithoutTheEventLoop)
{
    QObject context;
    Background<int> background(&context);
    int heard = 0;
    background.start(
        [](const std::stop_token&) -> Result<int> { return 7; },
        [&](const Result<int>& result) { heard += *result; });
    EXPECT_TRUE(background.wait(std::chrono::seconds(60)));
    EXPECT_EQ(heard, 7);
    waitUntil([] { return false; }, 20); // and not once more
    EXPECT_EQ(heard, 7);
}

TEST(Background, StopsItsWorkWhereItGoes)
{
    int heard = 0;
    for (int i = 0; i < 30; ++i) {
        QObject context;
        Background<int> background(&context);
        std::atomic<bool> isAtWork = false;
        background.start(
            [&](const std::stop_token& stop) -> Result<int> {
                isAtWork = true;
                while (!stop.stop_requested())
                    std::this_thread::yield();
                return 1;
            },
            [&](const Result<int>&) { ++heard; });
        if (i % 2 == 0)
            while (!isAtWork)
                std::this_thread::yield();
    }
    waitUntil([] { return false; }, 20);
    EXPECT_EQ(heard, 0);
}

} // namespace
} // namespace fovea::widgets
