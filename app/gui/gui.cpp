#include "app/gui/gui.h"

#include "app/gui/main_window.h"
#include "app/gui/settings.h"
#include "widgets/render/figure.h"

#include <QApplication>

namespace fovea::gui {

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

int run(int argc, char** argv)
{
    render::usePackedQt();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("fovea"));
    QApplication::setApplicationVersion(QStringLiteral(FOVEA_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("fovea"));
    Workbench workbench(openSettings()->value(QStringLiteral("threads")).toInt());
    MainWindow window(workbench);
    window.show();
    // The window is painted before anything is read.
    const QStringList paths = QApplication::arguments().mid(1);
    QTimer::singleShot(0, &window, [&window, paths] {
        window.openLastWorkspace();
        if (!paths.isEmpty())
            window.openPath(paths.front());
    });
    return QApplication::exec();
}

} // namespace fovea::gui
