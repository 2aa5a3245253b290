#include "widgets/train/train_page.h"

#include "core/train/presets.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/error_bar.h"
#include "widgets/parts/plain_label.h"
#include "widgets/parts/progress_counter.h"
#include "widgets/parts/texts.h"
#include "widgets/plot/curve_plot.h"
#include "widgets/train/config_form.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QSlider>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fovea::widgets {

namespace {

// The metrics that a plot shows: the usual cut of each, everything of ratings.
bool isShown(const std::string& metric)
{
    const auto cut = metric.find('@');
    return cut == std::string::npos || metric.substr(cut) == "@10";
}

QToolButton* buttonOf(QAction* action, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

TrainPage::TrainPage(ConfigDocument& document, const TrainActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_errors(new ErrorBar(this))
    , m_form(new ConfigForm(document, this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_errors);
    layout->addWidget(m_splitter, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(makeLeft(actions));
    m_splitter->addWidget(makeRight(actions));
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({330, 800});
    setTexts();
}

QWidget* TrainPage::makeLeft(const TrainActions& actions)
{
    auto* left = new QWidget(this);
    auto* layout = new QVBoxLayout(left);
    layout->setContentsMargins(12, 12, 6, 12);
    auto* presets = new QHBoxLayout;
    m_presetLabel = new PlainLabel(left);
    m_presets = new QComboBox(left);
    m_presets->setObjectName(QStringLiteral("presets"));
    m_presetLabel->setBuddy(m_presets);
    presets->addWidget(m_presetLabel);
    presets->addWidget(m_presets, 1);
    layout->addLayout(presets);
    layout->addWidget(m_form, 1);
    m_cost = new PlainLabel(left);
    m_cost->setObjectName(QStringLiteral("cost"));
    m_cost->setWordWrap(true);
    layout->addWidget(m_cost);
    auto* first = new QHBoxLayout;
    auto* second = new QHBoxLayout;
    for (auto* action : {actions.train, actions.pause, actions.resume, actions.stop})
        first->addWidget(buttonOf(action, left));
    for (auto* action : {actions.stepBatch, actions.stepEpoch, actions.reset})
        second->addWidget(buttonOf(action, left));
    first->addStretch(1);
    second->addStretch(1);
    layout->addLayout(first);
    layout->addLayout(second);
    connect(m_presets, &QComboBox::activated, this, [this](int index) {
        const auto& preset = train::presets()[static_cast<std::size_t>(index)];
        m_document.replace(preset.config, [&preset] { return coreText(preset.name); });
    });
    connect(&m_document, &ConfigDocument::changed, this, &TrainPage::showPreset);
    return left;
}

QWidget* TrainPage::makeRight(const TrainActions& actions)
{
    auto* right = new QWidget(this);
    auto* layout = new QVBoxLayout(right);
    layout->setContentsMargins(6, 12, 12, 12);
    auto* place = new QHBoxLayout;
    m_epoch = new ElidedLabel(right);
    m_epoch->setObjectName(QStringLiteral("epoch"));
    m_progress = new QProgressBar(right);
    m_progress->setFixedWidth(120);
    m_progress->setTextVisible(false);
    auto steady = m_progress->sizePolicy();
    steady.setRetainSizeWhenHidden(true); // nothing moves when a run begins
    m_progress->setSizePolicy(steady);
    place->addWidget(m_epoch, 1);
    place->addWidget(m_progress);
    layout->addLayout(place);
    auto* bar = new QHBoxLayout;
    m_smoothingLabel = new PlainLabel(right);
    m_smoothing = new QSlider(Qt::Horizontal, right);
    m_smoothing->setRange(0, 99);
    m_smoothing->setMaximumWidth(110);
    m_smoothing->setMinimumWidth(36);
    m_smoothingLabel->setBuddy(m_smoothing);
    m_logarithmic = new QCheckBox(right);
    m_following = new QCheckBox(right);
    m_following->setChecked(true);
    bar->addWidget(m_smoothingLabel);
    bar->addWidget(m_smoothing);
    bar->addWidget(m_logarithmic);
    bar->addWidget(m_following);
    m_companion = new QCheckBox(right);
    connect(m_companion, &QCheckBox::toggled, actions.companion, &QAction::setChecked);
    connect(actions.companion, &QAction::toggled, m_companion, &QCheckBox::setChecked);
    bar->addWidget(m_companion);
    bar->addStretch(1);
    bar->addWidget(buttonOf(actions.exportCurves, right));
    layout->addLayout(bar);
    m_right = new QSplitter(Qt::Horizontal, right);
    m_right->setChildrenCollapsible(false);
    m_right->addWidget(makePlots());
    layout->addWidget(m_right, 1);
    return right;
}

QWidget* TrainPage::makePlots()
{
    auto* right = new QWidget(this);
    auto* layout = new QVBoxLayout(right);
    layout->setContentsMargins(0, 0, 0, 0);
    m_loss = new CurvePlot(right);
    m_metrics = new CurvePlot(right);
    m_rate = new CurvePlot(right);
    m_norm = new CurvePlot(right);
    m_throughput = new CurvePlot(right);
    m_metrics->setByEpoch();
    auto* small = new QHBoxLayout;
    for (auto* plot : {m_rate, m_norm, m_throughput})
        small->addWidget(plot);
    layout->addWidget(m_loss, 3);
    layout->addWidget(m_metrics, 3);
    layout->addLayout(small, 2);
    connect(m_smoothing, &QSlider::valueChanged, this, [this](int value) {
        for (auto* plot : {m_loss, m_norm, m_throughput})
            plot->setSmoothing(value / 100.0);
    });
    connect(m_logarithmic, &QCheckBox::toggled, this, [this](bool on) {
        m_loss->setLogarithmic(on);
        replot();
    });
    connect(m_following, &QCheckBox::clicked, this, [this](bool on) {
        for (auto* plot : plots())
            plot->setFollowing(on);
        replot();
    });
    for (auto* plot : plots()) {
        connect(plot, &CurvePlot::followingChanged, this, [this] {
            bool all = true;
            for (auto* each : plots())
                all = all && each->isFollowing();
            m_following->setChecked(all);
            replot();
        });
        connect(plot, &CurvePlot::menuRequested, this, &TrainPage::menuRequested);
    }
    return right;
}

int TrainPage::smoothing() const { return m_smoothing->value(); }
bool TrainPage::isLogarithmic() const { return m_logarithmic->isChecked(); }

void TrainPage::setCurveLook(int smoothing, bool isLogarithmic)
{
    m_smoothing->setValue(smoothing);
    m_logarithmic->setChecked(isLogarithmic);
}

void TrainPage::setCompanion(QWidget* companion)
{
    m_right->addWidget(companion);
    companion->hide();
}

// Where a person has not moved it yet, it gets its share of the room.
void TrainPage::showCompanion(bool shown)
{
    m_right->widget(1)->setVisible(shown);
    if (shown && m_right->sizes().at(1) == 0)
        m_right->setSizes({m_right->width() * 5 / 9, m_right->width() * 4 / 9});
}

std::vector<CurvePlot*> TrainPage::plots() const
{
    return {m_loss, m_metrics, m_rate, m_norm, m_throughput};
}

CurvePlot* TrainPage::plotOf(const std::string& name) const
{
    if (name == "loss" || name == "train/loss")
        return m_loss;
    if (name == "learning_rate")
        return m_rate;
    if (name == "gradient_norm")
        return m_norm;
    if (name == "targets_per_second")
        return m_throughput;
    return name.rfind("valid/", 0) == 0 && isShown(name.substr(6)) ? m_metrics : nullptr;
}

QString TrainPage::seriesText(const std::string& name) const
{
    if (name == "loss")
        return tr("each step");
    if (name == "train/loss")
        return tr("mean of the epoch");
    const auto* plot = plotOf(name);
    return plot == m_metrics || !plot ? QString::fromStdString(name.substr(name.find('/') + 1))
                                      : plot->title();
}

void TrainPage::addPoints(const std::vector<train::SeriesPoints>& points)
{
    for (const auto& series : points) {
        auto* plot = plotOf(series.name);
        if (!plot)
            continue;
        if (plot != m_metrics) {
            plot->append(series.name, seriesText(series.name), series.points);
            continue;
        }
        // A value an epoch: its number stands for the step at which it ended.
        auto byEpoch = series.points;
        auto& epochs = m_epochs[series.name];
        for (auto& point : byEpoch)
            point.first = static_cast<double>(++epochs);
        plot->append(series.name, seriesText(series.name), byEpoch);
    }
}

void TrainPage::showSeries(const std::vector<train::Series>& series, const train::Best& best)
{
    clearCurves();
    std::vector<train::SeriesPoints> points;
    for (const auto& s : series)
        points.push_back({s.name, s.points});
    addPoints(points);
    for (const auto& s : series) {
        const auto at = static_cast<std::size_t>(best.epoch) - 1;
        if (s.name == "train/loss" && best.epoch > 0 && at < s.points.size())
            setBest(best.epoch, static_cast<std::int64_t>(s.points[at].first));
    }
    replot();
}

void TrainPage::setBest(std::int64_t epoch, std::int64_t step)
{
    m_best = {epoch, step};
    showMarks();
}

void TrainPage::addChange(std::int64_t step, const std::string& key, double value)
{
    m_changes.push_back({step, key, value});
    showMarks();
}

void TrainPage::showMarks()
{
    std::vector<CurvePlot::Mark> bySteps;
    std::vector<CurvePlot::Mark> byEpochs;
    if (m_best.epoch > 0) {
        bySteps.push_back({static_cast<double>(m_best.step), tr("best")});
        byEpochs.push_back({static_cast<double>(m_best.epoch), tr("best")});
    }
    for (const auto& change : m_changes)
        bySteps.push_back(
            {static_cast<double>(change.step),
             parameterLabel(*train::findParameter(change.key)) + QLatin1Char(' ')
                 + QLocale().toString(change.value, 'g', 4)});
    m_loss->setMarks(std::move(bySteps));
    m_metrics->setMarks(std::move(byEpochs));
}

void TrainPage::clearCurves()
{
    for (auto* plot : plots())
        plot->clear();
    m_epochs.clear();
    m_best = {};
    m_changes.clear();
    m_progress->setValue(0);
    m_epoch->clear();
    replot();
}

void TrainPage::setPlace(const train::Session::Place& place, const QString& text)
{
    showShare(*m_progress, place.step, place.steps);
    m_epoch->setText(text);
}

void TrainPage::setState(train::State state)
{
    const bool active = train::isActive(state);
    const bool paused = state == train::State::Paused;
    m_form->setEditable(
        !active,
        paused ? std::vector<std::string>{"dropout", "learning_rate"} : std::vector<std::string>());
    m_presets->setEnabled(!active);
    m_progress->setVisible(active);
}

void TrainPage::setHasData(bool has)
{
    m_hasData = has;
    setCost(m_shownCost);
}

void TrainPage::setObstacle(const QString& text)
{
    m_obstacle = text;
    setCost({});
}

void TrainPage::setCost(const std::optional<train::Cost>& cost)
{
    m_shownCost = cost;
    m_cost->setText(
        !m_hasData                  ? tr("Open data on the Data page first.")
            : !m_obstacle.isEmpty() ? m_obstacle
            : cost                  ? tr("%1 parameters, about %2 of memory, about %3 an epoch")
                         .arg(
                             number(cost->parameters), bytes(cost->memoryBytes),
                             duration(cost->secondsPerEpoch))
                   : QString());
}

void TrainPage::replot()
{
    for (auto* plot : plots())
        plot->replot();
}

void TrainPage::fillPresets()
{
    m_presets->clear();
    for (const auto& preset : train::presets()) {
        m_presets->addItem(coreText(preset.name));
        m_presets->setItemData(m_presets->count() - 1, coreText(preset.help), Qt::ToolTipRole);
    }
    m_presets->setPlaceholderText(tr("Choose one"));
    showPreset();
}

// The one that the settings are, or none.
void TrainPage::showPreset()
{
    const auto presets = train::presets();
    const auto is = std::find_if(presets.begin(), presets.end(), [this](const auto& preset) {
        return preset.config == m_document.config();
    });
    m_presets->setCurrentIndex(is == presets.end() ? -1 : static_cast<int>(is - presets.begin()));
}

void TrainPage::setTexts()
{
    m_presetLabel->setText(tr("St&art from:"));
    fillPresets();
    m_smoothingLabel->setText(tr("S&moothing"));
    m_logarithmic->setText(tr("&Logarithmic loss"));
    m_following->setText(tr("Follo&w"));
    m_companion->setText(tr("Ma&p"));
    m_companion->setToolTip(tr("The map of the picked user beside the curves"));
    m_progress->setAccessibleName(tr("Progress of the training"));
    m_loss->setTitle(tr("Loss, by step"));
    m_metrics->setTitle(tr("Validation, by epoch"));
    m_rate->setTitle(tr("Learning rate"));
    m_norm->setTitle(tr("Gradient norm"));
    m_throughput->setTitle(tr("Targets a second"));
    m_loss->setEmptyText(tr("The curves of a run appear here while it trains."));
}

void TrainPage::retranslate()
{
    setTexts();
    for (auto* plot : plots())
        plot->rename([this](const std::string& name) { return seriesText(name); });
    showMarks();
    replot();
    setCost(m_shownCost);
    m_form->retranslate();
}

} // namespace fovea::widgets
