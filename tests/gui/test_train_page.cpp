// The Train page: a form that is checked as a whole, runs that go on with other settings or from an
// earlier checkpoint, curves that say what they show.
#include "core/io/file.h"
#include "tests/gui/gui_support.h"
#include "widgets/parts/error_bar.h"
#include "widgets/parts/texts.h"
#include "widgets/plot/curve_plot.h"
#include "widgets/train/config_form.h"
#include "widgets/train/fields.h"

#include <nlohmann/json.hpp>

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QToolButton>

#include <numeric>

namespace fovea::gui {
namespace {

using test::ScratchFolder;
using test::typeInto;
using test::waitUntil;

class TrainPageTest : public testing::Test {
protected:
    QLineEdit* field(const char* key)
    {
        return qobject_cast<QLineEdit*>(m_window->trainPage().form().field(key));
    }
    void enter(const char* key, const char* text)
    {
        typeInto(field(key), text);
        QTest::keyClick(field(key), Qt::Key_Return);
    }
    bool isMarked(const char* key) { return field(key)->property("wrong").toBool(); }
    const train::RunConfig& config() { return m_window.bench().document().config(); }
    widgets::ErrorBar& bar() { return m_window->trainPage().errors(); }
    QPushButton* button(const char* text)
    {
        for (auto* each : bar().findChildren<QPushButton*>()) {
            if (each->isVisible() && each->text().startsWith(QString::fromLatin1(text)))
                return each;
        }
        return nullptr;
    }
    void stop()
    {
        ASSERT_TRUE(waitUntil([&] { return isEnabled("stop"); }));
        m_window.trigger("stop");
        ASSERT_TRUE(m_window.waitFor(train::State::Finished));
        ASSERT_TRUE(waitUntil([&] { return isEnabled("resume"); }));
    }
    bool isEnabled(const char* action)
    {
        return m_window->action(QString::fromLatin1(action))->isEnabled();
    }
    // To the end of its epochs.
    void trainToTheEnd(const char* epochs)
    {
        m_window.beginRun(epochs);
        ASSERT_TRUE(m_window.waitFor(train::State::Finished));
        ASSERT_TRUE(waitUntil([&] { return isEnabled("export-safetensors"); })); // it is at hand
    }
    train::RunRecord record()
    {
        const auto run = train::RunFolder::open(m_window.bench().run());
        EXPECT_OK(run);
        return run ? run->record() : train::RunRecord();
    }
    // Of the validation curve that is called so, the epochs.
    std::vector<double> epochsOf(const char* metric)
    {
        std::vector<double> epochs;
        for (const auto& line : m_window->trainPage().validationPlot().lines()) {
            if (line.name == QString::fromLatin1(metric)) {
                for (const auto& [epoch, value] : line.points)
                    epochs.push_back(epoch);
            }
        }
        return epochs;
    }

