#include "widgets/plot/curve_plot.h"

#include "widgets/parts/elided_label.h"
#include "widgets/parts/texts.h"
#include "widgets/plot/qcustomplot_shim.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace fovea::widgets {

namespace {

// Wong, "Points of view: Color blindness", Nature Methods 2011; the yellow left out, which is too
// pale on white.
constexpr std::array<QRgb, 6> kInks = {0xff0072b2, 0xffd55e00, 0xff009e73,
                                       0xffcc79a7, 0xff56b4e9, 0xffe69f00};

QColor mixed(const QColor& a, const QColor& b, double share)
{
    return QColor::fromRgbF(
        static_cast<float>(a.redF() * (1 - share) + b.redF() * share),
        static_cast<float>(a.greenF() * (1 - share) + b.greenF() * share),
        static_cast<float>(a.blueF() * (1 - share) + b.blueF() * share));
}

// A single point is no line.
void fitScatter(QCPGraph& graph)
{
    graph.setScatterStyle(
        graph.dataCount() > 1 ? QCPScatterStyle::ssNone
                              : QCPScatterStyle(QCPScatterStyle::ssDisc, 6));
}

std::vector<std::pair<double, double>> pointsOf(const QCPGraph& graph)
{
    std::vector<std::pair<double, double>> points;
    for (const auto& point : *graph.data())
        points.emplace_back(point.key, point.value);
    return points;
}

} // namespace

struct CurvePlot::Series {
    std::string key;
    QString name;
    QCPGraph* values = nullptr; // as measured
    QCPGraph* average = nullptr; // as smoothed
    QColor ink;
    double state = 0; // of the moving average
    double weight = 0;
};

CurvePlot::CurvePlot(QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
    , m_title(new ElidedLabel(this))
    , m_legend(new QLabel(this))
    , m_value(new PlainLabel(m_plot))
    , m_empty(new PlainLabel(m_plot))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_legend);
    layout->addLayout(head);
    m_legend->setObjectName(QStringLiteral("legend"));
    m_legend->setTextFormat(Qt::RichText); // its own; names are escaped
    layout->addWidget(m_plot, 1);
    auto* middle = new QVBoxLayout(m_plot);
    middle->addWidget(m_empty);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_value->setMargin(4);
    m_value->setAutoFillBackground(true);
    m_value->setFrameShape(QFrame::Box);
    m_value->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_value->hide();
    m_plot->setObjectName(QStringLiteral("plot"));
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    const QSharedPointer<QCPAxisTickerFixed> whole(new QCPAxisTickerFixed); // steps and epochs
    whole->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    m_plot->xAxis->setTicker(whole);
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->setPlottingHints(QCP::phFastPolylines);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    m_plot->setFocusPolicy(Qt::StrongFocus);
    m_plot->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_plot, &QWidget::customContextMenuRequested, this, [this](const QPoint& p) {
        Q_EMIT menuRequested(m_plot->mapToGlobal(p));
    });
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this] { setFollowing(false); });
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        if (event->buttons() & Qt::LeftButton)
            setFollowing(false);
        else
            showValueAt(event->pos());
    });
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, [this] { setFollowing(true); });
    applyPalette();
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::setTitle(const QString& title)
{
    m_title->setText(title);
    m_plot->setAccessibleName(title);
}

void CurvePlot::setEmptyText(const QString& text) { m_empty->setText(text); }

QString CurvePlot::title() const { return m_title->text(); }

CurvePlot::Series& CurvePlot::seriesOf(const std::string& key, const QString& name)
{
    for (auto& series : m_series) {
        if (series->key == key)
            return *series;
    }
    auto series = std::make_unique<Series>();
    series->key = key;
    series->name = name;
    series->values = m_plot->addGraph();
    series->average = m_plot->addGraph();
    series->ink = QColor::fromRgb(kInks[m_series.size() % kInks.size()]);
    series->values->setName(name);
    series->average->setName(name);
    series->values->setAdaptiveSampling(true);
    series->average->setAdaptiveSampling(true);
    m_series.push_back(std::move(series));
    updateLegend();
    applyPalette();
    return *m_series.back();
}

void CurvePlot::rename(const std::function<QString(const std::string& key)>& nameOf)
{
    for (auto& series : m_series) {
        series->name = nameOf(series->key);
        series->values->setName(series->name);
        series->average->setName(series->name);
    }
    updateLegend();
    m_isDirty = true;
}

