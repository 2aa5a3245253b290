#include "widgets/attention/attention_page.h"

#include "widgets/attention/bar_delegate.h"
#include "widgets/attention/last_row_model.h"
#include "widgets/attention/row_list.h"
#include "widgets/attention/thumbnails.h"
#include "widgets/attention/user_list_model.h"
#include "widgets/parts/ask.h"
#include "widgets/parts/busy_line.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/error_bar.h"
#include "widgets/parts/plain_label.h"
#include "widgets/parts/texts.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

namespace fovea::widgets {

AttentionPage::AttentionPage(train::ModelDesk& desk, MapSource& source, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_source(source)
    , m_find(this)
    , m_errors(new ErrorBar(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_users(new UserListModel(this))
    , m_lastRow(new LastRowModel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_errors);
    layout->addWidget(m_splitter, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(makePicker());
    m_splitter->addWidget(makeMiddle());
    m_splitter->addWidget(makeBars());
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({210, 690, 320});
    setTexts();
    setDataset({});
    showMap();
    source.addViewer(this);
    connect(&source, &MapSource::mapChanged, this, &AttentionPage::showMap);
    connect(&source, &MapSource::headChanged, this, &AttentionPage::showHead);
    connect(&source, &MapSource::lookChanged, this, &AttentionPage::showLook);
    connect(&source, &MapSource::failed, m_errors, qOverload<const Error&>(&ErrorBar::showError));
}

AttentionPage::~AttentionPage() { stopAsking(); }

QWidget* AttentionPage::makePicker()
{
    auto* left = new QWidget(this);
    auto* layout = new QVBoxLayout(left);
    layout->setContentsMargins(12, 12, 6, 12);
    m_search = new QLineEdit(left);
    m_search->setClearButtonEnabled(true);
    m_search->setObjectName(QStringLiteral("userSearch"));
    m_list = new RowList(left);
    m_list->setObjectName(QStringLiteral("users"));
    m_list->setModel(m_users);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_nobody = new PlainLabel(left);
    m_nobody->setWordWrap(true);
    m_nobody->hide();
    m_random = new QPushButton(left);
    m_longest = new QPushButton(left);
    m_wrong = new QPushButton(left);
    auto* row = new QHBoxLayout;
    row->addWidget(m_random);
    row->addWidget(m_longest);
    m_busy = new BusyLine(left);
    layout->addWidget(m_search);
    layout->addWidget(m_busy);
    layout->addWidget(m_nobody);
    layout->addWidget(m_list, 1);
    layout->addLayout(row);
    layout->addWidget(m_wrong);
    m_pause = new QTimer(this);
    m_pause->setSingleShot(true);
    m_pause->setInterval(150);
    connect(m_search, &QLineEdit::textChanged, m_pause, qOverload<>(&QTimer::start));
    connect(m_pause, &QTimer::timeout, this, &AttentionPage::search);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        search();
        pickFirst();
    });
    m_search->installEventFilter(this);
    connect(
        m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& index) {
            const auto user = m_users->userAt(index.row());
            if (user.value < 0)
                return;
            // Where Tab enters it, the list makes its first row current, but does not select it.
            m_list->selectionModel()->select(index, QItemSelectionModel::ClearAndSelect);
            m_source.setUser(user);
        });
    connect(m_random, &QPushButton::clicked, this, &AttentionPage::pickRandom);
    for (auto* order : {m_longest, m_wrong})
        order->setCheckable(true);
    connect(m_longest, &QPushButton::clicked, this, &AttentionPage::toggleLongest);
    connect(m_wrong, &QPushButton::clicked, this, &AttentionPage::toggleMostWrong);
    connect(m_users, &UserListModel::arranging, m_busy, [this] { m_busy->setBusy(true); });
    connect(m_users, &UserListModel::arranged, this, &AttentionPage::showArranged);
    return left;
}

QWidget* AttentionPage::makeMiddle()
{
    auto* middle = new QWidget(this);
    auto* layout = new QVBoxLayout(middle);
    layout->setContentsMargins(6, 12, 6, 12);
    auto* bar = new QHBoxLayout;
    m_title = new ElidedLabel(middle);
    m_title->setObjectName(QStringLiteral("mapTitle"));
    m_scaleLabel = new PlainLabel(middle);
    m_scale = new QComboBox(middle);
    m_scale->setObjectName(QStringLiteral("scale"));
    m_scaleLabel->setBuddy(m_scale);
    m_colourLabel = new PlainLabel(middle);
    m_colours = new QComboBox(middle);
    m_colours->setObjectName(QStringLiteral("colours"));
    m_colourLabel->setBuddy(m_colours);
    m_export = new QPushButton(middle);
    bar->addWidget(m_scaleLabel);
    bar->addWidget(m_scale);
    bar->addWidget(m_colourLabel);
    bar->addWidget(m_colours);
    bar->addStretch(1);
    bar->addWidget(m_export);
    m_heads = new QScrollArea(middle);
    m_heads->setFrameShape(QFrame::NoFrame);
    m_heads->setFocusPolicy(Qt::NoFocus);
    m_thumbnails = new Thumbnails(m_heads);
    m_heads->setWidget(m_thumbnails);
    m_view = new HeatMapView(middle);
    m_hover = new ElidedLabel(middle);
    m_caution = new PlainLabel(middle);
    m_caution->setWordWrap(true);
    layout->addLayout(bar);
    layout->addWidget(m_heads);
    layout->addWidget(m_title);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_hover);
    layout->addWidget(m_caution);
    const auto look = [this] {
        m_source.setLook(
            {static_cast<render::Scale>(m_scale->currentIndex()),
             static_cast<render::ColourMap>(m_colours->currentIndex())});
    };
    connect(m_scale, &QComboBox::activated, this, look);
    connect(m_colours, &QComboBox::activated, this, look);
    connect(m_thumbnails, &Thumbnails::chosen, &m_source, &MapSource::setHead);
    connect(m_view, &HeatMapView::hovered, m_hover, &ElidedLabel::setText);
    connect(m_view, &HeatMapView::menuRequested, this, &AttentionPage::menuRequested);
    connect(m_export, &QPushButton::clicked, this, &AttentionPage::exportRequested);
    return middle;
}

