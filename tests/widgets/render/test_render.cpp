#include "widgets/render/colour_map.h"
#include "widgets/render/curves.h"
#include "widgets/render/heat_map.h"
#include "widgets/render/run_figures.h"

#include "tests/support/support.h"

#include <QImage>

#include <cmath>

namespace fovea::render {
namespace {

using test::ScratchFolder;

HeatMap mapOf(int length)
{
    HeatMap map;
    map.title = "Attention";
    map.subtitle = "Rows ask, columns answer";
    for (int i = 0; i < length; ++i) {
        map.rows.push_back("\xE5\xBD\xB1\xE7\x89\x87 " + std::to_string(i));
        for (int j = 0; j < length; ++j)
            map.values.push_back(j <= i ? 1.0f / static_cast<float>(i + 1) : 0.0f);
    }
    map.columns = map.rows;
    return map;
}

TEST(HeatMap, IsAPictureOfTheAskedSize)
{
    const ScratchFolder scratch;
    const auto figure = heatMapFigure(mapOf(5));
    ASSERT_OK(writeFigure(figure, scratch / "a.png"));
    const QImage image(QString::fromStdString((scratch / "a.png").string()));
    EXPECT_EQ(image.width(), std::lround(2 * figure.size.width));
    EXPECT_EQ(image.height(), std::lround(2 * figure.size.height));
}

TEST(HeatMap, IsAsWideAsAsked)
{
    const ScratchFolder scratch;
    const auto figure = heatMapFigure(mapOf(5));
    ASSERT_OK(writeFigure(figure, scratch / "a.png", 333));
    EXPECT_EQ(QImage(QString::fromStdString((scratch / "a.png").string())).width(), 333);
    ASSERT_OK(writeFigure(figure, scratch / "a.svg", 1000));
    // In millimetres, 96 pixels an inch.
    EXPECT_NE(test::contentOf(scratch / "a.svg").find("width=\"264.583mm\""), std::string::npos);
}

TEST(HeatMap, IsVectorsWithTextAsTextInSvg)
{
    const ScratchFolder scratch;
    ASSERT_OK(writeFigure(heatMapFigure(mapOf(4)), scratch / "a.svg"));
    const auto svg = test::contentOf(scratch / "a.svg");
    EXPECT_NE(svg.find("\xE5\xBD\xB1\xE7\x89\x87</text>"), std::string::npos);
    EXPECT_EQ(svg.find("<image"), std::string::npos);
    ASSERT_OK(writeFigure(heatMapFigure(mapOf(4)), scratch / "b.svg"));
    EXPECT_TRUE(svg == test::contentOf(scratch / "b.svg"));
}

TEST(HeatMap, IsAPdfWithoutABitmap)
{
    const ScratchFolder scratch;
    ASSERT_OK(writeFigure(heatMapFigure(mapOf(4)), scratch / "a.pdf"));
    const auto pdf = test::contentOf(scratch / "a.pdf");
    EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
    EXPECT_EQ(pdf.find("/Subtype /Image"), std::string::npos);
}

TEST(WriteFigure, RefusesAnUnknownEnding)
{
    const ScratchFolder scratch;
    EXPECT_EQ(
        writeFigure(heatMapFigure(mapOf(2)), scratch / "a.bmp").error().kind, ErrorKind::Usage);
}

TEST(ColourMap, FallsInLightnessFromEndToEnd)
{
    double before = 256;
    for (int i = 0; i <= 50; ++i) {
        const auto c = colourOf(i / 50.0);
        const double light = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
        EXPECT_LT(light, before) << i;
        before = light;
    }
    EXPECT_EQ(colourOf(NAN), (Rgb{128, 128, 128}));
}

TEST(TickStep, IsOneTwoOrFiveTimesAPowerOfTen)
{
    EXPECT_DOUBLE_EQ(tickStep(100, 5), 20);
    EXPECT_DOUBLE_EQ(tickStep(0.7, 5), 0.2);
    EXPECT_DOUBLE_EQ(tickStep(3, 6), 0.5);
}

TEST(Curves, DrawConstantSingleAndEmptySeries)
{
    const ScratchFolder scratch;
    const auto figure = curvesFigure(
        "run", {{"a", {{"flat", {{0, 2}, {1, 2}}}}}, {"b", {{"one", {{3, 4}}}}}, {"c", {}}});
    ASSERT_OK(writeFigure(figure, scratch / "a.png"));
}

TEST(TrainingFigure, MarksTheBestEpochAndTheChangesOnBothPlotsAndNamesTheAxes)
{
    const ScratchFolder scratch;
    std::vector<train::Series> series = {{"loss", {}}, {"train/loss", {}}, {"valid/hr@10", {}}};
    for (int step = 1; step <= 40; ++step) {
        series[0].points.emplace_back(step, 1.0 / step);
        if (step % 10 == 0) {
            series[1].points.emplace_back(step, 1.0 / step);
            series[2].points.emplace_back(step, 0.01 * step);
        }
    }
    const auto figure =
        trainingFigure("run", series, {3, {{"hr@10", 0.3}}}, {{15, "dropout", 0.6}});
    ASSERT_OK(writeFigure(figure, scratch / "a.svg"));
    const auto svg = test::contentOf(scratch / "a.svg");
    const auto count = [&](const std::string& text) {
        int found = 0;
        for (auto at = svg.find(text); at != std::string::npos; at = svg.find(text, at + 1))
            ++found;
        return found;
    };
    EXPECT_EQ(count(">best</text>"), 2);
    EXPECT_EQ(count(">Dropout 0.6</text>"), 2);
    EXPECT_EQ(count(">epoch</text>"), 1);
    EXPECT_EQ(count(">step</text>"), 4);
    EXPECT_EQ(count(">40</text>"), 1) << "validation counts epochs";
}

TEST(StepsPerEpoch, AreTheLeastDistanceOfTheEpochsPoints)
{
    using train::stepsPerEpoch;
    EXPECT_EQ(stepsPerEpoch({{"train/loss", {{16, 1}, {32, 1}, {48, 1}}}}), 16);
    EXPECT_EQ(stepsPerEpoch({{"train/loss", {{32, 1}, {48, 1}}}}), 16) << "the first is lost";
    EXPECT_EQ(stepsPerEpoch({{"loss", {{1, 1}, {2, 1}}}}), 0);
    EXPECT_EQ(stepsPerEpoch({}), 0);
}

TEST(Curves, OfManyPointsStaySmallAndKeepTheirPeak)
{
    const ScratchFolder scratch;
    Curve curve{"loss", {}};
    for (int i = 0; i < 200'000; ++i)
        curve.points.emplace_back(i, i == 77'777 ? 50.0 : 1.0 + 0.1 * (i % 7));
    auto flat = curve;
    flat.points[77'777].second = 1;
    flat.points.back().second = 50; // the same axes
    ASSERT_OK(writeFigure(curvesFigure("run", {{"a", {curve}}}), scratch / "a.svg"));
    EXPECT_LT(std::filesystem::file_size(scratch / "a.svg"), 300'000);
    ASSERT_OK(writeFigure(curvesFigure("run", {{"a", {curve}}}), scratch / "a.png"));
    ASSERT_OK(writeFigure(curvesFigure("run", {{"a", {flat}}}), scratch / "b.png"));
    const QImage peak(QString::fromStdString((scratch / "a.png").string()));
    const QImage none(QString::fromStdString((scratch / "b.png").string()));
    ASSERT_EQ(peak.size(), none.size());
    const int column = static_cast<int>(2 * (70 + 540 * 0.4)); // in the upper half, near the peak
    bool differs = false;
    for (int x = column - 60; x < column + 60; ++x) {
        for (int y = peak.height() / 4; y < peak.height() / 2; ++y)
            differs = differs || peak.pixel(x, y) != none.pixel(x, y);
    }
    EXPECT_TRUE(differs);
}

} // namespace
} // namespace fovea::render