// Beside the title, where it covers no curve; a single curve needs none.
void CurvePlot::updateLegend()
{
    QStringList entries;
    for (const auto& series : m_series)
        entries << QStringLiteral("<span style='color:%1'>━━</span>&nbsp;%2")
                       .arg(series->ink.name(), series->name.toHtmlEscaped());
    m_legend->setText(
        entries.size() > 1 ? entries.join(QStringLiteral("&nbsp;&nbsp; ")) : QString());
}

void CurvePlot::append(
    const std::string& key, const QString& name, std::span<const std::pair<double, double>> points)
{
    if (points.empty())
        return;
    auto& series = seriesOf(key, name);
    const auto from = static_cast<std::size_t>(series.values->dataCount());
    QVector<QCPGraphData> added;
    added.reserve(static_cast<qsizetype>(points.size()));
    for (const auto& [x, y] : points)
        added.append(QCPGraphData(x, y));
    series.values->data()->add(added, true);
    fitScatter(*series.values);
    if (isSmoothed(series))
        smooth(series, from);
    m_isDirty = true;
}

void CurvePlot::cutAfter(double x)
{
    for (auto& series : m_series) {
        if (series->values->dataCount() == 0 || (series->values->data()->constEnd() - 1)->key <= x)
            continue;
        series->values->data()->removeAfter(std::nextafter(x, x + 1));
        fitScatter(*series->values);
        smoothAnew(*series);
        m_isDirty = true;
    }
}

void CurvePlot::keepExact(const std::string& key) { m_exact.push_back(key); }

bool CurvePlot::isSmoothed(const Series& series) const
{
    return m_smoothing > 0
        && std::find(m_exact.begin(), m_exact.end(), series.key) == m_exact.end();
}

void CurvePlot::smoothAnew(Series& series)
{
    series.state = series.weight = 0;
    series.average->data()->clear();
    if (isSmoothed(series))
        smooth(series, 0);
}

// The exponential moving average from a point on, without the bias of its start.
void CurvePlot::smooth(Series& series, std::size_t from)
{
    QVector<QCPGraphData> added;
    const auto& values = *series.values->data();
    for (auto at = values.constBegin() + static_cast<int>(from); at != values.constEnd(); ++at) {
        series.state = m_smoothing * series.state + (1 - m_smoothing) * at->value;
        series.weight = m_smoothing * series.weight + (1 - m_smoothing);
        added.append(QCPGraphData(at->key, series.state / series.weight));
    }
    series.average->data()->add(added, true);
}

void CurvePlot::clear()
{
    m_plot->clearGraphs();
    m_plot->clearItems();
    m_series.clear();
    updateLegend();
    m_marks.clear();
    m_value->hide();
    setFollowing(true); // what comes next is somewhere else
}

void CurvePlot::setMarks(std::vector<Mark> marks)
{
    if (m_marks == marks)
        return;
    m_marks = std::move(marks);
    drawMarks();
    m_isDirty = true;
}

// In the text's own ink, so that none is taken for a curve.
void CurvePlot::drawMarks()
{
    m_plot->clearItems();
    const auto ink = mixed(palette().color(QPalette::Base), palette().color(QPalette::Text), 0.65);
    for (const auto& mark : m_marks) {
        auto* line = new QCPItemStraightLine(m_plot);
        for (auto* point : {line->point1, line->point2})
            point->setTypeY(QCPItemPosition::ptAxisRectRatio);
        line->point1->setCoords(mark.x, 0);
        line->point2->setCoords(mark.x, 1);
        line->setPen(QPen(ink, 1, Qt::DashLine));
        auto* text = new QCPItemText(m_plot);
        text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        text->setPadding({3, 1, 3, 1});
        text->setText(mark.text);
        text->setFont(font());
        text->setColor(ink);
        auto ground = palette().color(QPalette::Base);
        ground.setAlpha(190); // a curve behind it is still seen
        text->setBrush(ground);
    }
}

// Of a mark's words, as a share of the plot's height.
double CurvePlot::markHeight() const
{
    return (QFontMetricsF(font()).height() + 3) / std::max(60, m_plot->axisRect()->height());
}

