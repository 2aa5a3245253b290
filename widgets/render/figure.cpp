#include "widgets/render/figure.h"

#include "core/base/log.h"
#include "core/base/os.h"
#include "core/io/file.h"

#include <QBuffer>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace fovea::render {

namespace {

constexpr qint64 kMostPixels = 300'000'000; // 1.2 GB while it is painted

Status save(const QByteArray& bytes, const std::filesystem::path& file)
{
    return io::replaceFile(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

Result<QByteArray> png(const Figure& figure, double scale)
{
    const auto size = QSizeF(figure.size.width * scale, figure.size.height * scale).toSize();
    QImage image;
    if (qint64(size.width()) * size.height() <= kMostPixels)
        image = QImage(size, QImage::Format_RGB32);
    if (image.isNull())
        return wrongUse(
            say("a picture of %1 x %2 pixels is too large", size.width(), size.height()), {},
            "Choose a smaller width, or SVG or PDF, which are sharp at any size");
    image.fill(Qt::white);
    image.setDotsPerMeterX(qRound(96 * scale / 0.0254));
    image.setDotsPerMeterY(qRound(96 * scale / 0.0254));
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.scale(scale, scale);
    // The font's size in pixels, whatever the image says about its dots.
    figure.paint(painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!image.save(&buffer, "PNG"))
        return failure("the picture could not be made");
    return bytes;
}

QByteArray svg(const Figure& figure, double scale)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(QSizeF(figure.size.width * scale, figure.size.height * scale).toSize());
    generator.setViewBox(QRectF(0, 0, figure.size.width, figure.size.height));
    generator.setResolution(96);
    generator.setTitle(QString::fromStdString(figure.title));
    generator.setDescription(QStringLiteral("Made with Fovea"));
    QPainter painter(&generator);
    figure.paint(painter);
    painter.end();
    return bytes;
}

QByteArray pdf(const Figure& figure, double scale)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(QString::fromStdString(figure.title));
    writer.setCreator(QStringLiteral("Fovea"));
    writer.setResolution(96);
    writer.setPageSize(QPageSize(
        QSizeF(figure.size.width, figure.size.height) * (scale * 0.75), QPageSize::Point, QString(),
        QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    QPainter painter(&writer);
    painter.scale(scale, scale);
    figure.paint(painter);
    painter.end();
    return bytes;
}

void toLog(QtMsgType, const QMessageLogContext&, const QString& text)
{
    base::log(base::LogLevel::Debug, text.toStdString());
}

} // namespace

bool isFigureEnding(const std::string& ending)
{
    return ending == "png" || ending == "svg" || ending == "pdf";
}

void usePackedQt()
{
    const auto plugins = base::programFile().parent_path() / "../lib/fovea/qt/plugins";
    std::error_code code;
    if (std::filesystem::is_directory(plugins, code))
        QCoreApplication::addLibraryPath(QString::fromStdString(plugins.string()));
}

void usePackedFonts()
{
    std::error_code code;
    const auto folder = base::programFile().parent_path() / "../lib/fovea/fonts";
    for (const auto& font : std::filesystem::directory_iterator(folder, code))
        QFontDatabase::addApplicationFont(QString::fromStdString(font.path().string()));
}

void ensureApplication()
{
    if (QCoreApplication::instance())
        return;
    usePackedQt();
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler(toLog);
    static int argc = 1;
    static char name[] = "fovea";
    static char* argv[] = {name, nullptr};
    // Never destroyed: when the program ends, Qt's own globals, which it would use, are gone first.
    [[maybe_unused]] static const auto* application = new QGuiApplication(argc, argv);
    usePackedFonts();
}

double defaultWidth(Size size, const std::string& ending)
{
    return ending == "png" ? 2 * size.width : size.width;
}

double widestWidth(Size size)
{
    return std::floor(std::sqrt(static_cast<double>(kMostPixels) * size.width / size.height)) - 1;
}

Status writeFigure(const Figure& figure, const std::filesystem::path& file, double width)
{
    ensureApplication();
    const auto extension = file.extension().string();
    const auto ending = extension.substr(std::min<std::size_t>(1, extension.size()));
    const double scale =
        (width > 0 ? width : defaultWidth(figure.size, ending)) / figure.size.width;
    if (ending == "svg")
        return save(svg(figure, scale), file);
    if (ending == "pdf")
        return save(pdf(figure, scale), file);
    if (ending == "png") {
        FOVEA_ASSIGN(const auto bytes, png(figure, scale));
        return save(bytes, file);
    }
    return wrongUse(
        say("no figure format '%1'", extension), file.string(),
        "End the name in .png, .svg or .pdf");
}

} // namespace fovea::render
