#include "widgets/data/import_job.h"

#include "core/device/thrown.h"

namespace fovea::widgets {

ImportJob::ImportJob(QObject* parent)
    : QObject(parent)
{ }

ImportJob::~ImportJob() = default;

void ImportJob::start(const data::ImportOptions& options)
{
    cancel();
    const int number = ++m_number;
    m_isRunning = true;
    m_counter = std::make_shared<ProgressCounter>();
    m_thread = std::jthread([this, options, number, counter = m_counter](std::stop_token stop) {
        const auto read = [&]() -> Result<data::Imported> {
            try {
                return data::importFile(options, *counter, stop);
            } catch (...) {
                return device::thrown();
            }
        };
        auto result = std::make_shared<Result<data::Imported>>(read());
        QMetaObject::invokeMethod(
            this, [this, number, result] { receive(number, result); }, Qt::QueuedConnection);
    });
}

void ImportJob::cancel()
{
    if (m_thread.joinable()) {
        m_thread.request_stop();
        m_ending[m_number] = std::move(m_thread);
    }
    ++m_number;
    m_isRunning = false;
}

void ImportJob::receive(int number, const std::shared_ptr<Result<data::Imported>>& result)
{
    m_ending.erase(number); // its last line: this waits for nothing
    if (number != m_number)
        return;
    m_isRunning = false;
    if (*result)
        Q_EMIT finished(std::make_shared<const data::Imported>(result->take()));
    else
        Q_EMIT failed(result->error());
}

} // namespace fovea::widgets
