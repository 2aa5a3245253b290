#include "widgets/parts/aside.h"

#include "widgets/parts/background.h"
#include "widgets/parts/plain_label.h"
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
#include <utility>

namespace fovea::widgets {

namespace {

constexpr int kUnseenMs = 150; // shorter work shows no dialog
constexpr int kBeatMs = 50;

// Cancelling asks the work to stop; the dialog stays until it has.
class AsideDialog final : public QDialog {
public:
    AsideDialog(QWidget* parent, const QString& what, std::function<void()> cancel)
        : QDialog(parent)
        , m_cancel(std::move(cancel))
        , m_what(new PlainLabel(what, this))
        , m_bar(new QProgressBar(this))
        , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
    {
        setWindowTitle(QStringLiteral("Fovea"));
        setModal(true);
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
        m_cancel();
        m_buttons->setEnabled(false);
        m_what->setText(QCoreApplication::translate("Progress", "Cancelling…"));
    }
    QProgressBar& bar() { return *m_bar; }

private:
    std::function<void()> m_cancel;
    QLabel* m_what;
    QProgressBar* m_bar;
    QDialogButtonBox* m_buttons;
};

} // namespace

Status doAside(QWidget* parent, const QString& what, const AsideWork& work)
{
    ProgressCounter counter;
    std::optional<Status> result;
    QEventLoop loop;
    Background<Done> background(&loop);
    background.start(
        [&](const std::stop_token& stop) { return work(counter, stop); },
        [&](Status status) {
            result = std::move(status);
            loop.quit();
        });
    // The window is painted from the beginning; keys and clicks wait for what comes of it.
    QTimer::singleShot(kUnseenMs, &loop, &QEventLoop::quit);
    loop.exec(QEventLoop::ExcludeUserInputEvents);
    if (!result) {
        AsideDialog dialog(parent, what, [&] { background.requestStop(); });
        QTimer beat;
        QObject::connect(
            &beat, &QTimer::timeout, &loop, [&] { showProgress(dialog.bar(), counter); });
        beat.start(kBeatMs);
        showProgress(dialog.bar(), counter);
        dialog.show();
        loop.exec();
    }
    background.requestStop(); // the program ends where the loop did before the work
    while (!result)
        background.wait(std::chrono::milliseconds(kBeatMs));
    return *result;
}

} // namespace fovea::widgets
