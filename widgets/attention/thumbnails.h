// Every head of every layer as a small map, and the mean of each layer; a click or the arrow keys
// choose the one that is shown large. The window's thread.
#pragma once

#include "widgets/attention/heat_map_view.h"

namespace fovea::widgets {

class Thumbnails final : public QWidget {
    Q_OBJECT

public:
    explicit Thumbnails(QWidget* parent = nullptr);

    void setMap(std::shared_ptr<const explain::AttentionMap> map);
    void clear();
    void setLook(render::Look look);
    void setChoice(explain::HeadChoice choice);
    explain::HeadChoice choice() const { return m_choice; }

    QRect chosenRect() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void chosen(fovea::explain::HeadChoice choice);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override; // tool tips
    void changeEvent(QEvent* event) override;

private:
    struct Tile {
        explain::HeadChoice choice;
        QString name;
        QImage image;
    };
    void rebuild();
    QRectF rectOf(const Tile& tile) const;
    const Tile* tileAt(const QPointF& position) const;
    void choose(explain::HeadChoice choice);

    std::shared_ptr<const explain::AttentionMap> m_map;
    std::vector<Tile> m_tiles; // by layer, the heads and then their mean
    explain::HeadChoice m_choice;
    render::Look m_look;
};

} // namespace fovea::widgets
