#include "widgets/parts/aside.h"

#include "core/device/thrown.h"
#include "widgets/parts/progress_counter.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QEventLoop>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>
#include <optional>
#include <semaphore>
#include <thread>

namespace fovea::widgets {

namespace {

constexpr std::chrono::milliseconds kUnseen{150}; // shorter work shows no dialog
constexpr int kBeatMs = 50;

// Cancelling asks the work to stop; the dialog stays until it has.
class AsideDialog final : public QDialog {
public:
    AsideDialog(QWidget* parent, const QString& what, std::jthread& thread)
        : QDialog(parent)
        , m_thread(thread)
        , m_what(new QLabel(what, this))
        , m_bar(new QProgressBar(this))
        , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
    {
        setWindowTitle(QStringLiteral("Fovea"));
        setModal(true);
        m_what->setTextFormat(Qt::PlainText);
        m_bar->setMinimumWidth(360);
        m_bar->setAccessibleName(what);
        m_buttons->button(QDialogButtonBox::Cancel)
            ->setText(QCoreApplication::translate("Progress", "Cancel"));
        auto* layout = new QVBoxLayout(this);
        for (auto* widget :
             {static_cast<QWidget*>(m_what), static_cast<QWidget*>(m_bar),
              static_cast<QWidget*>(m_buttons)})
            layout->addWidget(widget);
        connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    }
    void reject() override
    {
        m_thread.request_stop();
        m_buttons->setEnabled(false);
        m_what->setText(QCoreApplication::translate("Progress", "Cancelling…"));
    }
    QProgressBar& bar() { return *m_bar; }

private:
    std::jthread& m_thread;
    QLabel* m_what;
    QProgressBar* m_bar;
    QDialogButtonBox* m_buttons;
};

} // namespace

Status doAside(QWidget* parent, const QString& what, const AsideWork& work)
{
    ProgressCounter counter;
    std::optional<Status> result;
    std::binary_semaphore done(0);
    std::jthread thread([&](const std::stop_token& stop) {
        try {
            result = work(counter, stop);
        } catch (...) {
            result = device::thrown();
        }
        done.release();
    });
    if (!done.try_acquire_for(kUnseen)) {
        AsideDialog dialog(parent, what, thread);
        QEventLoop loop;
        QTimer beat;
        QObject::connect(&beat, &QTimer::timeout, &loop, [&] {
            showProgress(dialog.bar(), counter);
            if (done.try_acquire())
                loop.quit();
        });
        beat.start(kBeatMs);
        showProgress(dialog.bar(), counter);
        dialog.show();
        loop.exec();
        thread.request_stop(); // the program ends where the loop did before the work
    }
    thread.join();
    return *result;
}

} // namespace fovea::widgets
