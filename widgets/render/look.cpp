#include "widgets/render/look.h"

#include <algorithm>
#include <cmath>

namespace fovea::render {

double shareOf(double weight, double highest, Scale scale)
{
    if (!(highest > 0) || !(weight > 0)) // nor for what is not a number
        return 0;
    const double share = std::clamp(weight / highest, 0.0, 1.0);
    if (scale != Scale::Logarithm)
        return share;
    return share > 0 ? std::max(0.0, 1 + std::log10(share) / kDecades) : 0;
}

} // namespace fovea::render