    ScratchFolder m_scratch;
    test::Window m_window{m_scratch.path()};
};

using ConfigFormTest = TrainPageTest;

TEST_F(ConfigFormTest, TakesAValidPairOfWhichEachValueAloneIsWrong)
{
    m_window->showPage(MainWindow::Train);
    enter("width", "32");
    enter("heads", "4");
    ASSERT_EQ(config().heads, 4);
    enter("width", "30");
    EXPECT_EQ(config().width, 32);
    EXPECT_EQ(field("width")->text(), QStringLiteral("30"));
    EXPECT_TRUE(isMarked("width"));
    EXPECT_TRUE(isMarked("heads")) << "the other one may be the wrong one";
    enter("heads", "5");
    EXPECT_EQ(config().width, 30);
    EXPECT_EQ(config().heads, 5);
    EXPECT_FALSE(isMarked("width"));
    EXPECT_FALSE(isMarked("heads"));
    // One edit, as it was one step to a person.
    m_window.trigger("undo");
    EXPECT_EQ(config().width, 32);
    EXPECT_EQ(config().heads, 4);
}

TEST_F(ConfigFormTest, KeepsWhatItRefusedUntilItFits)
{
    m_window->showPage(MainWindow::Train);
    enter("width", "32");
    enter("heads", "5");
    EXPECT_TRUE(isMarked("heads"));
    EXPECT_EQ(field("heads")->text(), QStringLiteral("5"));
    enter("dropout", "0.3"); // another edit takes nothing away
    EXPECT_EQ(field("heads")->text(), QStringLiteral("5"));
    EXPECT_DOUBLE_EQ(config().dropout, 0.3);
    enter("width", "40");
    EXPECT_EQ(config().width, 40);
    EXPECT_EQ(config().heads, 5);
}

TEST_F(ConfigFormTest, SaysWhatIsWrongInTheWordsOfTheForm)
{
    m_window->showPage(MainWindow::Train);
    auto& form = m_window->trainPage().form();
    enter("width", "32");
    enter("heads", "5");
    enter("learning_rate", "11");
    m_window.look("refused");
    QStringList said;
    for (const auto* label : form.findChildren<QLabel*>(QStringLiteral("problem"))) {
        if (label->isVisible())
            said << label->text();
    }
    EXPECT_EQ(said.size(), 2);
    EXPECT_TRUE(said.contains(
        QStringLiteral("Width 32 is not divisible by 5 heads (try 4 or 8, or width 30/35).")))
        << said.join(QLatin1Char('|')).toStdString();
    EXPECT_TRUE(
        said.join(QString()).contains(QStringLiteral("Learning rate must be between 1e-08 and 10")))
        << said.join(QLatin1Char('|')).toStdString();
}

TEST_F(ConfigFormTest, KeepsAChoiceThatDoesNotFitYet)
{
    m_window->showPage(MainWindow::Train);
    auto& form = m_window->trainPage().form();
    const auto choose = [&](const char* key, const char* value) {
        auto* box = qobject_cast<QComboBox*>(form.field(key));
        box->setCurrentIndex(box->findData(QString::fromLatin1(value)));
        Q_EMIT box->activated(box->currentIndex());
    };
    choose("loss", "mse"); // of ratings, which sasrec does not learn
    EXPECT_EQ(config().loss, "auto");
    EXPECT_TRUE(form.field("model")->property("wrong").toBool());
    choose("model", "article");
    EXPECT_EQ(config().model, "article");
    EXPECT_EQ(config().loss, "mse");
    EXPECT_FALSE(form.field("model")->property("wrong").toBool());
}

// It changed a field far away, which nobody saw.
TEST_F(ConfigFormTest, UndoesARefusedValueBeforeAnythingElse)
{
    m_window->showPage(MainWindow::Train);
    enter("max_length", "500");
    enter("heads", "5"); // of width 64
    field("dropout")->setFocus();
    EXPECT_EQ(m_window->action(QStringLiteral("undo"))->text(), QStringLiteral("&Undo Heads"));
    m_window.trigger("undo");
    EXPECT_EQ(field("heads")->text(), QStringLiteral("2"));
    EXPECT_FALSE(isMarked("heads"));
    EXPECT_EQ(config().maxLength, 500);
    m_window.trigger("undo");
    EXPECT_EQ(config().maxLength, 50);
}

TEST_F(ConfigFormTest, ShowsTheUnitOfANumberInTheFieldAndInTheToolTip)
{
    for (const auto& parameter : train::parameters()) {
        const auto* number = qobject_cast<widgets::NumberField*>(
            m_window->trainPage().form().field(std::string(parameter.key)));
        if (!number)
            continue;
        EXPECT_EQ(number->unit().toStdString(), parameter.unit) << parameter.key;
        EXPECT_THAT(number->toolTip().toStdString(), testing::HasSubstr(parameter.unit));
    }
    EXPECT_TRUE(field("save_every")->toolTip().contains(QStringLiteral("From 0 to 10000 minutes.")))
        << field("save_every")->toolTip().toStdString();
}

TEST_F(ConfigFormTest, MarksWhatIsNotTheDefault)
{
    auto& form = m_window->trainPage().form();
    const auto isBold = [&](const QString& text) {
        for (const auto* label : form.findChildren<QLabel*>()) {
            if (label->text() == text)
                return label->font().bold();
        }
        ADD_FAILURE() << text.toStdString();
        return false;
    };
    EXPECT_FALSE(isBold(QStringLiteral("Dropout")));
    ASSERT_TRUE(m_window.bench().document().set("dropout", QStringLiteral("0.95")));
    ASSERT_TRUE(m_window.bench().document().set("clip", QStringLiteral("1")));
    EXPECT_TRUE(isBold(QStringLiteral("Dropout")));
    EXPECT_FALSE(isBold(QStringLiteral("Learning rate")));
    m_window->showPage(MainWindow::Train);
    m_window.look("marked");
    // What nobody sees is counted.
    EXPECT_EQ(
        form.findChild<QToolButton*>(QStringLiteral("more"))->text(),
        QStringLiteral("More settings (1 changed)"));
    m_window.trigger("undo");
    m_window.trigger("undo");
    EXPECT_FALSE(isBold(QStringLiteral("Dropout")));
}

TEST_F(ConfigFormTest, StaysWhereItIsWhenARunBeginsAndStops)
{
    m_window->resize(1280, 820);
    m_window.beginRun("100000");
    stop();
    m_window.trigger("reset");
    auto* bar = m_window->trainPage().form().findChild<QScrollArea*>()->verticalScrollBar();
    bar->setValue(0);
    field("epochs")->setFocus();
    const int before = bar->value();
    m_window.trigger("start");
    ASSERT_TRUE(m_window.waitFor(train::State::Running));
    EXPECT_EQ(bar->value(), before);
    EXPECT_NE(m_window->focusWidget()->objectName(), QStringLiteral("more"));
    m_window.trigger("pause");
    ASSERT_TRUE(m_window.waitFor(train::State::Paused));
    field("dropout")->setFocus();
    m_window.trigger("resume");
    ASSERT_TRUE(m_window.waitFor(train::State::Running));
    stop();
    EXPECT_EQ(bar->value(), before);
    EXPECT_EQ(m_window->focusWidget(), field("dropout")) << "it is free again";
    // What opens the other settings is seen as a whole, whatever is scrolled to.
    const auto* more = m_window.find<QToolButton>("more");
    EXPECT_EQ(more->visibleRegion().boundingRect(), more->rect());
}

TEST_F(ConfigFormTest, SaysItsLimitsWithAllTheirDigits)
{
    m_window->showPage(MainWindow::Train);
    enter("max_length", "0.6");
    const auto problems =
        m_window->trainPage().form().findChildren<QLabel*>(QStringLiteral("problem"));
    const auto shown = std::find_if(
        problems.begin(), problems.end(), [](const auto* each) { return each->isVisible(); });
    ASSERT_NE(shown, problems.end());
    EXPECT_EQ(
        (*shown)->text(),
        QStringLiteral("History length must be an integer between 1 and 100000, not '0.6'."));
    EXPECT_TRUE(field("patience")->toolTip().contains(QStringLiteral("From 0 to 1000000 epochs")))
        << field("patience")->toolTip().toStdString();
}

TEST_F(ConfigFormTest, IsWalkedThroughByTabAsItIsSeen)
{
    m_window.trigger("sample");
    m_window->showPage(MainWindow::Train);
    m_window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&*m_window));
    for (const auto* language : {"en", "zh_CN", "en"}) { // the fields are made anew
        m_window->setLanguage(QString::fromLatin1(language));
        m_window.find<QComboBox>("presets")->setFocus();
        std::vector<std::string> order;
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(m_window->focusWidget(), Qt::Key_Tab);
            order.push_back(m_window->focusWidget()->objectName().toStdString());
        }
        EXPECT_THAT(order, testing::ElementsAre("model", "width", "layers", "max_length", "heads"))
            << language;
        auto* metric = m_window->trainPage().form().field("metric");
        metric->setFocus();
        QTest::keyClick(metric, Qt::Key_Tab);
        EXPECT_EQ(m_window->focusWidget(), m_window.find<QToolButton>("more")) << language;
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Tab);
        const auto* train = qobject_cast<QToolButton*>(m_window->focusWidget());
        ASSERT_NE(train, nullptr) << language;
        EXPECT_EQ(train->defaultAction(), m_window->action(QStringLiteral("start"))) << language;
    }
}

