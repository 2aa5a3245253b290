// The one way from other threads to the window's. A recipient is an object of the window's thread
// as other threads may hold and copy it. What they hand over runs on the window's thread, later and
// in the order in which it came, whoever the recipient is; it is dropped where that object is gone
// by then.
#pragma once

#include <QPointer>

#include <functional>
#include <memory>

class QObject;

namespace fovea::widgets {

class Recipient {
public:
    explicit Recipient(QObject* object); // the window's thread
    void handOver(std::function<void()> letter) const; // any thread

private:
    std::shared_ptr<const QPointer<QObject>> m_object; // looked at on the window's thread alone
};

} // namespace fovea::widgets
