// One beat for everything that follows a run: 30 times a second while it runs and the window can be
// seen, once a second while it is hidden, not at all when idle. What draws connects to tick() and
// draws once a beat. The window's thread.
#pragma once

#include <QTimer>

namespace fovea::widgets {

class FrameClock final : public QObject {
    Q_OBJECT

public:
    explicit FrameClock(QObject* parent = nullptr);
    void setActive(bool active); // something moves
    void setVisible(bool visible); // somebody can see it

Q_SIGNALS:
    void tick();

private:
    void update();

    QTimer m_timer;
    bool m_isActive = false;
    bool m_isVisible = true;
};

} // namespace fovea::widgets
