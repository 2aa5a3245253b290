// Follows the run that trains. Once a frame it takes what the run told and hands it to the Train
// page and the map; it tells the run what was changed in a pause; it works out what a configuration
// costs. The window's thread; nothing here waits for the compute thread.
#pragma once

#include "app/gui/workbench.h"
#include "widgets/attention/map_source.h"
#include "widgets/plot/frame_clock.h"
#include "widgets/train/train_page.h"

#include <QElapsedTimer>
#include <QTimer>

namespace fovea::gui {

class RunFollower final : public QObject {
    Q_OBJECT

public:
    RunFollower(
        Workbench& workbench, widgets::TrainPage& page, widgets::MapSource& map,
        QObject* parent = nullptr);

    void setSeen(bool seen) { m_clock.setVisible(seen); } // the window is not minimised
    // Edits that were made in this pause may be taken back; older ones not while a run is active.
    bool mayUndo() const;
    bool mayRedo() const;
    double targetsPerSecond() const { return m_speed; }
    double secondsLeft() const; // at most; 0 = not known
    bool isFinished() const { return m_isFinished; } // the run that is shown
    bool canGoOn() const { return m_canGoOn; } // likewise; nothing trains
    void retranslate() { showPlace(); }

Q_SIGNALS:
    void advanced(); // once a frame while a run is active
    void runShown(bool hasModel); // another model, or none

private:
    void onBegun();
    void onState(train::State state);
    void onEnded();
    void onFailed(const Error& error);
    void offerLowerRate(const Error& error);
    void offerToSave(const Error& error, std::int64_t epochs);
    void showState();
    void onRunChanged();
    bool take(const Result<train::RunFolder>& folder);
    void cut();
    void beat();
    void showPlace();
    QString bestText() const;
    void tellChanges();
    void askCost();
    void showCost(std::optional<train::Cost> cost);

    Workbench& m_workbench;
    widgets::TrainPage& m_page;
    widgets::MapSource& m_map;
    widgets::FrameClock m_clock;
    QTimer m_costPause;
    QElapsedTimer m_runClock;
    QElapsedTimer m_mapClock; // since the last map was asked for while training
    train::RunConfig m_told; // what the run that trains was told last
    int m_undoAtStart = 0; // edits before the run held the settings
    bool m_isEdited = false; // since then: what can be redone was undone in this run
    train::RunConfig m_config; // of the run that is shown
    train::Best m_best; // likewise
    train::Session::Place m_place; // where it had come to when it was opened
    bool m_isOfSession = false; // the session trains or has trained it: the place is there
    // Estimated seconds of an epoch: of what the form says; of the run that trains, at its start.
    double m_estimate = 0;
    double m_runEstimate = 0;
    double m_pace = 0; // of them in a second of the fastest epoch so far; 0 = not known
    double m_speed = 0; // targets a second, of the last points
    double m_stepsPerSecond = 0;
    std::int64_t m_firstStep = 0;
    bool m_isFinished = false;
    bool m_canGoOn = false;
    bool m_isCut = true; // the curves, where the session goes on
    int m_unsaved = 0; // the bar's message about a disk that refuses
};

} // namespace fovea::gui
