// One attention map on screen: rows ask, columns answer, titles on both axes, the value under the
// pointer or under the keyboard's cursor, zoom by wheel and keys, moved by dragging. Cells come
// from an image of one pixel a cell, so that a map of 200 x 200 repaints in a millisecond or two.
// The window's thread.
#pragma once

#include "core/explain/attention_map.h"
#include "widgets/render/look.h"

#include <QImage>
#include <QWidget>

#include <memory>
#include <optional>

namespace fovea::widgets {

// The cells as an image of one pixel a weight, transparent where no key can be seen. On a dark
// ground the colours run the other way, so that nothing fades into it but what is nothing.
QImage cellImage(const explain::HeadMatrix& matrix, render::Look look, bool onDark);
bool isDark(const QPalette& palette);

class HeatMapView final : public QWidget {
    Q_OBJECT

public:
    explicit HeatMapView(QWidget* parent = nullptr);

    void setMap(std::shared_ptr<const explain::AttentionMap> map, explain::HeadChoice head);
    void clear(const QString& why); // shown in the middle
    void setLook(render::Look look);
    explain::HeadChoice head() const { return m_head; }
    const explain::AttentionMap* map() const { return m_map.get(); }

    QSize sizeHint() const override { return {640, 560}; }
    QSize minimumSizeHint() const override { return {200, 180}; }

Q_SIGNALS:
    void hovered(const QString& text); // the cell under the pointer or cursor, empty = none
    void menuRequested(const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Cell {
        int row = 0;
        int column = 0;
        bool operator==(const Cell&) const = default;
    };
    void rebuild();
    QRectF frame() const; // where cells may be painted
    QRectF cells() const; // the whole matrix, under zoom and move
    double cellSize() const;
    std::optional<Cell> cellAt(const QPointF& position) const;
    QRectF rectOf(const Cell& cell) const;
    QPointF cursor() const;
    void showCell(const Cell& cell);
    void setCurrent(std::optional<Cell> cell);
    void zoom(double factor, const QPointF& around);
    void keepInside();
    QString describe(const Cell& cell) const;
    void paintLabels(QPainter& painter);
    void paintLegend(QPainter& painter);

    std::shared_ptr<const explain::AttentionMap> m_map;
    explain::HeadChoice m_head;
    explain::HeadMatrix m_matrix;
    QImage m_image;
    render::Look m_look;
    QString m_why;
    std::vector<QString> m_rows; // titles
    std::vector<QString> m_columns;
    double m_labelWidth = 0;
    double m_labelHeight = 0;
    double m_zoom = 1;
    QPointF m_offset; // of the matrix in its frame
    QPointF m_dragFrom;
    std::optional<Cell> m_current;
};

} // namespace fovea::widgets
