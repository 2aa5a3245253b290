// Names, ids, titles and paths come from files: nothing in them is markup to the window.
#include "app/gui/export_dialog.h"
#include "tests/gui/gui_support.h"
#include "widgets/data/data_page.h"
#include "widgets/data/open_data_dialog.h"
#include "widgets/parts/error_bar.h"
#include "widgets/parts/progress_counter.h"
#include "widgets/parts/texts.h"

#include <QLabel>
#include <QProgressBar>

#include <limits>

namespace fovea::gui {
namespace {

using test::ScratchFolder;

TEST(PlainTexts, EveryLabelOfTheWindowShowsMarkupAsItStands)
{
    const ScratchFolder scratch;
    test::Window window(scratch.path());
    window.trigger("sample");
    int count = 0;
    for (const auto* label : window->findChildren<QLabel*>()) {
        if (label->objectName() == QStringLiteral("legend"))
            continue; // its names are escaped
        EXPECT_EQ(label->textFormat(), Qt::PlainText)
            << label->objectName().toStdString() << ": " << label->text().toStdString();
        ++count;
    }
    EXPECT_GT(count, 50);
}

// But for what stands before a field, which is the window's own.
TEST(PlainTexts, EveryLabelOfADialogShowsMarkupAsItStands)
{
    const ScratchFolder scratch;
    qputenv("FOVEA_SETTINGS", (scratch / "window.ini").c_str());
    ExportDialog exporting({}, {}, {QStringLiteral("png")}, {100, 100}, nullptr);
    widgets::OpenDataDialog opening;
    for (const QDialog* dialog : std::initializer_list<QDialog*>{&exporting, &opening}) {
        int count = 0;
        for (const auto* label : dialog->findChildren<QLabel*>()) {
            if (label->buddy() != nullptr)
                continue;
            EXPECT_EQ(label->textFormat(), Qt::PlainText)
                << label->objectName().toStdString() << ": " << label->text().toStdString();
            ++count;
        }
        EXPECT_GT(count, 0);
    }
}

TEST(PlainTexts, AnErrorShowsTheMarkupInAFilesName)
{
    const ScratchFolder scratch;
    test::Window window(scratch.path());
    window->openPath(QStringLiteral("/nowhere/<b>bold</b><img src='/etc/passwd'>"));
    const auto& bar = window->dataPage().errors();
    ASSERT_TRUE(bar.isVisible());
    const auto* text = bar.findChild<QLabel*>();
    EXPECT_TRUE(text->text().contains(QStringLiteral("<b>bold</b>")));
    EXPECT_EQ(text->textFormat(), Qt::PlainText);
}

TEST(ProgressBar, ShowsMoreStepsThanAnIntHolds)
{
    QProgressBar bar;
    const std::int64_t total = 3'000'000'000'000;
    widgets::showShare(bar, total / 4, total);
    EXPECT_EQ(bar.value() * 4, bar.maximum());
    widgets::showShare(bar, std::numeric_limits<std::int64_t>::max(), 1);
    EXPECT_EQ(bar.value(), bar.maximum());
    widgets::showShare(bar, 0, 0);
    EXPECT_EQ(bar.value(), bar.minimum());
}

// As a forged metrics.jsonl says it.
TEST(WholeNumber, OfWhatNoIntegerHoldsIsTheEndOfTheRange)
{
    EXPECT_EQ(widgets::wholeNumber(2.5e3), 2500);
    EXPECT_EQ(widgets::wholeNumber(1e300), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(widgets::wholeNumber(-1e300), -std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(widgets::wholeNumber(std::numeric_limits<double>::quiet_NaN()), 0);
}

} // namespace
} // namespace fovea::gui
