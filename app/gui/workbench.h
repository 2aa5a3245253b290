// What the window works on: the workspace, the data set and the run that are open, the one compute
// thread, the model at hand. Changes are signalled. The window's thread.
#pragma once

#include "core/data/import.h"
#include "core/data/statistics.h"
#include "core/device/compute_thread.h"
#include "core/train/metrics_log.h"
#include "core/workspace/workspace.h"
#include "widgets/parts/aside.h"
#include "widgets/train/config_document.h"
#include "widgets/train/training_session.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <optional>
#include <stop_token>

namespace fovea::gui {

class Workbench final : public QObject {
    Q_OBJECT

public:
    // `threads`: 0 = all cores but one, which the window keeps.
    explicit Workbench(int threads = 0, QObject* parent = nullptr);
    ~Workbench() override;

    // Does work that may last, and returns when it is done: here, while nobody gives another way.
    using Aside = std::function<Status(const QString& what, const widgets::AsideWork& work)>;
    void setAside(Aside aside) { m_aside = std::move(aside); }
    Status doAside(const QString& what, const widgets::AsideWork& work);

    // What is open stays while a run trains, or something is being opened: opening, adding,
    // training and resuming are refused then.

    // Opens read-write, or read-only if another process holds the lock. On failure the current
    // workspace stays open. Settings and edits are the workspace's own.
    Status openWorkspace(const std::filesystem::path& folder);
    const workspace::Workspace* workspace() const { return m_workspace ? &*m_workspace : nullptr; }
    bool isReadOnly() const { return m_writeError.has_value(); }
    const Error& whyReadOnly() const { return *m_writeError; }
    Status mayWrite() const; // or why not: none is open, it is read-only, a run is training

    // The settings as a file that `fovea train --config` takes.
    Status readConfig(const std::filesystem::path& file); // one edit, which can be undone
    Status writeConfig(const std::filesystem::path& file) const;
    // A person's settings as they were left, in the workspace's config.json; kept a moment after
    // each edit. Those of a run that is looked at are not a person's before they are edited.
    void keepDraft() const;
    Status restoreDraft();

    // A data set in the workspace's data folder, or anywhere.
    Status openDataset(const std::filesystem::path& folder);
    Status addDataset(const data::Imported& imported, const QString& name);
    Status addSample();
    std::shared_ptr<const data::Dataset> dataset() const { return m_dataset; }
    const data::Statistics& statistics() const { return m_statistics; }
    QString datasetName() const;
    const std::filesystem::path& datasetFolder() const { return m_datasetFolder; }

    // Each data set has settings of its own: another one begins with the defaults, as one edit.

    // A run with its data set, its curves and its best weights; its settings are one edit, and
    // reset() brings the ones before back where they were not edited. `data` is where its data set
    // is, if it was moved.
    Status openRun(const std::filesystem::path& folder, const std::filesystem::path& data = {});
    bool lacksData() const
    {
        return m_lacksData;
    } // the run that openRun() failed on, and only that
    // The newest run that a crash left unfinished and nobody writes.
    std::optional<std::filesystem::path> unfinishedRun() const;
    Status train(); // a new run of the document's configuration
    // After train() was refused because memory is short: the document's configuration with a
    // smaller batch or width that would fit.
    const std::optional<train::RunConfig>& whatFits() const { return m_smaller; }
    // Goes on from the last checkpoint. Dropout and learning rate of the run that is shown may have
    // been edited: the run records them as changes.
    Status resumeRun(const std::filesystem::path& folder);
    bool canGoOn() const; // whether the run that is shown has stopped, with something to go on from
    void reset(); // no run is shown any more; its folder stays
    const std::filesystem::path& run() const { return m_run; }
    const std::vector<train::Series>& series() const { return m_series; } // of openRun()'s run
    bool isResumed() const { return m_isResumed; } // the run that trains, or trained last
    // What was changed when it was resumed; the steps are its first.
    const std::vector<train::Change>& resumedWith() const { return m_resumedWith; }
    // What the disk says of a run that was opened and not trained here.
    struct OnDisk {
        train::State state;
        bool isBeingWritten; // by another process
    };
    std::optional<OnDisk> recordOfOpened() const;

    widgets::ConfigDocument& document() { return m_document; }
    widgets::TrainingSession& session() { return m_session; }
    train::ModelDesk& desk() { return m_desk; }
    int threads() const { return m_thread.threads(); }

Q_SIGNALS:
    void workspaceChanged();
    void datasetChanged();
    void runChanged();
    void runBegun(); // by train() or resumeRun(), with the settings as they are in the document

private:
    struct Opened { // a data set, or none
        std::shared_ptr<const data::Dataset> dataset;
        data::Statistics statistics;
        std::filesystem::path folder;
    };
    static Result<Opened> opened(
        std::shared_ptr<const data::Dataset> dataset, const std::filesystem::path& folder,
        const std::stop_token& stop);

    Status isFree() const;
    std::optional<train::RunConfig> smallerThan(
        const train::RunConfig& config, const train::RunConfig& smaller) const;
    Status show(
        const train::RunFolder& run, const std::filesystem::path& data,
        const train::RunConfig& settings);
    bool isOwn() const;
    train::RunConfig ownSettings() const;
    void keepOwn();
    void onEnded(const train::Outcome& outcome);
    std::filesystem::path freeName(const std::filesystem::path& folder, const QString& name) const;
    void take(Opened opened);
    void adopt(Opened opened); // and no run

    device::ComputeThread m_thread;
    train::ModelDesk m_desk;
    widgets::TrainingSession m_session;
    widgets::ConfigDocument m_document;
    std::optional<workspace::Workspace> m_workspace;
    std::optional<Error> m_writeError; // the workspace is open for reading only
    Aside m_aside;
    bool m_isAside = false;
    std::shared_ptr<const data::Dataset> m_dataset;
    data::Statistics m_statistics;
    std::filesystem::path m_datasetFolder;
    std::filesystem::path m_run;
    std::vector<train::Series> m_series;
    std::optional<train::RunConfig> m_smaller;
    bool m_lacksData = false;
    bool m_isResumed = false;
    std::vector<train::Change> m_resumedWith;
    bool m_isSessions = false; // the run that is shown is the session's
    std::optional<train::RunConfig> m_ofRun; // the settings of the run that is shown
    std::map<std::string, train::RunConfig> m_drafts; // own settings, by the data set
    QTimer m_draftPause; // after the last edit
};

} // namespace fovea::gui
