// A histogram with its title, the axis in words, and the bin under the pointer. The window's
// thread.
#pragma once

#include "core/data/statistics.h"

#include <QWidget>

#include <functional>

namespace fovea::widgets {

class HistogramView final : public QWidget {
    Q_OBJECT

public:
    using LabelOf = std::function<QString(double)>; // of a value
    using CountOf = std::function<QString(std::int64_t)>; // "12 users"
    enum class Values { Whole, Continuous }; // of whole ones a bin ends before its edge

    explicit HistogramView(QWidget* parent = nullptr);
    void setTitle(const QString& title);
    void setHistogram(data::Histogram histogram, Values values, LabelOf label, CountOf count);
    void setEmpty(const QString& why);

    QSize sizeHint() const override { return {280, 170}; }
    QSize minimumSizeHint() const override { return {180, 120}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override; // tool tips

private:
    QRectF frame() const;
    QString peak() const;
    QPointF peakAt() const;
    QString describe(std::size_t bin) const;
    QString summary() const;
    double highestOf(std::size_t bin) const;

    QString m_title;
    QString m_why;
    data::Histogram m_histogram;
    Values m_values = Values::Continuous;
    LabelOf m_label;
    CountOf m_count;
};

} // namespace fovea::widgets