QWidget* AttentionPage::makeBars()
{
    auto* right = new QWidget(this);
    auto* layout = new QVBoxLayout(right);
    layout->setContentsMargins(6, 12, 12, 12);
    m_barsTitle = new PlainLabel(right);
    m_barsTitle->setObjectName(QStringLiteral("barsTitle"));
    m_barsTitle->setWordWrap(true);
    m_bars = new QTableView(right);
    m_bars->setObjectName(QStringLiteral("lastRow"));
    m_bars->setModel(m_lastRow);
    m_bars->setItemDelegateForColumn(LastRowModel::Weight, new BarDelegate(m_bars));
    m_bars->verticalHeader()->hide();
    m_bars->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_bars->setShowGrid(false);
    m_bars->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_bars->setTabKeyNavigation(false);
    auto* header = m_bars->horizontalHeader();
    header->setSectionResizeMode(LastRowModel::Position, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(LastRowModel::Title, QHeaderView::Stretch);
    header->setSectionResizeMode(LastRowModel::Weight, QHeaderView::Fixed);
    header->resizeSection(LastRowModel::Weight, 76);
    layout->addWidget(m_barsTitle);
    layout->addWidget(m_bars, 1);
    return right;
}

void AttentionPage::setDataset(std::shared_ptr<const data::Dataset> dataset)
{
    m_find.cancel();
    clearSearch();
    stopAsking();
    m_source.setDataset(dataset);
    m_longest->setChecked(false);
    m_wrong->setChecked(false);
    m_users->setDataset(std::move(dataset));
    updateButtons();
}

void AttentionPage::setTraining(bool training)
{
    m_isTraining = training;
    stopAsking();
    updateButtons();
}

void AttentionPage::updateButtons()
{
    const auto& dataset = m_source.dataset();
    const bool anyone = dataset && dataset->userCount() > 0;
    m_random->setEnabled(anyone);
    m_longest->setEnabled(anyone);
    m_wrong->setEnabled(m_source.hasModel() && !m_isAsking && !m_isTraining);
    m_export->setEnabled(map() != nullptr);
}

// The answer will be dropped: it would be about what is no longer shown.
void AttentionPage::stopAsking()
{
    m_stop.request_stop();
    m_busy->setBusy(m_users->isArranging());
    if (std::exchange(m_isAsking, false))
        m_wrong->setChecked(false);
}

void AttentionPage::setModelAtHand(bool there)
{
    stopAsking();
    const auto& dataset = m_source.dataset();
    if (there && user().value < 0 && dataset && dataset->userCount() > 0)
        pickUser({0});
    m_source.setModelAtHand(there);
}

void AttentionPage::pickUser(UserIndex user)
{
    m_find.cancel();
    if (m_users->isArranging() || m_users->rowOf(user) < 0) {
        clearSearch();
        m_longest->setChecked(false);
        m_wrong->setChecked(false);
        m_users->showAll();
    }
    const auto index = m_users->index(m_users->rowOf(user));
    m_list->setCurrentIndex(index);
    m_list->scrollTo(index);
}

void AttentionPage::findUser(const QString& id)
{
    if (id.isEmpty() || !m_source.dataset())
        return;
    m_find.start(
        [dataset = m_source.dataset(), id = id.toStdString()](const std::stop_token&)
            -> Result<std::optional<UserIndex>> { return dataset->findUser(id); },
        [this](const Result<std::optional<UserIndex>>& found) {
            if (found && *found)
                pickUser(**found);
        });
}

void AttentionPage::pickRandom()
{
    if (m_users->rowCount() == 0)
        return;
    const auto index = m_users->index(QRandomGenerator::global()->bounded(m_users->rowCount()));
    m_list->setCurrentIndex(index);
    m_list->scrollTo(index, QAbstractItemView::PositionAtCenter);
}

void AttentionPage::pickFirst()
{
    m_picksFirst = true;
    if (!m_users->isArranging())
        showArranged();
}

// What was found is shown from its beginning; without a search the list stays where it was.
void AttentionPage::showArranged()
{
    m_busy->setBusy(m_isAsking);
    const bool isSearched = !m_search->text().trimmed().isEmpty();
    m_nobody->setVisible(isSearched && m_users->rowCount() == 0);
    const auto index =
        m_users->index(std::exchange(m_picksFirst, false) ? 0 : m_users->rowOf(user()));
    if (index.isValid()) {
        m_list->setCurrentIndex(index);
        m_list->scrollTo(index, QAbstractItemView::PositionAtCenter);
    }
    if (isSearched || !index.isValid())
        m_list->scrollToTop();
}

void AttentionPage::toggleLongest(bool on)
{
    stopAsking();
    updateButtons();
    m_wrong->setChecked(false);
    if (!on) {
        m_users->sortAsInFile();
        return;
    }
    m_users->sortByLength();
    pickFirst();
}

void AttentionPage::toggleMostWrong(bool on)
{
    if (on)
        askMostWrong();
    else
        m_users->sortAsInFile();
}

void AttentionPage::askMostWrong()
{
    m_stop = {};
    m_isAsking = true;
    m_busy->setBusy(true);
    updateButtons();
    const auto stop = m_stop.get_token();
    using Users = std::shared_ptr<const Rows>;
    widgets::ask<Users>(
        m_desk, this,
        [stop](const train::TrainedModel& model) -> Result<Users> {
            FOVEA_ASSIGN(const auto users, model.mostWrong(data::Part::Valid, stop));
            Rows rows;
            for (const auto user : users)
                rows.push_back(user.value);
            return std::make_shared<const Rows>(std::move(rows));
        },
        [this, stop](const Result<Users>& users) {
            if (stop.stop_requested())
                return;
            stopAsking();
            updateButtons();
            if (!users) {
                m_errors->showError(users.error());
                return;
            }
            clearSearch();
            m_longest->setChecked(false);
            m_wrong->setChecked(true);
            m_users->setOrder(*users);
            pickFirst();
        },
        device::Priority::Background);
}

void AttentionPage::showMap()
{
    updateButtons();
    m_heads->setVisible(map() != nullptr);
    if (!map()) {
        showEmpty();
        return;
    }
    m_thumbnails->setMap(map());
    fitHeads();
    showHead();
}

void AttentionPage::showHead()
{
    if (!map())
        return;
    m_thumbnails->setChoice(m_source.head());
    const auto chosen = m_thumbnails->chosenRect();
    m_heads->ensureVisible(
        chosen.center().x(), chosen.center().y(), chosen.width(), chosen.height());
    m_view->setMap(map(), m_source.head());
    if (const auto matrix = explain::headMatrix(*map(), m_source.head()))
        m_lastRow->setMap(*map(), *matrix);
    m_title->setText(m_source.title());
    showBarsTitle();
}

// A model of ratings looks back from the event that it rates; any other towards the next one.
void AttentionPage::showBarsTitle()
{
    const auto* rating = map() && map()->rating ? &*map()->rating : nullptr;
    const auto stars = [](double value) { return QLocale().toString(value, 'f', 2); };
    m_barsTitle->setText(
        rating ? tr("Attention behind the rating of %1: predicted %2, given %3")
                     .arg(
                         text(map()->queries.back().title), stars(rating->predicted),
                         stars(rating->given))
               : tr("Attention behind the next recommendation, newest event first"));
    m_bars->setAccessibleName(m_barsTitle->text());
}

// Two rows of heads and a part of the third; what is beyond is scrolled to.
void AttentionPage::fitHeads()
{
    constexpr int kMost = 172;
    const auto all = m_thumbnails->sizeHint();
    m_thumbnails->resize(all);
    const bool isTall = all.height() > kMost;
    const auto* bar = m_heads->horizontalScrollBar();
    const int room = m_heads->width() - (isTall ? bar->sizeHint().height() : 0);
    m_heads->setFixedHeight(
        std::min(all.height(), kMost) + (all.width() > room ? bar->sizeHint().height() : 0));
}

void AttentionPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (map())
        fitHeads();
}

