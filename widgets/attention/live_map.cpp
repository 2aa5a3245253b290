#include "widgets/attention/live_map.h"

#include "widgets/attention/heat_map_view.h"
#include "widgets/parts/plain_label.h"

#include <QLabel>
#include <QVBoxLayout>

namespace fovea::widgets {

LiveMap::LiveMap(MapSource& source, QWidget* parent)
    : QWidget(parent)
    , m_source(source)
    , m_title(new PlainLabel(this))
    , m_view(new HeatMapView(this))
    , m_hover(new PlainLabel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_title);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_hover);
    for (auto* label : {m_title, m_hover})
        label->setWordWrap(true);
    source.addViewer(this);
    connect(&source, &MapSource::mapChanged, this, &LiveMap::showMap);
    connect(&source, &MapSource::headChanged, this, &LiveMap::showMap);
    connect(&source, &MapSource::lookChanged, this, [this] { m_view->setLook(m_source.look()); });
    connect(m_view, &HeatMapView::hovered, m_hover, &QLabel::setText);
    connect(m_view, &HeatMapView::menuRequested, this, &LiveMap::menuRequested);
    showMap();
}

void LiveMap::showMap()
{
    if (m_source.map())
        m_view->setMap(m_source.map(), m_source.head());
    else
        m_view->clear(
            m_source.lacksAttention() ? tr("This model has no attention to show.")
                : m_source.isAwaited()
                ? tr("The model is computing the map…")
                : tr("The map of one user appears here while a run trains."));
    m_title->setText(m_source.map() ? m_source.title() : tr("Attention"));
}

} // namespace fovea::widgets
