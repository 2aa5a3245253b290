// What the window works on: the workspace, the data set and the run that are open, the one compute
// thread, the model at hand. Changes are signalled. The window's thread.
#pragma once

#include "core/data/import.h"
#include "core/device/compute_thread.h"
#include "core/workspace/workspace.h"
#include "widgets/train/config_document.h"
#include "widgets/train/training_session.h"

#include <QObject>

#include <optional>

namespace fovea::gui {

class Workbench final : public QObject {
    Q_OBJECT

public:
    // `threads`: 0 = all cores but one, which the window keeps.
    explicit Workbench(int threads = 0, QObject* parent = nullptr);
    ~Workbench() override;

    // For writing; where somebody else writes, for reading.
    Status openWorkspace(const std::filesystem::path& folder);
    const workspace::Workspace* workspace() const { return m_workspace ? &*m_workspace : nullptr; }
    bool isReadOnly() const { return m_writeError.has_value(); }
    const Error& whyReadOnly() const { return *m_writeError; }

    // The settings as a file that `fovea train --config` takes.
    Status readConfig(const std::filesystem::path& file); // one edit, which can be undone
    Status writeConfig(const std::filesystem::path& file) const;
    // The settings as they were left, in the workspace's config.json.
    void keepDraft() const;
    Status restoreDraft();

    // A data set in the workspace's data folder, or anywhere.
    Status openDataset(const std::filesystem::path& folder);
    Status addDataset(const data::Imported& imported, const QString& name);
    Status addSample();
    std::shared_ptr<const data::Dataset> dataset() const { return m_dataset; }
    QString datasetName() const;
    const std::filesystem::path& datasetFolder() const { return m_datasetFolder; }

    // A run with its data set, its curves and its best weights.
    Status openRun(const std::filesystem::path& folder);
    // The newest run that a crash or a stop left unfinished, of the data set that is open.
    std::optional<std::filesystem::path> unfinishedRun() const;
    Status train(); // a new run of the document's configuration
    Status resumeRun(const std::filesystem::path& folder);
    void reset(); // no run is shown any more; its folder stays
    const std::filesystem::path& run() const { return m_run; }

    widgets::ConfigDocument& document() { return m_document; }
    widgets::TrainingSession& session() { return m_session; }
    train::ModelDesk& desk() { return m_desk; }
    int threads() const { return m_thread.threads(); }

Q_SIGNALS:
    void workspaceChanged();
    void datasetChanged();
    void runChanged();

private:
    std::filesystem::path freeName(const std::filesystem::path& folder, const QString& name) const;
    void adopt(std::shared_ptr<const data::Dataset> dataset, const std::filesystem::path& folder);

    device::ComputeThread m_thread;
    train::ModelDesk m_desk;
    widgets::TrainingSession m_session;
    widgets::ConfigDocument m_document;
    std::optional<workspace::Workspace> m_workspace;
    std::optional<Error> m_writeError; // the workspace is open for reading only
    std::shared_ptr<const data::Dataset> m_dataset;
    std::filesystem::path m_datasetFolder;
    std::filesystem::path m_run;
};

} // namespace fovea::gui
