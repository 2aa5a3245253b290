// The map of the user who was picked, small, beside the curves: it follows the training. The
// window's thread.
#pragma once

#include "widgets/attention/map_source.h"

#include <QWidget>

class QLabel;

namespace fovea::widgets {

class HeatMapView;

class LiveMap final : public QWidget {
    Q_OBJECT

public:
    explicit LiveMap(MapSource& source, QWidget* parent = nullptr);
    void retranslate() { showMap(); }

Q_SIGNALS:
    void menuRequested(const QPoint& globalPosition);

private:
    void showMap();

    MapSource& m_source;
    QLabel* m_title;
    HeatMapView* m_view;
    QLabel* m_hover;
};

} // namespace fovea::widgets
