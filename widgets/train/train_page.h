// The Train page: the form, what it costs, the buttons, the live curves. It shows and asks; the run
// itself is driven through the actions that it is given. The window's thread.
#pragma once

#include "core/train/cost.h"
#include "core/train/metrics_log.h"
#include "core/train/observer.h"
#include "core/train/session.h"
#include "widgets/train/config_document.h"

#include <QWidget>

#include <map>
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

    void setState(train::State state);
    void setHasData(bool has); // without it, that is what stands where the cost would
    void setObstacle(const QString& text); // why it could not be trained; empty = it could
    void setCost(const std::optional<train::Cost>& cost); // nothing while it is being worked out
    void clearCurves();
    void showSeries(const std::vector<train::Series>& series, const train::Best& best);
    void addPoints(const std::vector<train::SeriesPoints>& points);
    void setBest(std::int64_t epoch, std::int64_t step); // the epoch's last
    void addChange(std::int64_t step, const std::string& key, double value); // of a setting
    void setPlace(const train::Session::Place& place, const QString& text);
    void replot(); // once a frame
    std::vector<CurvePlot*> plots() const;
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
    ElidedLabel* m_epoch;
    QProgressBar* m_progress;
    QLabel* m_smoothingLabel;
    QSlider* m_smoothing;
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
    struct {
        std::int64_t epoch = 0;
        std::int64_t step = 0;
    } m_best;
    std::vector<train::Change> m_changes;
    std::map<std::string, std::int64_t> m_epochs; // shown of each metric
};

} // namespace fovea::widgets