TEST_F(TrainPageTest, KeysGoToNoOtherFieldWhereARunLocksTheirs)
{
    m_window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&*m_window));
    m_window.trigger("sample");
    m_window->showPage(MainWindow::Train);
    ASSERT_TRUE(m_window.bench().document().set("width", QStringLiteral("16")));
    auto* presets = m_window.find<QComboBox>("presets");
    presets->setFocus();
    m_window.trigger("start");
    ASSERT_TRUE(m_window.waitFor(train::State::Running));
    const auto* form = &m_window->trainPage().form();
    EXPECT_TRUE(form->isAncestorOf(m_window->focusWidget()))
        << m_window->focusWidget()->metaObject()->className();
    stop();
    // A click on a button that it disables takes no focus, and nothing that is being typed.
    typeInto(field("dropout"), "0.4");
    for (auto* each : m_window->trainPage().findChildren<QToolButton*>()) {
        if (each->defaultAction() == m_window->action(QStringLiteral("reset")))
            QTest::mouseClick(each, Qt::LeftButton);
    }
    EXPECT_TRUE(m_window.bench().run().empty());
    EXPECT_EQ(m_window->focusWidget(), field("dropout"));
    EXPECT_DOUBLE_EQ(config().dropout, 0.4);
}

TEST_F(TrainPageTest, AButtonOfTheBarGivesTheFocusBack)
{
    m_window->showPage(MainWindow::Train);
    m_window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&*m_window));
    field("dropout")->setFocus();
    bool isDone = false;
    bar().showNote(
        [] { return QStringLiteral("A note"); }, [] { return QStringLiteral("Mend"); },
        [&] { isDone = true; });
    QTest::mouseClick(button("Mend"), Qt::LeftButton);
    EXPECT_TRUE(isDone);
    EXPECT_EQ(m_window->focusWidget(), field("dropout"));
}

