#include "app/gui/gui.h"

#include "app/gui/main_window.h"
#include "app/gui/settings.h"
#include "core/base/log.h"
#include "core/base/long_pass.h"
#include "core/base/os.h"
#include "core/base/text.h"
#include "core/device/thrown.h"
#include "widgets/render/figure.h"

#include <QApplication>
#include <QEvent>
#include <QTimer>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <utility>

namespace fovea::gui {

namespace {

// What waits for the first picture: until then nothing is read. A window that nobody sees is not
// painted; after a second it goes on without.
class FirstPaint final : public QObject {
public:
    FirstPaint(QWidget& window, std::function<void()> then)
        : QObject(&window)
        , m_then(std::move(then))
    {
        window.installEventFilter(this);
        QTimer::singleShot(1000, this, &FirstPaint::goOn);
    }
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() != QEvent::Paint)
            return false;
        watched->removeEventFilter(this);
        QTimer::singleShot(0, this, [this] {
            base::logInfo(
                "window painted " + base::toFixed(base::secondsSinceStart(), 2)
                + " s after the start");
            goOn();
        });
        return false;
    }

private:
    void goOn()
    {
        if (const auto then = std::exchange(m_then, nullptr))
            then();
    }
    std::function<void()> m_then;
};

// What is thrown while an event is handled is said, and the window goes on.
class Application final : public QApplication {
public:
    using QApplication::QApplication;
    std::function<void(const Error&)> tell;
    bool notify(QObject* receiver, QEvent* event) override
    try {
        return QApplication::notify(receiver, event);
    } catch (...) {
        const auto error = device::thrown();
        base::logError(error.message());
        if (tell)
            tell(error);
        return false;
    }
};

// Qt ends the process where it can open no display; with a sentence and an exit code instead.
void sayWithoutDisplay(QtMsgType type, const QMessageLogContext&, const QString& text)
{
    if (type != QtFatalMsg)
        return;
    std::cerr << "fovea: no window can be opened on this display ("
              << text.section(QLatin1Char('\n'), 0, 0).toStdString()
              << "). Set DISPLAY to one that answers; fovea --help lists the commands" << std::endl;
    std::_Exit(2);
}

} // namespace

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

int run(int argc, char** argv)
{
    render::usePackedQt();
    auto* const usual = qInstallMessageHandler(sayWithoutDisplay);
    Application application(argc, argv);
    qInstallMessageHandler(usual);
    render::usePackedFonts();
    QApplication::setApplicationName(QStringLiteral("fovea"));
    QApplication::setApplicationVersion(QStringLiteral(FOVEA_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("fovea"));
    if (qEnvironmentVariable("FOVEA_LOG") == QLatin1String("info"))
        base::setConsoleLevel(base::LogLevel::Info);
    base::forbidLongPasses(); // here
    Workbench workbench(chosenThreads());
    MainWindow window(workbench);
    application.tell = [&window](const Error& error) { window.showError(error); };
    const auto paths = QApplication::arguments().mid(1);
    new FirstPaint(window, [&window, paths] { window.openFirst(paths); }); // the window's
    window.show();
    return QApplication::exec();
}

} // namespace fovea::gui
