// A plot of curves that grow: lines over training steps or epochs with smoothing, a logarithmic
// axis, values under the pointer, zoom by wheel and drag, and marks with a few words. Keeps every
// point; what is drawn is thinned to the pixels. The one wrapper around QCustomPlot. The window's
// thread; call replot() once a frame.
#pragma once

#include <QWidget>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

class QCustomPlot;
class QCPGraph;
class QLabel;

namespace fovea::widgets {

class ElidedLabel;

class CurvePlot final : public QWidget {
    Q_OBJECT

public:
    struct Line {
        QString name;
        std::vector<std::pair<double, double>> points; // x rising
    };

    struct Mark { // a vertical line with a few words: the best epoch, a changed setting
        double x;
        QString text;
        bool operator==(const Mark&) const = default;
    };

    explicit CurvePlot(QWidget* parent = nullptr);
    ~CurvePlot() override;

    void setTitle(const QString& title);
    QString title() const;
    void setEmptyText(const QString& text); // shown while there is no point
    // `key` tells the series apart, `name` stands in the legend and may change with the language.
    void append(
        const std::string& key, const QString& name,
        std::span<const std::pair<double, double>> points);
    // Drops every point beyond x: a run goes on from an earlier one.
    void cutAfter(double x);
    // The series is a mean already: smoothing leaves it as it is.
    void keepExact(const std::string& key);
    void rename(const std::function<QString(const std::string& key)>& nameOf);
    void clear();
    void setMarks(std::vector<Mark> marks); // instead of those that are there
    // 0 shows the values, towards 1 an ever longer moving average, the values pale behind it.
    void setSmoothing(double amount);
    void setLogarithmic(bool logarithmic); // positive values only
    void setByEpoch() { m_isByEpoch = true; } // x counts epochs, not steps
    void setFollowing(bool following); // the axes show everything, as it comes
    bool isFollowing() const { return m_isFollowing; }
    void replot(); // if anything changed

    std::vector<Line> lines() const; // all points, as measured
    std::vector<Line> shownLines() const; // as drawn: smoothed where they are
    const std::vector<Mark>& marks() const { return m_marks; }
    QSize minimumSizeHint() const override { return {110, 90}; }

Q_SIGNALS:
    void followingChanged(bool following); // a person zoomed, or asked for everything
    void menuRequested(const QPoint& globalPosition);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Series;
    Series& seriesOf(const std::string& key, const QString& name);
    void applyPalette();
    bool isSmoothed(const Series& series) const;
    void smoothAnew(Series& series);
    void smooth(Series& series, std::size_t from);
    void showEverything();
    void showValueAt(const QPoint& position);
    void leave();
    bool handleKey(int key);
    void updateLegend();
    void fitTicks();
    void drawMarks();
    void placeMarks();
    double markHeight() const;
    void chooseTicks();

    QCustomPlot* m_plot;
    ElidedLabel* m_title;
    QLabel* m_legend;
    QLabel* m_value;
    QLabel* m_empty;
    std::vector<std::unique_ptr<Series>> m_series;
    std::vector<std::string> m_exact; // keys
    std::vector<Mark> m_marks;
    double m_smoothing = 0;
    bool m_isByEpoch = false;
    bool m_isFollowing = true;
    bool m_isDirty = true;
    bool m_hasPowers = false; // on the y axis
};

} // namespace fovea::widgets