TEST_F(TrainPageTest, ANewRunIsReadyAtOnce)
{
    m_window.beginRun("100000");
    stop();
    const auto* state = m_window.find<QLabel>("state");
    EXPECT_EQ(state->text(), QStringLiteral("Stopped"));
    m_window.trigger("reset");
    EXPECT_EQ(state->text(), QStringLiteral("Ready"));
}

TEST_F(TrainPageTest, AnErrorAboutAValueGoesWithIt)
{
    m_window.beginRun("100000");
    ASSERT_TRUE(m_window.waitFor(train::State::Running));
    m_window.trigger("pause");
    ASSERT_TRUE(m_window.waitFor(train::State::Paused));
    typeInto(field("dropout"), "1.5");
    m_window.trigger("resume");
    EXPECT_TRUE(bar().isVisible());
    typeInto(field("dropout"), "0.4");
    EXPECT_FALSE(bar().isVisible()) << bar().text().toStdString();
    m_window.trigger("resume");
    ASSERT_TRUE(m_window.waitFor(train::State::Running));
    EXPECT_FALSE(bar().isVisible());
    stop();
}

TEST_F(TrainPageTest, AStoppedRunLocksWhatCannotChangeAndRecordsWhatCan)
{
    m_window.beginRun("100000");
    ASSERT_TRUE(m_window.waitForSteps(20));
    stop();
    m_window.look("stopped");
    EXPECT_FALSE(field("width")->isEnabled());
    EXPECT_FALSE(m_window.find<QComboBox>("presets")->isEnabled());
    EXPECT_TRUE(m_window.find<QLabel>("held")->isVisible());
    EXPECT_FALSE(m_window->action(QStringLiteral("undo"))->isEnabled());
    ASSERT_TRUE(field("dropout")->isEnabled());
    ASSERT_TRUE(field("learning_rate")->isEnabled());
    enter("dropout", "0.1");
    typeInto(field("learning_rate"), "0.002"); // a key takes no focus away
    const auto step = m_window.bench().session().place().step;
    m_window.trigger("resume");
    ASSERT_TRUE(m_window.waitFor(train::State::Running));
    ASSERT_TRUE(m_window.waitForSteps(step + 2));
    stop();
    EXPECT_DOUBLE_EQ(config().dropout, 0.1);
    EXPECT_DOUBLE_EQ(config().learningRate, 0.002);
    const auto changes = record().changes;
    ASSERT_EQ(changes.size(), 2u);
    EXPECT_EQ(changes[0].key, "dropout");
    EXPECT_EQ(changes[0].step, step);
    EXPECT_DOUBLE_EQ(changes[0].value, 0.1);
    EXPECT_EQ(changes[1].key, "learning_rate");
    EXPECT_DOUBLE_EQ(changes[1].value, 0.002);
    // Both plots show where.
    const auto& page = m_window->trainPage();
    ASSERT_EQ(page.lossPlot().marks().size(), page.validationPlot().marks().size());
    m_window.look("changed");
    const auto mark = page.validationPlot().marks().back();
    EXPECT_EQ(mark.text, QStringLiteral("Learning rate 0.002"));
    EXPECT_DOUBLE_EQ(mark.x, static_cast<double>(step) / 16);
    m_window.trigger("reset");
    EXPECT_TRUE(field("width")->isEnabled());
}

