// Reads a file in a thread of its own: for the dialog's live report and for the import. Signals
// come on the thread that this object lives on.
#pragma once

#include "core/data/import.h"
#include "widgets/parts/background.h"
#include "widgets/parts/progress_counter.h"

#include <QObject>

#include <memory>

namespace fovea::widgets {

class ImportJob final : public QObject {
    Q_OBJECT

public:
    explicit ImportJob(QObject* parent = nullptr);

    void start(const data::ImportOptions& options);
    void cancel() { m_work.cancel(); } // no signal follows
    bool isRunning() const { return m_work.isRunning(); }

    const ProgressCounter* progress() const { return m_counter.get(); } // null before the first

Q_SIGNALS:
    void finished(const std::shared_ptr<const fovea::data::Imported>& imported);
    void failed(const fovea::Error& error);

private:
    std::shared_ptr<ProgressCounter> m_counter;
    Background<data::Imported> m_work;
};

} // namespace fovea::widgets