void AttentionPage::search()
{
    m_pause->stop();
    m_users->search(m_search->text().trimmed());
}

// Without a search of its own: whoever clears it says what the list shows.
void AttentionPage::clearSearch()
{
    const QSignalBlocker quiet(m_search);
    m_search->clear();
    m_pause->stop();
    m_nobody->hide();
}

// From the search down into what it found.
bool AttentionPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Down) {
        search();
        m_list->setFocus(Qt::TabFocusReason);
        if (m_users->isArranging() || !m_list->currentIndex().isValid())
            pickFirst();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void AttentionPage::showLook()
{
    const auto look = m_source.look();
    m_scale->setCurrentIndex(static_cast<int>(look.scale));
    m_colours->setCurrentIndex(static_cast<int>(look.colours));
    m_view->setLook(look);
    m_thumbnails->setLook(look);
}

void AttentionPage::showEmpty()
{
    m_lastRow->clear();
    showBarsTitle();
    m_title->clear();
    m_hover->clear();
    m_view->clear(
        !m_source.dataset() ? tr("Open data on the Data page, then train a model.")
            : !m_source.hasModel()
            ? tr("Train a model on the Train page: its attention appears here, live.")
            : m_source.lacksAttention() ? tr("This model has no attention to show.")
            : m_source.isAwaited()      ? tr("The model is computing the map…")
                                        : tr("Pick a user on the left."));
}

void AttentionPage::setTexts()
{
    m_nobody->setText(tr("No user or title matches."));
    m_search->setPlaceholderText(tr("Search users or titles"));
    m_search->setAccessibleName(tr("Search users by id or by titles in their history"));
    m_list->setAccessibleName(tr("Users"));
    m_random->setText(tr("R&andom"));
    m_longest->setText(tr("&Longest"));
    m_wrong->setText(tr("Most &wrong"));
    m_wrong->setToolTip(tr("Users whose validation event the model ranks worst, first"));
    m_longest->setToolTip(tr("Users with the longest history first"));
    m_random->setToolTip(tr("Any user"));
    m_scaleLabel->setText(tr("&Scale"));
    m_colourLabel->setText(tr("&Colours"));
    const auto fill = [](QComboBox* box, const QStringList& texts) {
        const int at = std::max(0, box->currentIndex());
        box->clear();
        box->addItems(texts);
        box->setCurrentIndex(at);
    };
    fill(m_scale, {tr("Map"), tr("Each row"), tr("Logarithm")});
    fill(m_colours, {tr("Sea"), tr("Ember"), tr("Grey")});
    m_export->setText(tr("E&xport…"));
    showBarsTitle();
    m_caution->setText(
        tr("Each row shows how one event spreads its attention over earlier ones (sums to 1; "
           "dropout off). Attention alone does not explain a prediction."));
}

void AttentionPage::retranslate()
{
    setTexts();
    showMap();
}

} // namespace fovea::widgets