TEST_F(TrainPageTest, AfterDivergingOneClickGoesOnWithALowerLearningRate)
{
    m_window.trigger("sample");
    m_window->showPage(MainWindow::Train);
    auto& document = m_window.bench().document();
    ASSERT_TRUE(document.set("width", QStringLiteral("16")));
    ASSERT_TRUE(document.set("epochs", QStringLiteral("100000")));
    ASSERT_TRUE(document.set("patience", QStringLiteral("0")));
    // Harmless at the usual rate; at 10 the weights grow a hundredfold a step.
    ASSERT_TRUE(document.set("weight_decay", QStringLiteral("10")));
    m_window.trigger("start");
    ASSERT_TRUE(m_window.waitForSteps(20)); // an epoch is on the disk
    m_window.trigger("pause");
    ASSERT_TRUE(m_window.waitFor(train::State::Paused));
    enter("learning_rate", "10");
    m_window.trigger("resume");
    ASSERT_TRUE(m_window.waitFor(train::State::Failed));
    ASSERT_TRUE(waitUntil([&] { return button("Go back to epoch") != nullptr; }))
        << bar().text().toStdString();
    m_window.look("diverged");
    const auto kept = record().epochs;
    EXPECT_GE(kept, 1);
    EXPECT_EQ(
        button("Go back")->text(),
        QStringLiteral("Go back to epoch %1 with learning rate 1").arg(kept));
    QTest::mouseClick(button("Go back"), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return m_window.bench().session().isActive(); }));
    EXPECT_DOUBLE_EQ(config().learningRate, 1);
    EXPECT_EQ(bar().text(), QString());
    const auto& session = m_window.bench().session();
    ASSERT_TRUE(waitUntil([&] { return session.place().first > 0; }));
    EXPECT_EQ(session.place().first, kept * 16);
    ASSERT_TRUE(waitUntil(
        [&] { return session.place().step > session.place().first || !session.isActive(); }));
    if (session.isActive())
        m_window.trigger("stop");
    ASSERT_TRUE(waitUntil([&] { return !m_window.bench().session().isBusy(); }));
    // The change that failed lies beyond the checkpoint and is not made again.
    const auto changes = record().changes;
    ASSERT_FALSE(changes.empty());
    for (const auto& change : changes)
        EXPECT_LE(change.step, kept * 16);
    EXPECT_DOUBLE_EQ(changes.back().value, 1);
}

