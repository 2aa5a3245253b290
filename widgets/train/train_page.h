// The Train page: the form, what it costs, the buttons, the live curves. It shows and asks; the run
// itself is driven through the actions that it is given. The window's thread.
#pragma once

#include "core/train/cost.h"
#include "core/train/metrics_log.h"
#include "core/train/observer.h"
#include "core/train/session.h"
#include "widgets/train/config_document.h"

#include <QWidget>

#include <optional>

class QAction;
class QCheckBox;
class QComboBox;
class QLabel;
class QProgressBar;
class QSlider;
class QSplitter;
class QToolButton;

namespace fovea::widgets {

class ConfigForm;
class CurvePlot;
class ElidedLabel;
class ErrorBar;

// What the page's buttons do; owned by the window, shared with its menus.
struct TrainActions {
    QAction* train;
    QAction* pause;
    QAction* stepBatch;
    QAction* stepEpoch;
    QAction* resume;
    QAction* stop;
    QAction* reset;
    QAction* companion; // checkable: what stands beside the curves
    QAction* exportCurves;
};

class TrainPage final : public QWidget {
    Q_OBJECT

public:
    TrainPage(ConfigDocument& document, const TrainActions& actions, QWidget* parent = nullptr);

    ErrorBar& errors() { return *m_errors; }
    ConfigForm& form() { return *m_form; }
    QSplitter& splitter() { return *m_splitter; }
    QSplitter& inner() { return *m_right; } // between the curves and the companion
    // A widget beside the curves; the page owns it.
    void setCompanion(QWidget* companion);
    void showCompanion(bool shown);

    // `isHeld`: the run has stopped and can go on, so its settings are not for another one.
    void setState(train::State state, bool isHeld);
    void setHasData(bool has); // without it, that is what stands where the cost would
    void setObstacle(const QString& text); // why it could not be trained; empty = it could
    void setCost(const std::optional<train::Cost>& cost); // nothing while it is being worked out
    void clearCurves();
    // Needed before what is shown by epoch: validation, marks.
    void setStepsPerEpoch(std::int64_t steps) { m_stepsPerEpoch = steps; }
    void addPoints(const std::vector<train::SeriesPoints>& points);
    void addPoints(const std::vector<train::Series>& series);
    void cutAfter(std::int64_t step); // a run goes on from there
    void setBest(std::int64_t epoch); // 0 = none
    void addChange(std::int64_t step, const std::string& key, double value); // of a setting
    void setChanges(const std::vector<train::Change>& changes);
    void setPlace(const train::Session::Place& place, const QString& text);
    void replot(); // once a frame
    std::vector<CurvePlot*> plots() const;
    const CurvePlot& lossPlot() const { return *m_loss; }
    const CurvePlot& validationPlot() const { return *m_metrics; }
    int smoothing() const; // 0 to 99
    bool isLogarithmic() const;
    void setCurveLook(int smoothing, bool isLogarithmic);
    void retranslate();

Q_SIGNALS:
    void menuRequested(const QPoint& globalPosition); // of the curves

private:
    QWidget* makeLeft(const TrainActions& actions);
    QWidget* makeRight(const TrainActions& actions);
    QWidget* makePlots();
    QString seriesText(const std::string& name) const; // in a legend
    CurvePlot* plotOf(const std::string& name) const;
    void add(const std::string& name, const std::vector<std::pair<double, double>>& points);
    double epochAt(double step) const;
    void showSmoothing(int value);
    void showMarks();
    void setTexts();
    void fillPresets();
    void showPreset();

    ConfigDocument& m_document;
    ErrorBar* m_errors;
    ConfigForm* m_form;
    QSplitter* m_splitter;
    QSplitter* m_right;
    QComboBox* m_presets;
    QLabel* m_presetLabel;
    QLabel* m_cost;
    QLabel* m_held; // why most fields are locked
    ElidedLabel* m_epoch;
    QProgressBar* m_progress;
    QLabel* m_smoothingLabel;
    QSlider* m_smoothing;
    QLabel* m_smoothingValue;
    QCheckBox* m_logarithmic;
    QCheckBox* m_following;
    QCheckBox* m_companion; // whether it is shown
    CurvePlot* m_loss;
    CurvePlot* m_metrics;
    CurvePlot* m_rate;
    CurvePlot* m_norm;
    CurvePlot* m_throughput;
    std::optional<train::Cost> m_shownCost;
    bool m_hasData = false;
    QString m_obstacle;
    std::int64_t m_stepsPerEpoch = 0; // 0 = not known yet
    std::int64_t m_best = 0; // epoch
    std::vector<train::Change> m_changes;
};

} // namespace fovea::widgets
