#include "widgets/data/import_job.h"

namespace fovea::widgets {

ImportJob::ImportJob(QObject* parent)
    : QObject(parent)
    , m_work(this)
{ }

void ImportJob::start(const data::ImportOptions& options)
{
    m_counter = std::make_shared<ProgressCounter>();
    m_work.start(
        [options, counter = m_counter](const std::stop_token& stop) {
            return data::importFile(options, *counter, stop);
        },
        [this](Result<data::Imported> result) {
            if (result)
                Q_EMIT finished(std::make_shared<const data::Imported>(result.take()));
            else
                Q_EMIT failed(result.error());
        });
}

} // namespace fovea::widgets