// The session goes on behind what the curves have, as from the last checkpoint on a full disk.
TEST_F(TrainPageTest, TheCurvesAreCutWhereARunGoesOnFromAnEarlierCheckpoint)
{
    m_window.beginRun("30");
    ASSERT_TRUE(m_window.waitFor(train::State::Running));
    m_window.trigger("pause");
    ASSERT_TRUE(m_window.waitFor(train::State::Paused));
    auto& session = m_window.bench().session();
    const auto before = session.place().step;
    m_window.trigger("stepEpoch");
    ASSERT_TRUE(waitUntil([&] {
        const auto step = session.place().step;
        return step > before && step % 16 == 0 && record().epochs == step / 16;
    }));
    const auto start = session.place().step;
    const auto run = train::RunFolder::open(m_window.bench().run());
    ASSERT_OK(run);
    const auto early = m_scratch / "early";
    ASSERT_TRUE(std::filesystem::copy_file(run->checkpoint("last"), early));
    ASSERT_TRUE(m_window.waitFor(train::State::Paused));
    m_window.trigger("resume");
    ASSERT_TRUE(m_window.waitForSteps(start + 64));
    stop();
    ASSERT_GE(epochsOf("hr@10").size(), static_cast<std::size_t>(start / 16 + 3));
    std::filesystem::copy_file(
        early, run->checkpoint("last"), std::filesystem::copy_options::overwrite_existing);
    m_window.trigger("resume");
    ASSERT_TRUE(waitUntil([&] { return session.place().first == start; }));
    ASSERT_TRUE(m_window.waitFor(train::State::Finished));
    ASSERT_TRUE(waitUntil([&] { return epochsOf("hr@10").size() >= 30; }));
    std::vector<double> counted(30);
    std::iota(counted.begin(), counted.end(), 1);
    EXPECT_EQ(epochsOf("hr@10"), counted);
    const auto loss = m_window->trainPage().lossPlot().lines();
    ASSERT_FALSE(loss.empty());
    ASSERT_EQ(loss.front().points.size(), 30u * 16);
    for (std::size_t i = 0; i < loss.front().points.size(); ++i)
        EXPECT_EQ(loss.front().points[i].first, static_cast<double>(i + 1));
    EXPECT_TRUE(m_window.find<QLabel>("epoch")->text().startsWith(QStringLiteral("Epoch 30/30 ")))
        << m_window.find<QLabel>("epoch")->text().toStdString();
}