// Texts of neighbours stand one below the other, on the side that has room.
void CurvePlot::placeMarks()
{
    constexpr int kLines = 3;
    const auto* axis = m_plot->xAxis;
    const double line = markHeight();
    for (std::size_t i = 0; i < m_marks.size(); ++i) {
        const double x = m_marks[i].x;
        const bool isSeen = axis->range().contains(x);
        auto* text = static_cast<QCPItemText*>(m_plot->item(static_cast<int>(2 * i + 1)));
        m_plot->item(static_cast<int>(2 * i))->setVisible(isSeen);
        text->setVisible(isSeen);
        const bool isLeft = x < axis->range().center();
        text->setPositionAlignment((isLeft ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignTop);
        text->position->setCoords(x, line * static_cast<double>(i % kLines));
    }
}

void CurvePlot::setSmoothing(double amount)
{
    m_smoothing = amount;
    for (auto& series : m_series)
        smoothAnew(*series);
    applyPalette();
}

void CurvePlot::setLogarithmic(bool logarithmic)
{
    m_plot->yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_isDirty = true;
}

// Powers of ten, where there are some to be seen.
void CurvePlot::chooseTicks()
{
    auto* axis = m_plot->yAxis;
    const bool isWide = axis->scaleType() == QCPAxis::stLogarithmic
        && axis->range().upper > 20 * axis->range().lower;
    if (isWide == m_hasPowers)
        return;
    m_hasPowers = isWide;
    if (isWide)
        axis->setTicker(QSharedPointer<QCPAxisTickerLog>(new QCPAxisTickerLog));
    else
        axis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    fitTicks();
}

void CurvePlot::setFollowing(bool following)
{
    const bool changed = m_isFollowing != following;
    m_isFollowing = following;
    m_isDirty = true;
    if (changed)
        Q_EMIT followingChanged(following);
}

void CurvePlot::showEverything()
{
    const bool isLog = m_plot->yAxis->scaleType() == QCPAxis::stLogarithmic;
    const auto domain = isLog ? QCP::sdPositive : QCP::sdBoth;
    QCPRange x;
    QCPRange y;
    bool any = false;
    for (const auto& series : m_series) {
        bool foundX = false;
        bool foundY = false;
        const auto keys = series->values->getKeyRange(foundX);
        const auto values = series->values->getValueRange(foundY, domain);
        if (!foundX || !foundY)
            continue;
        x = any ? x.expanded(keys) : keys;
        y = any ? y.expanded(values) : values;
        any = true;
    }
    if (!any)
        return;
    if (x.size() <= 0)
        x = QCPRange(x.lower - 0.5, x.upper + 0.5);
    const double flat = std::max(1e-9, 0.2 * std::abs(y.upper)); // a constant has room around it
    const double pad = y.size() > 0 ? 0.05 * y.size() : flat;
    double above = 0; // of the values, in their range: room for the words of a mark
    if (!m_marks.empty()) { // and for its line at the edge
        const double edge = 0.01 * x.size();
        x.upper += edge;
        x.lower -= edge;
        above = markHeight();
    }
    m_plot->xAxis->setRange(x);
    const double ratio = y.upper / y.lower;
    const double factor = std::max(1.002, std::pow(ratio, 0.05));
    m_plot->yAxis->setRange(
        isLog ? QCPRange(y.lower / factor, y.upper * factor * std::pow(ratio, above))
              : QCPRange(y.lower - pad, y.upper + pad + above * y.size()));
}

void CurvePlot::replot()
{
    // Before it is laid out a plot has no pixels, and thinning a million points to none never ends.
    if (!m_isDirty || !isVisible() || m_plot->axisRect()->width() < 2)
        return;
    m_isDirty = false;
    for (auto* axis : {m_plot->xAxis, m_plot->yAxis}) { // an empty plot has nothing to measure
        axis->setVisible(!m_series.empty());
        axis->grid()->setVisible(!m_series.empty());
    }
    m_empty->setVisible(m_series.empty());
    if (m_isFollowing && !m_series.empty())
        showEverything();
    chooseTicks();
    placeMarks();
    m_plot->replot();
}

std::vector<CurvePlot::Line> CurvePlot::lines() const
{
    std::vector<Line> lines;
    for (const auto& series : m_series)
        lines.push_back({series->name, pointsOf(*series->values)});
    return lines;
}

std::vector<CurvePlot::Line> CurvePlot::shownLines() const
{
    std::vector<Line> lines;
    for (const auto& series : m_series)
        lines.push_back(
            {series->name, pointsOf(isSmoothed(*series) ? *series->average : *series->values)});
    return lines;
}

void CurvePlot::showValueAt(const QPoint& position)
{
    if (m_series.empty() || !m_plot->axisRect()->rect().contains(position)) {
        leave();
        return;
    }
    const double x = m_plot->xAxis->pixelToCoord(position.x());
    QStringList rows;
    for (const auto& series : m_series) {
        const auto& shown =
            isSmoothed(*series) ? *series->average->data() : *series->values->data();
        auto at = shown.findBegin(x, true);
        if (at == shown.constEnd())
            continue;
        if (const auto next = at + 1;
            next != shown.constEnd() && std::abs(next->key - x) < std::abs(at->key - x))
            at = next;
        if (rows.isEmpty())
            rows
                << (m_isByEpoch ? tr("epoch %1") : tr("step %1")).arg(number(wholeNumber(at->key)));
        rows << series->name + QStringLiteral("  ") + QLocale().toString(at->value, 'g', 5);
    }
    m_value->setText(rows.join(QLatin1Char('\n')));
    m_value->adjustSize();
    QPoint corner = position + QPoint(14, 10);
    corner.setX(std::min(corner.x(), m_plot->width() - m_value->width() - 2));
    corner.setY(std::min(corner.y(), m_plot->height() - m_value->height() - 2));
    m_value->move(corner);
    m_value->setVisible(!rows.isEmpty());
}

void CurvePlot::leave() { m_value->hide(); }

// What the mouse does, by keys: the arrows move, plus and minus zoom, 0 shows everything.
bool CurvePlot::handleKey(int key)
{
    auto* x = m_plot->xAxis;
    auto* y = m_plot->yAxis;
    const double step = 0.1 * x->range().size();
    const double rise = 0.1 * y->range().size();
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        x->moveRange(key == Qt::Key_Left ? -step : step);
        break;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (y->scaleType() == QCPAxis::stLogarithmic) // moves by a factor
            y->moveRange(
                std::pow(y->range().upper / y->range().lower, key == Qt::Key_Up ? 0.1 : -0.1));
        else
            y->moveRange(key == Qt::Key_Up ? rise : -rise);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus:
        x->scaleRange(key == Qt::Key_Minus ? 1.25 : 0.8);
        y->scaleRange(key == Qt::Key_Minus ? 1.25 : 0.8);
        break;
    case Qt::Key_0:
        setFollowing(true);
        replot();
        return true;
    default:
        return false;
    }
    setFollowing(false);
    replot();
    return true;
}

void CurvePlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        applyPalette();
    QWidget::changeEvent(event);
}

void CurvePlot::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_isDirty = true;
    replot();
}

bool CurvePlot::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Leave)
        leave();
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        m_title->setForegroundRole(
            event->type() == QEvent::FocusIn ? QPalette::Highlight : QPalette::WindowText);
    if (event->type() == QEvent::KeyPress && handleKey(static_cast<const QKeyEvent*>(event)->key()))
        return true;
    if (event->type() == QEvent::Resize) {
        fitTicks();
        m_isDirty = true;
        QTimer::singleShot(0, this, &CurvePlot::replot);
    }
    return QWidget::eventFilter(watched, event);
}

// As many numbers as stand side by side.
void CurvePlot::fitTicks()
{
    constexpr int kPixelsATick = 50;
    constexpr int kPixelsLeft = 50; // the numbers of the other axis
    m_plot->xAxis->ticker()->setTickCount(
        std::clamp((m_plot->width() - kPixelsLeft) / kPixelsATick, 1, 8));
    const int line = 2 * QFontMetrics(font()).height();
    m_plot->yAxis->ticker()->setTickCount(std::clamp(m_plot->height() / line, 2, 6));
}

void CurvePlot::applyPalette()
{
    const auto ground = palette().color(QPalette::Base);
    const auto text = palette().color(QPalette::Text);
    m_plot->setBackground(ground);
    drawMarks();
    for (auto* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLabelColor(text);
        axis->setLabelColor(text);
        axis->setBasePen(QPen(mixed(ground, text, 0.5)));
        axis->setTickPen(QPen(mixed(ground, text, 0.5)));
        axis->setSubTickPen(Qt::NoPen);
        axis->grid()->setPen(QPen(mixed(ground, text, 0.12)));
        axis->grid()->setZeroLinePen(QPen(mixed(ground, text, 0.25)));
        axis->setTickLabelFont(font());
    }
    m_plot->xAxis->setNumberFormat(QStringLiteral("gb"));
    for (auto& series : m_series) {
        const bool smoothed = isSmoothed(*series);
        series->values->setPen(
            QPen(smoothed ? mixed(ground, series->ink, 0.3) : series->ink, smoothed ? 1 : 1.6));
        series->average->setPen(QPen(series->ink, 2));
        series->average->setVisible(smoothed);
    }
    m_isDirty = true;
    replot();
}

} // namespace fovea::widgets
