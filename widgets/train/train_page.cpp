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
#include <QLocale>
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
    button->setFocusPolicy(Qt::TabFocus); // a click that disables it leaves the focus in the form
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
    m_form->follow(m_presets);
    layout->addLayout(presets);
    layout->addWidget(m_form, 1);
    m_cost = new PlainLabel(left);
    m_cost->setObjectName(QStringLiteral("cost"));
    m_cost->setWordWrap(true);
    layout->addWidget(m_cost);
    m_held = new PlainLabel(left);
    m_held->setObjectName(QStringLiteral("held"));
    m_held->setWordWrap(true);
    m_held->hide();
    layout->addWidget(m_held);
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
        m_document.replace(
            preset.config, [&preset] { return tr("preset %1").arg(coreText(preset.name)); });
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
    m_smoothingValue = new PlainLabel(right);
    m_smoothingValue->setObjectName(QStringLiteral("smoothingValue"));
    m_smoothingValue->setFixedWidth(
        fontMetrics().horizontalAdvance(QLocale().toString(0.88, 'f', 2)));
    m_logarithmic = new QCheckBox(right);
    m_following = new QCheckBox(right);
    m_following->setChecked(true);
    bar->addWidget(m_smoothingLabel);
    bar->addWidget(m_smoothing);
    bar->addWidget(m_smoothingValue);
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
    m_loss->keepExact("train/loss"); // a mean already
    auto* small = new QHBoxLayout;
    for (auto* plot : {m_rate, m_norm, m_throughput})
        small->addWidget(plot);
    layout->addWidget(m_loss, 3);
    layout->addWidget(m_metrics, 3);
    layout->addLayout(small, 2);
    connect(m_smoothing, &QSlider::valueChanged, this, [this](int value) {
        for (auto* plot : {m_loss, m_norm, m_throughput})
            plot->setSmoothing(value / 100.0);
        showSmoothing(value);
    });
    showSmoothing(m_smoothing->value());
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

void TrainPage::showSmoothing(int value)
{
    m_smoothingValue->setText(QLocale().toString(value / 100.0, 'f', 2));
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

double TrainPage::epochAt(double step) const
{
    return step / static_cast<double>(std::max<std::int64_t>(m_stepsPerEpoch, 1));
}

void TrainPage::add(const std::string& name, const std::vector<std::pair<double, double>>& points)
{
    auto* plot = plotOf(name);
    if (!plot)
        return;
    if (plot != m_metrics) {
        plot->append(name, seriesText(name), points);
        return;
    }
    auto byEpoch = points;
    for (auto& point : byEpoch)
        point.first = epochAt(point.first);
    plot->append(name, seriesText(name), byEpoch);
}

void TrainPage::addPoints(const std::vector<train::SeriesPoints>& points)
{
    for (const auto& series : points)
        add(series.name, series.points);
}

void TrainPage::addPoints(const std::vector<train::Series>& series)
{
    for (const auto& each : series)
        add(each.name, each.points);
}

void TrainPage::cutAfter(std::int64_t step)
{
    const auto end = static_cast<double>(step);
    for (auto* plot : plots())
        plot->cutAfter(plot == m_metrics ? epochAt(end) : end);
    std::erase_if(m_changes, [step](const auto& change) { return change.step > step; });
    if (static_cast<double>(m_best) > epochAt(end))
        m_best = 0;
    showMarks();
}

void TrainPage::setBest(std::int64_t epoch)
{
    m_best = epoch;
    showMarks();
}

void TrainPage::addChange(std::int64_t step, const std::string& key, double value)
{
    m_changes.push_back({step, key, value});
    showMarks();
}

void TrainPage::setChanges(const std::vector<train::Change>& changes)
{
    m_changes = changes;
    showMarks();
}

void TrainPage::showMarks()
{
    std::vector<CurvePlot::Mark> bySteps;
    std::vector<CurvePlot::Mark> byEpochs;
    if (m_best > 0) {
        const auto epoch = static_cast<double>(m_best);
        bySteps.push_back({epoch * static_cast<double>(m_stepsPerEpoch), tr("best")});
        byEpochs.push_back({epoch, tr("best")});
    }
    for (const auto& change : m_changes) {
        const auto* parameter = train::findParameter(change.key);
        const auto label = parameter ? parameterLabel(*parameter) : text(change.key);
        const QString words = label + QLatin1Char(' ') + QLocale().toString(change.value, 'g', 4);
        const auto step = static_cast<double>(change.step);
        bySteps.push_back({step, words});
        byEpochs.push_back({epochAt(step), words});
    }
    m_loss->setMarks(std::move(bySteps));
    m_metrics->setMarks(std::move(byEpochs));
}

void TrainPage::clearCurves()
{
    for (auto* plot : plots())
        plot->clear();
    m_stepsPerEpoch = 0;
    m_best = 0;
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

void TrainPage::setState(train::State state, bool isHeld)
{
    const bool active = train::isActive(state);
    const bool mayChange = isHeld || state == train::State::Paused;
    const bool isFree = !active && !isHeld;
    m_form->setEditable(
        isFree,
        mayChange ? std::vector<std::string>{"dropout", "learning_rate"}
                  : std::vector<std::string>());
    if (!isFree && window()->focusWidget() == m_presets)
        m_form->setFocus(); // else the next widget that is free gets it, and its keys
    m_presets->setEnabled(isFree);
    m_progress->setVisible(active);
    m_held->setVisible(isHeld);
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
            : cost                  ? tr("%1 parameters, ≈ %2 of memory, ≈ %3 per epoch")
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
    m_presets->setPlaceholderText(tr("Custom"));
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
    m_presetLabel->setText(tr("Pre&set:"));
    fillPresets();
    m_smoothingLabel->setText(tr("S&moothing"));
    m_logarithmic->setText(tr("&Log scale"));
    m_following->setText(tr("Auto-s&croll"));
    m_companion->setText(tr("Atte&ntion"));
    m_companion->setToolTip(tr("The map of the picked user beside the curves"));
    m_smoothing->setToolTip(
        tr("Weight of the earlier values in the moving average; 0 shows the values"));
    m_held->setText(tr("These are the settings of the run that has stopped. Dropout and learning "
                       "rate may change when it goes on; for other settings begin a new run."));
    m_progress->setAccessibleName(tr("Progress of the training"));
    m_loss->setTitle(tr("Loss, by step"));
    m_metrics->setTitle(tr("Validation, by epoch"));
    m_rate->setTitle(tr("Learning rate"));
    m_norm->setTitle(tr("Gradient norm"));
    m_throughput->setTitle(tr("Throughput (targets/s)"));
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
