// Figures without widgets: a painter draws one figure to PNG, SVG or PDF by the file's ending. Call
// it on the main thread; a Qt application is made where there is none (offscreen).
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

class QPainter;

namespace fovea::render {

struct Size {
    double width = 0; // logical pixels
    double height = 0;
};

struct Figure {
    std::string title; // of the document
    Size size;
    std::function<void(QPainter&)> paint;
};

// `width` in pixels (of 1/96 inch in SVG and PDF, which are vectors with text as text); the height
// follows. 0 = the figure's own size, in a PNG twice as sharp.
Status writeFigure(const Figure& figure, const std::filesystem::path& file, double width = 0);
// In pixels; endings without their point.
double defaultWidth(Size size, const std::string& ending);

double widestWidth(Size size); // that a picture of this shape may have

// "png", "svg", "pdf"
bool isFigureEnding(const std::string& ending);

// Finds the plugins of a Qt that was packed beside the program; before an application is made.
void usePackedQt();
// Adds the fonts that were packed beside the program; after an application is made.
void usePackedFonts();

// Needed before anything is measured; harmless to repeat.
void ensureApplication();

} // namespace fovea::render
