// Reads a file in a thread of its own: for the dialog's live report and for the import. One reading
// counts at a time; a new one stops the one before, which ends by itself. Nothing here waits, but
// for the destructor. Signals come on the thread that this object lives on.
#pragma once

#include "core/data/import.h"
#include "widgets/parts/progress_counter.h"

#include <QObject>

#include <map>
#include <memory>
#include <thread>

namespace fovea::widgets {

class ImportJob final : public QObject {
    Q_OBJECT

public:
    explicit ImportJob(QObject* parent = nullptr);
    ~ImportJob() override; // stops and waits

    void start(const data::ImportOptions& options);
    void cancel(); // no signal follows
    bool isRunning() const { return m_isRunning; }

    const ProgressCounter* progress() const { return m_counter.get(); } // null before the first

Q_SIGNALS:
    void finished(const std::shared_ptr<const fovea::data::Imported>& imported);
    void failed(const fovea::Error& error);

private:
    void receive(int number, const std::shared_ptr<Result<data::Imported>>& result);

    std::shared_ptr<ProgressCounter> m_counter;
    int m_number = 0; // of the reading; answers of older ones are dropped
    bool m_isRunning = false;
    std::jthread m_thread;
    std::map<int, std::jthread> m_ending; // stopped, by their number; until they have ended
};

} // namespace fovea::widgets
