#include "widgets/data/data_page.h"

#include "widgets/data/entity_models.h"
#include "widgets/data/histogram_view.h"
#include "widgets/parts/busy_line.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/error_bar.h"
#include "widgets/parts/plain_label.h"
#include "widgets/parts/texts.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

namespace fovea::widgets {

namespace {

QPushButton* bigButton(QAction* action, QWidget* parent)
{
    auto* button = new QPushButton(parent);
    button->setMinimumSize(220, 44);
    const auto follow = [button, action] {
        button->setText(action->text());
        button->setToolTip(action->toolTip());
        button->setEnabled(action->isEnabled());
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

QString events(std::int64_t count)
{
    return counted(count, DataPage::tr("%1 event"), DataPage::tr("%1 events"));
}

QString users(std::int64_t count)
{
    return counted(count, DataPage::tr("%1 user"), DataPage::tr("%1 users"));
}

QString items(std::int64_t count)
{
    return counted(count, DataPage::tr("%1 item"), DataPage::tr("%1 items"));
}

QTableView* makeTable(QAbstractItemModel* model, QWidget* parent)
{
    auto* table = new QTableView(parent);
    table->setModel(model);
    table->setSortingEnabled(true);
    table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->setAlternatingRowColors(true);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(parent->fontMetrics().height() + 8);
    return table;
}

} // namespace

DataPage::DataPage(QAction* open, QAction* sample, QWidget* parent)
    : QWidget(parent)
    , m_errors(new ErrorBar(this))
    , m_stack(new QStackedWidget(this))
    , m_userModel(new UserTableModel(this))
    , m_itemModel(new ItemTableModel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_errors);
    layout->addWidget(m_stack, 1);
    m_stack->addWidget(makeInvitation(open, sample));
    m_stack->addWidget(makeContent());
    setTexts();
}

QWidget* DataPage::makeInvitation(QAction* open, QAction* sample)
{
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    m_welcome = new PlainLabel(page);
    m_invitation = new PlainLabel(page);
    auto large = font();
    large.setPointSizeF(large.pointSizeF() * 1.7);
    m_welcome->setFont(large);
    for (auto* label : {m_welcome, m_invitation}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        label->setFixedWidth(520);
    }
    layout->addStretch(2);
    layout->addWidget(m_welcome, 0, Qt::AlignHCenter);
    layout->addSpacing(10);
    layout->addWidget(m_invitation, 0, Qt::AlignHCenter);
    layout->addSpacing(18);
    layout->addWidget(bigButton(open, page), 0, Qt::AlignHCenter);
    layout->addSpacing(6);
    layout->addWidget(bigButton(sample, page), 0, Qt::AlignHCenter);
    layout->addStretch(3);
    return page;
}

QWidget* DataPage::makeContent()
{
    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->setChildrenCollapsible(false);
    auto* top = new QWidget(m_splitter);
    auto* layout = new QVBoxLayout(top);
    layout->setContentsMargins(12, 12, 12, 6);
    m_title = new ElidedLabel(top);
    auto large = font();
    large.setPointSizeF(large.pointSizeF() * 1.35);
    large.setBold(true);
    m_title->setFont(large);
    m_numbers = new PlainLabel(top);
    m_numbers->setObjectName(QStringLiteral("numbers"));
    m_split = new PlainLabel(top);
    m_warnings = new PlainLabel(top);
    m_warnings->setObjectName(QStringLiteral("warnings"));
    for (auto* label : {m_numbers, m_split, m_warnings}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* histograms = new QHBoxLayout;
    m_lengths = new HistogramView(top);
    m_popularity = new HistogramView(top);
    m_times = new HistogramView(top);
    for (auto* view : {m_lengths, m_popularity, m_times})
        histograms->addWidget(view, 1);
    layout->addWidget(m_title);
    layout->addWidget(m_numbers);
    layout->addLayout(histograms, 1);
    layout->addWidget(m_split);
    layout->addWidget(m_warnings);
    auto* bottom = new QWidget(m_splitter);
    auto* tables = new QVBoxLayout(bottom);
    tables->setContentsMargins(12, 6, 12, 12);
    m_search = new QLineEdit(bottom);
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(300);
    m_tabs = new QTabWidget(bottom);
    m_tabs->setDocumentMode(true);
    m_tabs->setCornerWidget(m_search);
    m_users = makeTable(m_userModel, m_tabs);
    m_items = makeTable(m_itemModel, m_tabs);
    m_users->setObjectName(QStringLiteral("userTable"));
    m_items->setObjectName(QStringLiteral("itemTable"));
    m_users->horizontalHeader()->setSectionResizeMode(UserTableModel::Id, QHeaderView::Stretch);
    m_items->horizontalHeader()->setSectionResizeMode(ItemTableModel::Title, QHeaderView::Stretch);
    m_tabs->addTab(m_users, {});
    m_tabs->addTab(m_items, {});
    auto* busy = new BusyLine(bottom);
    for (auto* model :
         {static_cast<EntityModel*>(m_userModel), static_cast<EntityModel*>(m_itemModel)}) {
        const auto tell = [this, busy] {
            busy->setBusy(m_userModel->isArranging() || m_itemModel->isArranging());
        };
        connect(model, &EntityModel::arranging, busy, [busy] { busy->setBusy(true); });
        connect(model, &EntityModel::arranged, busy, tell);
    }
    tables->addWidget(busy);
    tables->addWidget(m_tabs);
    auto* pause = new QTimer(this);
    pause->setSingleShot(true);
    pause->setInterval(150);
    connect(m_search, &QLineEdit::textChanged, pause, qOverload<>(&QTimer::start));
    connect(pause, &QTimer::timeout, this, [this] {
        m_userModel->search(m_search->text().trimmed());
        m_itemModel->search(m_search->text().trimmed());
    });
    connect(m_users, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT userActivated({m_userModel->entityAt(index.row())});
    });
    m_splitter->addWidget(top);
    m_splitter->addWidget(bottom);
    m_splitter->setStretchFactor(1, 1);
    return m_splitter;
}

void DataPage::setDataset(
    const QString& name, std::shared_ptr<const data::Dataset> dataset,
    const data::Statistics& statistics)
{
    m_name = name;
    m_dataset = std::move(dataset);
    m_statistics = statistics;
    m_search->clear();
    for (auto* table : {m_users, m_items})
        table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_userModel->setDataset(m_dataset);
    m_itemModel->setDataset(m_dataset, m_statistics.itemEvents);
    const bool wasEmpty = m_stack->currentIndex() == 0;
    m_stack->setCurrentIndex(m_dataset ? 1 : 0);
    if (wasEmpty && m_dataset && isVisible())
        m_users->setFocus();
    fill();
}

int DataPage::table() const { return m_tabs->currentIndex(); }

void DataPage::showTable(int table) { m_tabs->setCurrentIndex(table); }

QStringList DataPage::warnings() const
{
    const auto& s = m_statistics;
    QStringList list;
    if (s.split.testUsers == 0)
        list << tr("No user has three events: there is nothing to validate or test on.");
    if (s.split.unseenTestItems > 0)
        list << counted(
                    s.split.unseenTestItems,
                    tr("%1 of %2 test events is about an item never seen in training."),
                    tr("%1 of %2 test events are about items never seen in training."))
                    .arg(number(s.split.testUsers));
    if (s.futureShare > 0)
        list << tr("Time leak: %1 of test events are older than some training events of other "
                   "users.")
                    .arg(percent(s.futureShare));
    for (const auto& warning : data::warningsOf(s.report))
        list << warningText(warning);
    return list;
}

void DataPage::fill()
{
    if (!m_dataset)
        return;
    const auto& d = *m_dataset;
    const auto& s = m_statistics;
    m_title->setText(m_name);
    QStringList numbers = {
        events(d.eventCount()), users(d.userCount()), items(d.itemCount()),
        tr("density %1").arg(percent(s.report.density)),
        tr("median %1 events per user (max %2)").arg(number(s.medianLength), number(s.longest))};
    if (d.hasTimes())
        numbers << periodText(s.report.firstTime, s.report.lastTime);
    if (d.hasValues())
        numbers << tr("values %1 to %2")
                       .arg(
                           QLocale().toString(static_cast<double>(d.lowestValue())),
                           QLocale().toString(static_cast<double>(d.highestValue())));
    if (s.report.hasWeights)
        numbers << tr("weights %1 to %2")
                       .arg(
                           QLocale().toString(static_cast<double>(s.report.lightest)),
                           QLocale().toString(static_cast<double>(s.report.heaviest)));
    m_numbers->setText(numbers.join(QStringLiteral("  ·  ")));
    const auto whole = [](double edge) { return number(wholeNumber(edge)); };
    using Values = HistogramView::Values;
    m_lengths->setHistogram(s.lengths, Values::Whole, whole, users);
    m_popularity->setHistogram(s.popularity, Values::Whole, whole, items);
    if (d.hasTimes())
        m_times->setHistogram(
            s.times, Values::Continuous, [](double edge) { return timeText(wholeNumber(edge)); },
            events);
    else
        m_times->setEmpty(tr("The file has no times; its order counts."));
    m_split->setText(
        tr("Leave-one-out split: %1 for training; of %2 the second-to-last event is for "
           "validation, the last for testing.")
            .arg(events(s.split.trainEvents), users(s.split.testUsers)));
    const auto list = warnings();
    m_warnings->setText(
        list.isEmpty() ? QString() : QStringLiteral("⚠  ") + list.join(QStringLiteral("\n⚠  ")));
    m_warnings->setVisible(!list.isEmpty());
}

void DataPage::setTexts()
{
    m_welcome->setText(tr("What do your users look at?"));
    m_invitation->setText(tr(
        "Open a file of events (user, item, time): clicks, purchases, ratings. Or start with the "
        "built-in sample with known causes. You can also drop a file on this window."));
    m_invitation->setFixedHeight(m_invitation->heightForWidth(m_invitation->width()));
    m_lengths->setTitle(tr("Events per user (log bins)"));
    m_popularity->setTitle(tr("Events per item (log bins)"));
    m_times->setTitle(tr("Events over time"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search users and items"));
    m_tabs->setTabText(0, tr("Users"));
    m_tabs->setTabText(1, tr("Items"));
    m_tabs->setAccessibleName(tr("Users and items"));
    m_users->setAccessibleName(tr("Users"));
    m_items->setAccessibleName(tr("Items"));
}

void DataPage::retranslate()
{
    setTexts();
    fill();
    Q_EMIT m_userModel->headerDataChanged(Qt::Horizontal, 0, m_userModel->columnCount() - 1);
    Q_EMIT m_itemModel->headerDataChanged(Qt::Horizontal, 0, m_itemModel->columnCount() - 1);
}

} // namespace fovea::widgets
