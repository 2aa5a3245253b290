// A thin moving line while something is worked out beside the window's thread; shown only where
// that takes a moment. The window's thread.
#pragma once

#include <QProgressBar>
#include <QTimer>

namespace fovea::widgets {

class BusyLine final : public QProgressBar {
    Q_OBJECT

public:
    explicit BusyLine(QWidget* parent = nullptr);
    void setBusy(bool busy);

private:
    QTimer m_moment;
};

} // namespace fovea::widgets
