// Without a display the tests have three screens: a plain one, one twice as sharp, a small one.
#include "core/base/long_pass.h"
#include "tests/support/support.h"

#include <QApplication>

#include <csignal>

int main(int argc, char** argv)
{
    const fovea::test::ScratchFolder scratch;
    if (qgetenv("QT_QPA_PLATFORM") == "offscreen") {
        const auto screens = scratch.write("screens.json", R"({"screens": [
            {"name": "plain", "x": 0, "y": 0, "width": 1400, "height": 900,
             "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1},
            {"name": "sharp", "x": 1400, "y": 0, "width": 2800, "height": 1800,
             "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 2},
            {"name": "small", "x": 4200, "y": 0, "width": 1024, "height": 700,
             "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]})");
        qputenv(
            "QT_QPA_PLATFORM",
            "offscreen:configfile=" + QByteArray::fromStdString(screens.string()));
    }
    // As the program does: a write beyond the limit is an error, not the end.
    std::signal(SIGXFSZ, SIG_IGN);
    QApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    // No test's window waits for a pass over all events, users or items.
    fovea::base::forbidLongPasses();
    fovea::base::reportLongPasses([](const char* what, std::int64_t elements) {
        ADD_FAILURE() << "a pass over " << elements << " elements on the window's thread: " << what;
    });
    return RUN_ALL_TESTS();
}