TEST_F(TrainPageTest, TheCostIsThatOfTheRunThatTrains)
{
    m_window.beginRun("100000");
    const auto* cost = m_window.find<QLabel>("cost");
    ASSERT_TRUE(m_window.waitForSteps(20));
    stop();
    ASSERT_TRUE(waitUntil([&] { return cost->text().contains(QStringLiteral("parameters")); }));
    const auto parameters = [cost] { return cost->text().section(QLatin1Char(' '), 0, 0); };
    const auto ofWidth16 = parameters();
    const auto run = m_window.bench().run();
    m_window.trigger("reset");
    ASSERT_TRUE(m_window.bench().document().set("width", QStringLiteral("64")));
    ASSERT_TRUE(waitUntil([&] { return !parameters().isEmpty() && parameters() != ofWidth16; }));
    ASSERT_OK(m_window.bench().resumeRun(run));
    ASSERT_TRUE(m_window.waitFor(train::State::Running));
    EXPECT_EQ(config().width, 16);
    EXPECT_TRUE(waitUntil([&] { return parameters() == ofWidth16; }, 10'000))
        << cost->text().toStdString();
    EXPECT_TRUE(m_window.bench().session().isActive());
    stop();
}

TEST_F(TrainPageTest, SmoothingLeavesTheMeanOfTheEpochAsItIs)
{
    trainToTheEnd("3");
    const auto& plot = m_window->trainPage().lossPlot();
    ASSERT_TRUE(waitUntil([&] { return plot.lines().size() == 2; }));
    m_window->trainPage().setCurveLook(90, false);
    const auto measured = plot.lines();
    const auto shown = plot.shownLines();
    m_window.look("smoothed");
    ASSERT_EQ(measured.at(1).name, QStringLiteral("mean of the epoch"));
    EXPECT_EQ(measured.at(1).points, shown.at(1).points);
    EXPECT_NE(measured.at(0).points, shown.at(0).points);
    EXPECT_EQ(m_window.find<QLabel>("smoothingValue")->text(), QStringLiteral("0.90"));
}

TEST_F(TrainPageTest, OpeningAnOldRunBorrowsTheForm)
{
    trainToTheEnd("1");
    const auto run = m_window.bench().run();
    m_window.trigger("reset");
    ASSERT_TRUE(m_window.bench().document().set("learning_rate", QStringLiteral("0.005")));
    const auto own = config();
    ASSERT_OK(m_window.bench().openRun(run));
    EXPECT_DOUBLE_EQ(config().learningRate, 0.001);
    EXPECT_EQ(
        m_window->action(QStringLiteral("undo"))->text(),
        QStringLiteral("&Undo loading settings of sample-sasrec"));
    m_window.bench().keepDraft(); // somebody else's settings are no draft
    EXPECT_THAT(
        test::contentOf(m_scratch / "work/config.json"),
        testing::HasSubstr("\"learning_rate\": 0.005"));
    m_window.trigger("reset");
    EXPECT_TRUE(config() == own);
}

TEST_F(TrainPageTest, WhatWasEditedInAnOldRunStays)
{
    trainToTheEnd("1");
    const auto run = m_window.bench().run();
    m_window.trigger("reset");
    ASSERT_TRUE(m_window.bench().document().set("width", QStringLiteral("32")));
    ASSERT_OK(m_window.bench().openRun(run));
    ASSERT_TRUE(m_window.bench().document().set("dropout", QStringLiteral("0.5")));
    m_window.trigger("reset");
    EXPECT_DOUBLE_EQ(config().dropout, 0.5);
    EXPECT_EQ(config().width, 16);
}

TEST_F(TrainPageTest, AnotherDataSetDoesNotInheritTheSettings)
{
    m_window.trigger("sample");
    auto& document = m_window.bench().document();
    ASSERT_TRUE(document.set("learning_rate", QStringLiteral("10")));
    ASSERT_TRUE(document.set("batch", QStringLiteral("1000")));
    const auto own = config();
    base::Silent silent;
    std::filesystem::create_directories(m_scratch / "work/data/tiny");
    ASSERT_OK(
        test::tinyDataset()->save(m_scratch / "work/data/tiny", io::Json::object(), silent, {}));
    ASSERT_OK(m_window.bench().openDataset(m_scratch / "work/data/tiny"));
    EXPECT_TRUE(config() == train::RunConfig{});
    ASSERT_TRUE(document.set("width", QStringLiteral("8")));
    ASSERT_OK(m_window.bench().openDataset(m_scratch / "work/data/sample"));
    EXPECT_TRUE(config() == own);
    m_window.trigger("undo");
    EXPECT_EQ(config().width, 8);
}

} // namespace
} // namespace fovea::gui
