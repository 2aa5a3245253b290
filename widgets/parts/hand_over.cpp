#include "widgets/parts/hand_over.h"

#include <QCoreApplication>
#include <QEvent>
#include <QObject>

#include <deque>
#include <mutex>

namespace fovea::widgets {

namespace {

// A queue of ours under a mutex of ours, so that a thread sanitizer, to which Qt is unknown, sees
// what goes from thread to thread; Qt's own only wakes the window's.
class Letters final : public QObject {
public:
    void add(std::function<void()> letter)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_letters.push_back(std::move(letter));
        }
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }

protected:
    // An event a letter, so that those behind one that runs an event loop come in it. The event,
    // which another thread made, is left to Qt.
    void customEvent(QEvent*) override { takeFirst()(); }

private:
    std::function<void()> takeFirst()
    {
        const std::lock_guard lock(m_mutex);
        auto letter = std::move(m_letters.front());
        m_letters.pop_front();
        return letter;
    }

    std::mutex m_mutex;
    std::deque<std::function<void()>> m_letters;
};

// Never goes: a thread may hand something over while the program ends.
Letters& letters()
{
    static auto* const instance = new Letters;
    return *instance;
}

} // namespace

Recipient::Recipient(QObject* object)
    : m_object(std::make_shared<const QPointer<QObject>>(object))
{
    letters(); // made on the thread that it delivers on
}

void Recipient::handOver(std::function<void()> letter) const
{
    letters().add([object = m_object, letter = std::move(letter)] {
        if (*object)
            letter();
    });
}

} // namespace fovea::widgets
